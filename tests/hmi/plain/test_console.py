"""The plain console as a process of its own, on pipes, in front of a real server."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from protocols.modbus.server import PlantServer
from protocols.packml import State
from protocols.tags.plant_map import PLANT_MAP
from tests.hmi.secure import fill, served
from tests.hmi.toy_plant import ToyPlant
from tests.pty_console import PATIENCE_S, ROOT

PIPE = asyncio.subprocess.PIPE


class Plain:
    """One console: words in, lines out."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said: list[str] = []

    def type(self, *lines: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("".join(f"{line}\n" for line in lines).encode())

    async def says(self, part: str) -> str:
        """Read on until a line has `part`; that line."""
        assert self.process.stdout is not None
        try:
            async with asyncio.timeout(PATIENCE_S):
                while data := await self.process.stdout.readline():
                    self.said.append(data.decode().rstrip("\n"))
                    if part in self.said[-1]:
                        return self.said[-1]
        except TimeoutError:
            pass
        raise AssertionError(f"{part!r} was not said:\n" + "\n".join(self.said))

    async def ends(self) -> tuple[int, str, str]:
        """Its exit code, the rest of what it said, what it complained of."""
        async with asyncio.timeout(PATIENCE_S):
            out, err = await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode, out.decode(), err.decode()


@asynccontextmanager
async def console(port: int, *options: str) -> AsyncIterator[Plain]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sector7", "hmi", f"127.0.0.1:{port}", "--plain", *options,
        cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE, env={**os.environ, "TERM": "dumb"},
    )  # fmt: skip
    try:
        yield Plain(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_script_asks_and_leaves(server: PlantServer) -> None:
    async with console(server.port) as plain:
        plain.type("kpi", "station 5", "alarms", "statsu", "station 13", "quit")
        code, out, err = await plain.ends()
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert "OEE: 71.4 %" in lines
    assert "ST05 Joint assembly: HELD for 3m31s (Seat joint 1 timed out)" in lines
    assert "Set point torque_low: 5.40 N·m" in lines
    assert "No alarm stands." in lines
    assert "statsu is no word of this console, status is; try help." in lines
    assert "station wants a number from 1 to 12." in lines
    assert "\x1b" not in out, "no cursor addressing, no colours"


async def test_every_change_is_a_line(plant: ToyPlant, server: PlantServer) -> None:
    async with console(server.port) as plain:
        await plain.says("Type help")
        plant.set(**{"ST07.StateCurrent": State.ABORTED, "ST07.StopReason": 2})
        assert await plain.says("ST07") == "14:12:12 ST07 Power cell: ABORTED, was EXECUTE (Safety chain open)"
        plant.set(**{"ST05.Alarm.safety_open": 0x0020 | 2})
        assert await plain.says("Alarm 5") == (
            "14:12:12 Alarm 501, medium, not acknowledged: ST05, Joint assembly: safety chain open"
        )
        plant.set(**{"Line.EStopOk": 0})
        await plain.says("14:12:12 Emergency stop is pressed")
        plant.set(**{"Line.SpeedFactor": 0})
        await plain.says("The plant is paused")


async def test_what_changes_something_is_asked_back(plant: ToyPlant, server: PlantServer) -> None:
    async with console(server.port) as plain:
        plain.type("hold")
        assert await plain.says("Line Hold") == (
            "Line Hold, the whole line: EXECUTE to HOLDING. Answer yes to confirm."
        )
        plain.type("no")
        await plain.says("Cancelled.")
        plain.type("yes")
        await plain.says("Nothing waits for a yes.")
        assert plant.writes == []
        plain.type("hold", "status")
        await plain.says("Cancelled.")
        plain.type("hold", "yes")
        assert (await plain.says("Line Hold  from")).startswith("Line Hold  from Execute: OK, Held")
        plain.type("set ST05.torque_low 9", "set ST05.torque_low 5,5", "yes")
        await plain.says("9: outside 3.00..6.00.")
        await plain.says("ST05.torque_low: 5.40 to 5.50 N·m. Answer yes to confirm.")
        await plain.says("ST05.torque_low_sp  5.40 -> 5.50 N·m: OK")
        assert plant.get("ST05.torque_low_sp") == 550
        plain.type("start")
        await plain.says("Refused: not accepted in Held.")


async def test_read_only_commands_nothing(plant: ToyPlant, server: PlantServer) -> None:
    async with console(server.port, "--read-only") as plain:
        plain.type("hold", "yes", "ack all", "jam 5")
        await plain.says("Refused: this console is read-only. (Line Hold")
        await plain.says("Nothing waits for a yes.")
        await plain.says("Refused: this console is read-only. (Acknowledge")
        await plain.says("Refused: this console is read-only. (Call the attendant to ST05.)")
    assert plant.writes == []


async def test_a_lost_link_is_told_and_heals(plant: ToyPlant, server: PlantServer) -> None:
    async with console(server.port) as plain:
        await plain.says("Type help")
        plain.type("hold")
        await plain.says("Answer yes")
        await server.stop()
        await plain.says("Link lost, values are the last known, commands are disabled")
        plain.type("yes", "kpi")
        await plain.says("Refused: the link is lost.")
        await plain.says("OEE: last known 71.4 %")
        again = PlantServer(plant, plant, PLANT_MAP, port=server.port)
        await again.start()
        await plain.says("Link good")
        await again.stop()


async def test_without_a_plant_it_says_so_and_waits(server: PlantServer) -> None:
    await server.stop()
    async with console(server.port) as plain:
        plain.type("status", "quit")
        code, out, _ = await plain.ends()
    assert code == 0
    assert "Nothing was read from the plant yet." in out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_ctrl_c_is_clean(server: PlantServer, number: signal.Signals) -> None:
    async with console(server.port) as plain:
        await plain.says("Type help")
        plain.process.send_signal(number)
        code, _, err = await plain.ends()
    assert (code, err) == (0, "")


async def test_a_reader_that_goes_away_ends_it(plant: ToyPlant, server: PlantServer) -> None:
    read, write = os.pipe()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sector7", "hmi", f"127.0.0.1:{server.port}", "--plain",
        cwd=ROOT, stdin=PIPE, stdout=write, stderr=PIPE,
    )  # fmt: skip
    os.close(write)
    os.close(read)
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE_S):
        err = await process.stderr.read()
        code = await process.wait()
    assert (code, err) == (0, b"")


