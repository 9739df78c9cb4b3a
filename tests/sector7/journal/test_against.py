"""A session on record, told to a board behind a serial port: it does the same again, or its first deed is named."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from hil.board_process import Terminals
from hil.profile_image import eeprom_image
from hil.pty_board import PtyBoard
from protocols.packml import Command, State
from protocols.stations.io_table import BY_NUMBER
from sector7.board_check.lockstep import simulated_target
from sector7.board_check.serial_target import SerialTarget
from sector7.journal.against import BoardDivergence, replay_against
from sector7.journal.folder import DATABASE
from sector7.journal.store import Journal
from sector7.usage import UsageError
from tests.hil.ports import Cable, pty_board
from tests.hil.toolbox import mutated_hex, need_emulator
from tests.sector7.boards.test_serial_boards import serial
from tests.sector7.command_line import Command as CommandLine
from tests.sector7.journal.test_recorder import SECOND, Plant
from tests.sector7.real_time import (
    CASTLE,
    cabinet_in,
    cabinet_of,
    client_of,
    favoured,
    give,
    recording,
    true,
    with_serial,
)

NUMBER = 5
#: What a master asks of a breaker.
CLOSE, OPEN = 1, 2
#: A program that takes an input for stable an exchange late.
SLOWER = (
    "app/logic.c", "uint32_t stable = profile_debounce_us(profile);",
    "uint32_t stable = profile_debounce_us(profile) + 20000;",
)  # fmt: skip


async def record(folder: Path, seconds: int, *, eventful: bool = False) -> Journal:
    """A session of the castle line, run as fast as it goes; an eventful one with a cut and a reset of the board."""
    plant = Plant(folder, CASTLE)
    await plant.run(seconds // 3 * SECOND)
    if eventful:
        await plant.command("ST05", Command.HOLD)
        await plant.run(plant.rig.now + 3 * SECOND)
        await plant.command("ST05", Command.UNHOLD)
        await plant.write("ST05.torque_low_sp", 530)
    await plant.run(seconds * SECOND)
    assert cabinet_in(plant.rig, NUMBER).unit.state in (State.EXECUTE, State.SUSPENDED)
    await plant.close()
    return Journal(folder / DATABASE)


async def test_another_board_does_the_same_at_every_instant(tmp_path: Path) -> None:
    need_emulator()
    journal = await record(tmp_path / "state", 30, eventful=True)
    with pty_board(tmp_path, BY_NUMBER[NUMBER]) as board:
        target = SerialTarget(str(board.port))
        told = replay_against(journal, target, NUMBER)
        target.close()
    assert told.starts == 1
    assert told.window_us == 0
    assert told.compared == told.now_us // 20_000
    assert told.compared // 4 < told.exchanges < told.compared, "left out where nothing is new, but not for too long"


@pytest.mark.nightly
async def test_a_board_that_restarted_is_started_here_too(tmp_path: Path) -> None:
    """Its station lost its supply for a while."""
    need_emulator()
    plant = Plant(tmp_path / "state", CASTLE)
    await plant.run(12 * SECOND)
    for request in (OPEN, CLOSE):
        await plant.write("ST05.BreakerRequest", request)
        await plant.run(plant.rig.now + 5 * SECOND)
    await plant.run(40 * SECOND)
    assert cabinet_in(plant.rig, NUMBER).unit.state in (State.EXECUTE, State.SUSPENDED)
    await plant.close()
    with pty_board(tmp_path, BY_NUMBER[NUMBER]) as board:
        target = SerialTarget(str(board.port))
        told = replay_against(Journal(tmp_path / "state" / DATABASE), target, NUMBER)
        target.close()
    assert told.starts == 2
    assert told.compared < told.now_us // 20_000


async def test_a_session_with_a_real_board_is_told_to_another_one(tmp_path: Path) -> None:
    """Its answers came late now and then: they are compared within a window."""
    need_emulator()
    folder = tmp_path / "state"
    with favoured(), pty_board(tmp_path, BY_NUMBER[NUMBER]) as hardware, Cable(hardware.port) as cable:
        recipe = with_serial({NUMBER: serial(cable.port, watchdog=50)})
        async with recording(folder, recipe) as service, client_of(service) as client:
            here = cabinet_of(service, NUMBER)
            await true(lambda: here.unit.step.name == "Press joint 1")
            cable.cut = True
            await true(lambda: here.unit.state == State.HELD)
            cable.cut = False
            await true(lambda: here.unit.state == State.ABORTED)
            await give(client, "ST05", Command.CLEAR)
            await true(lambda: here.unit.step.name == "Press joint 1")
    spare = tmp_path / "spare"
    spare.mkdir()
    with pty_board(spare, BY_NUMBER[4]) as board:
        target = SerialTarget(str(board.port))
        told = replay_against(Journal(folder / DATABASE), target, NUMBER)
        assert told.window_us == 2_000_000
        assert told.compared > 100
        target.close()


def test_the_command_says_what_came_of_it(tmp_path: Path, command: CommandLine) -> None:
    need_emulator()
    asyncio.run(record(tmp_path / "state", 12))
    state = str(tmp_path / "state")
    with pty_board(tmp_path, BY_NUMBER[4]) as board:
        done = command("replay", state, "--against", str(board.port), "--station", "5", "--until", "8s", "--yes")
        assert (done.code, done.err) == (0, "")
        assert f"replayed 8.0 s of plant time to the board at {board.port} as station 5" in done.out
        assert "compared at 400 instants, at the same instant" in done.out
        assert done.out.endswith("✔ equal\n")
        refused = command("replay", state, "--against", str(board.port))
    assert refused.code == 2
    assert "without --yes where nobody can be asked" in refused.err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--against", "nowhere"), "--against: 'nowhere' is not a serial port such as /dev/ttyACM0"),
        (("--against", "/dev/ttyX", "--hmi"), "leave out --hmi and --port"),
        (("--station", "5"), "--station: '5' is not needed without --against"),
        (("--against", "/dev/nowhere", "--yes", "--window", "soon"), "--window: 'soon' is not a time"),
    ],
)
async def test_bad_options_are_named(tmp_path: Path, command: CommandLine, options: tuple[str, ...], says: str) -> None:
    await record(tmp_path / "state", 3)
    done = await asyncio.to_thread(command, "replay", str(tmp_path / "state"), *options)
    assert done.code == 2
    assert says in done.err


async def test_a_board_that_does_something_else_is_found_out(tmp_path: Path) -> None:
    """Its program accepts an input an exchange too late."""
    need_emulator()
    journal = await record(tmp_path / "state", 30)
    eeprom = tmp_path / "eeprom.bin"
    eeprom.write_bytes(eeprom_image(BY_NUMBER[NUMBER]))
    start = mutated_hex(tmp_path, *SLOWER)
    with PtyBoard(start(eeprom), Terminals(inputs=0x40)) as board:
        target = SerialTarget(str(board.port))
        with pytest.raises(BoardDivergence) as caught:
            replay_against(journal, target, NUMBER)
        target.close()
    found = caught.value
    assert found.tag.startswith("ST05.Board.")
    assert {found.recorded, found.told} == {0, 1}
    at = f"{found.at_us / 1e6:.6f} s"
    assert f"first divergence at {at}: {found.tag} was {found.recorded}, the board at" in str(found)


async def test_a_station_that_the_session_does_not_have_is_refused(tmp_path: Path) -> None:
    journal = await record(tmp_path / "state", 6)
    with pytest.raises(UsageError, match="'13' is not a station of this session with a board: 1, 2, 3"):
        replay_against(journal, simulated_target(), 13)
