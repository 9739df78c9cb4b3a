"""Files and events of a running rig."""

from __future__ import annotations

from plant.pallet import Robot
from protocols.packml import Command
from protocols.reasons import Reason
from protocols.tags.line_map import LINE_MAP
from sector7.masters.bulk import GENEALOGY, HISTORY_WORDS, PlantFiles, StopEvents, history
from sector7.recipe import load
from sector7.rig.rig import Rig

SECOND = 1_000_000


def test_the_genealogy_of_finished_robots() -> None:
    rig = Rig(load("castle"), 1)
    files = PlantFiles(rig)
    assert files.read(GENEALOGY, 0, 2) == [0, HISTORY_WORDS]
    rig.run(1800 * SECOND)
    finished = rig.plant.ledger.finished
    assert len(finished) > 3
    assert files.read(GENEALOGY, 0, 1) == [len(finished)]
    row = files.read(GENEALOGY, 2 + HISTORY_WORDS, HISTORY_WORDS)
    assert row == history(finished[1])
    assert row is not None
    assert row[0] << 16 | row[1] == finished[1].serial
    assert row[4] == len(finished[1].results)
    assert row[5] == finished[1].results[0][0]
    end = 2 + HISTORY_WORDS * len(finished)
    assert files.read(GENEALOGY, end - 1, 1) is not None
    assert files.read(GENEALOGY, end - 1, 2) is None
    assert files.read(2, 0, 1) is None


def test_a_history_that_is_too_long_keeps_its_end() -> None:
    robot = Robot(70_000, 5 * SECOND, results=[(n, n * SECOND, 1) for n in range(5, 45)])
    row = history(robot)
    assert len(row) == HISTORY_WORDS
    assert row[:5] == [1, 70_000 - 65_536, 0, 5, 19]
    assert row[5:8] == [26, 1, 21]
    assert row[59:62] == [44, 1, 39]


def test_stops_of_stations_queue_up_with_their_reasons() -> None:
    rig = Rig(load("castle"), 1)
    rig.run(60 * SECOND)
    events = StopEvents(rig.trace)
    before = len(events.registers())
    for value in (int(Command.HOLD),):
        rig.request("ST02.CntrlCmd", value, rig.now)
        rig.request("ST02.CmdChangeRequest", 1, rig.now)
    rig.run(75 * SECOND)
    registers = list(events.registers())
    assert before == 0
    number, station, reason, seconds = registers[-4:]
    assert (station, reason) == (2, Reason.OPERATOR)
    assert number == len(registers) // 4
    assert 60 <= seconds <= 75
    assert list(events.registers()) == registers  # reading takes nothing away
    assert "ST02.StopReason" in {tag.name for tag in LINE_MAP.tags}


def test_the_queue_keeps_the_last_seven() -> None:
    rig = Rig(load("castle"), 1)
    events = StopEvents(rig.trace)
    for n in range(30):
        rig.trace.log((n * SECOND, 64 * 3 + 34, n))
    registers = list(events.registers())
    assert len(registers) == 28
    assert registers[:4] == [24, 3, 23, 23]
    assert registers[-4:] == [30, 3, 29, 29]
