"""The plant server as a process: masters read and command it, signals end it, and a taken port is told."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from protocols.errors import LinkError
from protocols.modbus.client import PlantClient
from protocols.packml import Command, State
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Table
from tests.pty_console import PATIENCE_S
from tests.sector7.served import Served, serving

MBPOLL = shutil.which("mbpoll")
if MBPOLL is None and os.environ.get("CI") == "true":
    pytest.fail("mbpoll is missing: apt-get install mbpoll", pytrace=False)
TYPES = {Table.COIL: "0", Table.DISCRETE: "1", Table.INPUT: "3", Table.HOLDING: "4"}
MOST = 125  # mbpoll's own limit, for bits too
STATIONS = range(1, 13)
NO_FAILURES = "mtbf_h = 1000000\nminor_stop_min = 100000\n"

BOTH = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture
async def plant(tmp_path: Path) -> AsyncIterator[Served]:
    """The whole line, twenty times as fast as life; its machines do not fail."""
    recipe = tmp_path / "quiet.toml"
    rows = [f"[[station]]\nnumber = {n}\nplaces = {24 if n == 1 else 2}\n{NO_FAILURES}" for n in STATIONS]
    recipe.write_text("\n".join(['name = "quiet"', "utility_mtbf_h = 1000000", *rows]), "utf-8")
    async with serving("--speed", "20", "--quiet", "--recipe", str(recipe)) as served:
        await served.listen()
        yield served


@pytest.fixture
async def master(plant: Served) -> AsyncIterator[PlantClient]:
    client = PlantClient(plant.host, plant.port)
    await client.connect()
    yield client
    await client.close()


async def until(master: PlantClient, holds: Callable[[dict[str, int]], bool]) -> dict[str, int]:
    """Poll unit 1, as fast as it answers, until something holds of it."""
    values: dict[str, int] = {}
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not holds(values := await master.read(1)):
                pass
    except TimeoutError:
        pytest.fail(f"it never held, last of {values}")
    return values


def states(values: dict[str, int]) -> set[int]:
    return {values[f"ST{number:02d}.StateCurrent"] for number in STATIONS}


@pytest.mark.skipif(MBPOLL is None, reason="mbpoll is not installed (apt-get install mbpoll)")
async def test_somebody_elses_master_reads_every_table_in_the_largest_blocks(plant: Served) -> None:
    blocks = 0
    for number, unit in PLANT_MAP.units.items():
        for table, size in unit.sizes:
            for start in range(0, size, MOST):
                count = min(MOST, size - start)
                process = await asyncio.create_subprocess_exec(
                    str(MBPOLL), "-m", "tcp", "-p", str(plant.port), "-0", "-1", "-o", "10", "-a", str(number),
                    "-t", TYPES[table], "-r", str(start), "-c", str(count), plant.host,
                    stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
                )  # fmt: skip
                output = (await process.communicate())[0].decode()
                assert process.returncode == 0, output
                shown = [int(address) for address in re.findall(r"^\[(\d+)\]:", output, re.MULTILINE)]
                assert shown == list(range(start, start + count))
                blocks += 1
    assert blocks >= 13 * 4


async def test_the_plant_begins_to_produce_by_itself_and_time_goes_on(master: PlantClient) -> None:
    first = await until(master, lambda values: values["Line.StateCurrent"] == State.EXECUTE)
    later = await until(master, lambda values: values["Line.RobotsCompleted"] > first["Line.RobotsCompleted"])
    assert later["Line.SimulatedTime"] > first["Line.SimulatedTime"]
    assert later["Line.SpeedFactor"] == 200
    assert later["Line.RunEpoch"] == first["Line.RunEpoch"] > 1_600_000_000
    assert later["Line.Clients"] == 1


async def test_hold_on_the_line_reaches_every_station(master: PlantClient) -> None:
    await until(master, lambda values: values["Line.StateCurrent"] == State.EXECUTE)
    await master.write("Line.CntrlCmd", Command.HOLD)
    await master.write("Line.CmdChangeRequest", 1)
    values = await until(master, lambda values: states(values) == {State.HELD})
    assert values["Line.CntrlCmd"] == Command.HOLD
    await until(master, lambda values: values["Line.StateCurrent"] == State.HELD)
    await master.write("Line.CmdChangeRequest", 0)
    await master.write("Line.CntrlCmd", Command.UNHOLD)
    await master.write("Line.CmdChangeRequest", 1)
    await until(master, lambda values: State.EXECUTE in states(values))


@pytest.mark.parametrize("signals", [BOTH[:1], BOTH[1:] * 2, BOTH, BOTH[:1] * 20])
async def test_a_signal_ends_it_with_code_0(signals: tuple[signal.Signals, ...]) -> None:
    async with serving() as served:
        await served.listen()
        client = PlantClient(served.host, served.port)
        await client.connect()
        await client.read(1)
        served.send(*signals)
        code, out, err = await served.ends()
        assert code == 0
        assert out == ""
        assert "Traceback" not in err
        with pytest.raises(LinkError):
            await client.read(1)
        await client.close()


async def test_a_signal_before_it_listens_ends_it_with_code_0() -> None:
    """It takes the signals over before anything else; sent at an unlucky instant they must not kill it halfway."""
    async with serving("--recipe", "/dev/stdin", stdin=asyncio.subprocess.PIPE) as served:
        # it waits for the recipe: the signals are its own by now
        await until_it_catches(served, signal.SIGTERM)
        served.send(signal.SIGTERM)
        assert served.process.stdin is not None
        served.process.stdin.write(b'name="x"\npallets=1\n[[station]]\nnumber=1\nplaces=1\n[[station]]\nnumber=12\n')
        served.process.stdin.close()
        code, _, err = await served.ends()
        assert (code, "Traceback" in err) == (0, False)


async def until_it_catches(served: Served, number: signal.Signals) -> None:
    """Wait until the process has a handler for a signal."""

    def catches() -> bool:
        status = Path(f"/proc/{served.process.pid}/status").read_text("ascii")
        caught = next(int(line.split()[1], 16) for line in status.splitlines() if line.startswith("SigCgt"))
        return bool(caught >> number - 1 & 1)

    async with asyncio.timeout(PATIENCE_S):
        while not catches():  # noqa: ASYNC110 - nobody tells when another process installs a handler
            await asyncio.sleep(0.01)


async def test_a_port_in_use_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with serving(port=port) as served:
            code, out, err = await served.ends()
    assert code == 3
    assert out == ""
    assert err == (
        f"sector7: 127.0.0.1:{port}: cannot listen here "
        "(the port is in use: stop the other server or choose another port)\n"
    )


async def test_an_address_that_is_not_ours_is_told_in_one_line() -> None:
    async with serving("--host", "192.0.2.1") as served:
        code, out, err = await served.ends()
    assert (code, out) == (3, "")
    assert err.splitlines()[-1].startswith("sector7: 192.0.2.1:0: cannot listen here (this machine does not have that")
    assert "Traceback" not in err


async def test_without_a_terminal_the_status_is_a_line_now_and_then() -> None:
    async with serving("--speed", "10") as served:
        await served.listen()
        assert served.process.stderr is not None
        async with asyncio.timeout(PATIENCE_S):
            line = (await served.process.stderr.readline()).decode()
        assert re.fullmatch(r"0:00:\d\d \w+ \d+/12 stations executing, robots \d+, OEE .* %, clients 0\n", line)
        assert "\x1b" not in line


async def test_quiet_means_quiet() -> None:
    async with serving("--quiet") as served:
        await served.listen()
        served.send(signal.SIGTERM)
        assert await served.ends() == (0, "", "")


async def test_attached_it_ends_with_its_standard_input() -> None:
    async with serving("--quiet", "--attached", stdin=asyncio.subprocess.PIPE) as served:
        await served.listen()
        assert served.process.stdin is not None
        served.process.stdin.write(b"anything\n")
        await served.process.stdin.drain()
        client = PlantClient(served.host, served.port)
        await client.connect()  # it still serves
        await client.close()
        served.process.stdin.close()
        assert await served.ends() == (0, "", "")
