"""`sector7 run`: HMI in front, plant server behind it as a process; both end together, however they end."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from pathlib import Path

import pytest

from protocols.errors import LinkError
from protocols.modbus.client import PlantClient
from protocols.packml import State
from sector7.run import run_with_hmi
from tests.pty_console import PATIENCE_S
from tests.sector7.served import serving
from tests.sector7.terminal import OnTerminal, gone


async def server_of(shown: OnTerminal) -> int:
    """Wait until the HMI shows a plant that produces; the process id of the plant server."""
    await shown.shows("LINE ● EXECUTE")
    (server,) = shown.children()
    return server


def port_of(pid: int) -> int:
    """The TCP port on which a process listens."""
    sockets = {str(fd.readlink()) for fd in Path(f"/proc/{pid}/fd").iterdir()}
    for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]:
        _, local, _, state, *rest = line.split()
        if state == "0A" and f"socket:[{rest[5]}]" in sockets:
            return int(local.partition(":")[2], 16)
    raise AssertionError("it listens nowhere")


# ---- without a terminal
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_without_a_terminal_it_serves_with_a_status_line(number: signal.Signals) -> None:
    async with serving("--speed", "20", verb="run") as served:
        await served.listen()
        client = PlantClient(served.host, served.port)
        await client.connect()
        assert (await client.read(1))["Line.SpeedFactor"] == 200
        await client.close()
        served.send(number)
        code, out, err = await served.ends()
    assert (code, out) == (0, "")
    assert re.fullmatch(r"(0:00:\d\d .* stations executing, robots \d+, OEE .* %, clients \d\n)+", err)


# ---- on a terminal
async def test_the_hmi_is_in_front_and_the_server_ends_with_it() -> None:
    async with OnTerminal("run", "--port", "0", "--speed", "10") as shown:
        server = await server_of(shown)
        client = PlantClient("127.0.0.1", port_of(server))
        await client.connect()
        assert (await client.read(1))["Line.StateCurrent"] == State.EXECUTE
        await client.close()
        shown.press("q")
        assert await shown.ends() == 0
        await gone(server)
        # the terminal is as it was: the screen's other half is left, the cursor is back
        assert b"\x1b[?1049l" in shown.raw
        assert shown.raw.rfind(b"\x1b[?25h") > shown.raw.rfind(b"\x1b[?25l")
        assert "Traceback" not in shown.text


async def test_ctrl_c_ends_both_and_a_port_in_use_is_no_obstacle() -> None:
    """Two plants run side by side: the second takes a free port."""
    async with serving("--quiet") as first:
        await first.listen()
        async with OnTerminal("run", "--port", str(first.port)) as shown:
            server = await server_of(shown)
            assert port_of(server) != first.port
            shown.press("\x03")
            assert await shown.ends() == 0
            await gone(server)


async def test_a_signal_to_it_ends_both() -> None:
    async with OnTerminal("run", "--port", "0") as shown:
        server = await server_of(shown)
        shown.send(signal.SIGTERM)
        assert await shown.ends() == 0
        await gone(server)


async def test_killed_it_leaves_no_server_behind() -> None:
    async with OnTerminal("run", "--port", "0") as shown:
        server = await server_of(shown)
        shown.send(signal.SIGKILL)
        await shown.ends()
        await gone(server)


async def test_a_server_that_dies_is_told_when_the_hmi_is_left() -> None:
    async with OnTerminal("run", "--port", "0") as shown:
        server = await server_of(shown)
        os.kill(server, signal.SIGKILL)
        await gone(server)
        shown.press("q")
        assert await shown.ends() == 3
        assert "sector7: plant server: ended with exit code -9" in shown.text


@pytest.mark.parametrize("size", [(79, 24), (80, 23)])
async def test_a_terminal_that_is_too_small_is_told_in_one_line(size: tuple[int, int]) -> None:
    async with OnTerminal("run", "--port", "0", size=size) as shown:
        assert await shown.ends() == 3
        said = shown.raw.decode().replace("\r\n", "\n")
        assert said == f"sector7: the terminal is too small: {size[0]}x{size[1]}, the HMI needs 80x24\n"


async def test_a_terminal_without_cursor_control_is_told_in_one_line() -> None:
    async with OnTerminal("run", "--port", "0", env={"TERM": "dumb"}) as shown:
        assert await shown.ends() == 3
        assert len(shown.raw.splitlines()) == 1


async def test_a_bad_recipe_is_told_before_anything_starts() -> None:
    async with OnTerminal("run", "--recipe", "nope") as shown:
        assert await shown.ends() == 2
        assert shown.raw.decode().startswith("sector7: recipe: nope: no such file")
        assert len(shown.raw.splitlines()) <= 2  # one line, wider than the terminal or not


# ---- the start of the server
def test_a_server_that_cannot_start_says_why() -> None:
    def never(host: str, port: int) -> int:
        raise AssertionError("there is nothing to show")

    with pytest.raises(LinkError, match="plant server: ended with exit code 2: recipe: nope: no such file"):
        run_with_hmi(["--recipe", "nope"], 0, never)


def test_the_exit_code_is_the_hmis_and_the_server_is_gone() -> None:
    shown: list[tuple[str, int]] = []

    def show(host: str, port: int) -> int:
        shown.append((host, port))
        return 3

    assert run_with_hmi([], 0, show) == 3
    ((host, port),) = shown

    async def connects() -> bool:
        try:
            async with asyncio.timeout(PATIENCE_S):
                await PlantClient(host, port).connect()
        except LinkError:
            return False
        return True

    assert not asyncio.run(connects())


def test_the_server_is_gone_also_when_the_hmi_fails() -> None:
    seen: list[int] = []

    def show(host: str, port: int) -> int:
        children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text("ascii").split()
        seen.extend(map(int, children))
        raise RuntimeError("the screen broke")

    with pytest.raises(RuntimeError, match="the screen broke"):
        run_with_hmi([], 0, show)
    assert seen
    running = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text("ascii").split()
    assert not set(map(int, running)) & set(seen[-1:])