async def test_tls_and_another_certificate(plant: ToyPlant, tmp_path: Path) -> None:
    fill(tmp_path)
    async with served(plant, tmp_path) as secure, console(secure.port, "--certs", str(tmp_path)) as plain:
        await plain.says("Type help")
        plain.type("hold 5")
        await plain.says("Refused: the role viewer may only look.")
        plain.type("login")
        await plain.says("expired (engineer), valid until 2")
        await plain.says("locked (engineer), valid until 2")
        plain.type("login nobody", "login locked", "login expired", "login foreign")
        await plain.says("nobody is nobody who may log in here; login lists them.")
        await plain.says("the key of locked wants a passphrase, which would be heard here")
        await plain.says("Refused: expired: expired on 2")
        await plain.says("Refused: 127.0.0.1:")
        plain.type("login operator")
        await plain.says("You are operator operator")
        plain.type("unhold 5", "yes")
        await plain.says("ST05 Unhold  from Held: OK")
        plain.type("hold 5")
        await plain.says("Answer yes to confirm.")
        plain.type("logout", "yes", "hold 5", "quit")
        await plain.says("Cancelled.")
        await plain.says("This console only looks now")
        await plain.says("Nothing waits for a yes.")
        await plain.says("Refused: nobody is logged in.")
        assert await plain.ends() == (0, "", "")


async def test_nobody_there(server: PlantServer) -> None:
    async with console(server.port, "--logout", "0.02") as plain:
        await plain.says("Type help")
        await plain.says("Nobody there? Logged out in")
        await plain.says("You are viewer (logged out)")
        plain.type("hold", "login", "hold", "no", "quit")
        await plain.says("Refused: nobody is logged in.")
        await plain.says("Answer yes to confirm.")
