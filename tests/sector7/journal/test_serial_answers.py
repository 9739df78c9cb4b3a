"""A session with a real board at a serial port is repeated without the board, and carried on with it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from itertools import count, pairwise
from pathlib import Path

import pytest

from hil.board_worker import BoardWorker
from hil.serial_board import SerialAnswer, SerialBoard
from hil.serial_port import SerialPort
from protocols.packml import Command, State
from protocols.stations.io_table import BY_NUMBER
from sector7.journal.folder import DATABASE
from sector7.journal.recovery import carry_on, newest
from sector7.journal.replay import replay
from sector7.journal.rerun import Divergence
from sector7.journal.rows import Told, Write
from sector7.journal.store import Journal
from sector7.recipe import Recipe
from sector7.rig.checkpoint import load, save
from sector7.rig.intake import PACEMAKER
from sector7.rig.rig import Rig
from tests.hil.ports import Cable, pty_board
from tests.hil.toolbox import need_emulator
from tests.sector7.boards.test_serial_boards import board_of, serial
from tests.sector7.journal.test_recorder import SECOND, Plant, limit
from tests.sector7.real_time import cabinet_of, client_of, give, recording, true, with_serial

NUMBER = 5
EVENT = "ST05.BoardAlive"


def rows(folder: Path) -> list[Told | Write]:
    return [row for row, _ in Journal(folder / DATABASE).inputs()]


def alive(folder: Path) -> list[int]:
    """What the plant was told of the link."""
    return [row.new for row in rows(folder) if isinstance(row, Write) and row.tag == EVENT]


async def test_the_board_is_not_needed_for_a_replay(tmp_path: Path) -> None:
    need_emulator()
    folder = tmp_path / "state"
    with pty_board(tmp_path, BY_NUMBER[NUMBER]) as hardware, Cable(hardware.port) as cable:
        recipe = with_serial({NUMBER: serial(cable.port)}, fitted=False)
        async with recording(folder, recipe) as service, client_of(service) as client:
            here = cabinet_of(service, NUMBER)
            await true(lambda: service.rig.line.state is State.EXECUTE)
            # fitted while the line runs, at work, lost and found again
            await give(client, "ST05", Command.HOLD)
            await true(lambda: here.unit.state == State.HELD)
            await client.write("ST05.BoardRequest", 3)
            await true(lambda: isinstance(here.board, SerialBoard) and here.unit.state == State.ABORTED)
            await give(client, "ST05", Command.CLEAR)
            await true(lambda: here.unit.step.name == "Press joint 1")
            cable.cut = True
            await true(lambda: not board_of(here).present)
            cable.cut = False
            await true(lambda: board_of(here).present and here.unit.state == State.ABORTED)
        assert alive(folder) == [1, 0, 1]
        answers = [row for row in rows(folder) if isinstance(row, Told)]
        assert {row.station for row in answers} == {NUMBER}
        assert all(isinstance(row.answer, SerialAnswer) for row in answers)
        outcome = replay(Journal(folder / DATABASE))
        assert (outcome.sha256, outcome.now_us) == (service.rig.trace.sha256(), service.rig.now)

        # a server that carries on finds the board anew, and what it adds is repeated too
        async with recording(folder, recipe) as service:
            here = cabinet_of(service, NUMBER)
            assert board_of(here).present, "as the plant knew it when it was stopped"
            await true(lambda: len(alive(folder)) == 5)
            await true(lambda: board_of(here).present and board_of(here).told is not None)
        assert alive(folder) == [1, 0, 1, 0, 1]
        again = replay(Journal(folder / DATABASE))
        assert (again.sha256, again.now_us) == (service.rig.trace.sha256(), service.rig.now)
        state = carry_on(folder, recipe, 3)
        assert state.rig.trace.sha256() == again.sha256
        state.folder.close()


# ---- driven by hand, without a board
ANSWER = SerialAnswer(1 << 6, 3 | 7 << 64, (1, 2, 3, 4), 300, 9 << 128)


def fitted() -> Recipe:
    return with_serial({NUMBER: serial("/dev/ttyNONE")})


def board_in(rig: Rig) -> SerialBoard:
    board = next(c.board for c in rig.cabinets if c.station.number == NUMBER)
    assert isinstance(board, SerialBoard)
    return board


async def answered(plant: Plant, answer: SerialAnswer) -> bool:
    """The board answers; False if that could not be kept."""
    plant.recorder.answer(board_in(plant.rig), answer)
    return await plant.durable()


async def test_only_an_answer_that_differs_has_a_row_and_it_reads_back(tmp_path: Path) -> None:
    plant = Plant(tmp_path, fitted())
    await plant.run(SECOND)
    plant.recorder.write(PACEMAKER, 1, EVENT, 1)
    await plant.run(2 * SECOND, 20_000)
    for status in (1 << 6, 1 << 6, 1 << 14, 1 << 14, 1 << 6):
        assert await answered(plant, replace(ANSWER, status=status))
        await plant.run(plant.rig.now + 20_000)
    # after a loss the same answer is news
    for raw in (0, 1):
        plant.recorder.write(PACEMAKER, 1, EVENT, raw)
        await plant.run(plant.rig.now + 100_000, 20_000)
    assert await answered(plant, ANSWER)
    await plant.run(plant.rig.now + SECOND)
    await plant.close()
    answers = [row.answer for row in rows(tmp_path) if isinstance(row, Told)]
    assert [a.status for a in answers if a is not None] == [1 << 6, 1 << 14, 1 << 6, 1 << 6]
    assert answers[-1] == ANSWER
    assert [a == b for a, b in pairwise(answers)] == [False, False, True]
    assert replay(Journal(tmp_path / DATABASE)).sha256 == plant.rig.trace.sha256()
    assert board_in(plant.rig).measured(3, plant.rig.now) == 4


async def test_an_answer_for_which_the_disk_has_no_room_is_asked_for_again(tmp_path: Path) -> None:
    plant = Plant(tmp_path, fitted())
    plant.recorder.write(PACEMAKER, 1, EVENT, 1)
    await plant.run(SECOND, 20_000)
    board = board_in(plant.rig)
    board.worker = BoardWorker(board.io, lambda: SerialPort("/dev/ttyNONE"))  # not begun: it only takes the request
    limit(plant, 1)
    answers = (replace(ANSWER, axis=axis) for axis in count())
    while await answered(plant, next(answers)):  # until the disk is full
        pass
    held = board.told
    plant.rig.run(plant.rig.now + 20_000)
    late = board.late
    assert not await answered(plant, next(answers))
    assert board.told == held
    plant.rig.run(plant.rig.now + 20_000)
    assert board.late == late, "this instant asks anew"
    plant.rig.run(plant.rig.now + 20_000)
    assert board.late == late + 1, "and the next one waits"
    limit(plant, 1 << 30)
    assert await answered(plant, ANSWER)
    await plant.run(plant.rig.now + SECOND)
    await plant.close()
    kept = [row.answer for row in rows(tmp_path) if isinstance(row, Told)]
    assert kept[-2:] == [held, ANSWER]
    assert replay(Journal(tmp_path / DATABASE)).sha256 == plant.rig.trace.sha256()


async def test_a_checkpoint_holds_what_a_board_has_told(tmp_path: Path) -> None:
    plant = Plant(tmp_path, fitted())
    plant.recorder.write(PACEMAKER, 1, EVENT, 1)
    await plant.run(SECOND, 20_000)
    assert await answered(plant, ANSWER)
    await plant.run(2 * SECOND)
    restored = load(save(plant.rig))
    assert board_in(restored).told == ANSWER
    for rig in (plant.rig, restored):
        rig.run(8 * SECOND)
    assert restored.trace.sha256() == plant.rig.trace.sha256()
    await plant.crash()
    again = Plant(tmp_path, fitted())
    found = newest(Journal(tmp_path / DATABASE))
    assert found is not None
    assert board_in(found[0]).told == ANSWER
    assert board_in(again.rig).present
    await again.close()


async def test_an_edited_answer_is_named(tmp_path: Path) -> None:
    plant = Plant(tmp_path, fitted())
    plant.recorder.write(PACEMAKER, 1, EVENT, 1)
    await plant.run(SECOND, 20_000)
    assert await answered(plant, ANSWER)
    await plant.run(12 * SECOND)
    await plant.close()
    with sqlite3.connect(tmp_path / DATABASE) as database:
        database.execute("UPDATE answer SET command = 'ff'")
    with pytest.raises(Divergence, match=r"answer \d+ of station 5's board at .* is not as it was recorded"):
        replay(Journal(tmp_path / DATABASE))
