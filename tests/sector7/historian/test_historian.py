"""From values to sinks: the grid of samplings, sinks that fail, losses that are counted and marked."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

import pytest

from protocols.tags.tag import Kind, Table, Tag
from protocols.tags.tag import Writer as Author
from sector7.historian.errors import SinkFailure
from sector7.historian.historian import Historian, Recording
from sector7.historian.reporter import Report, Reporter
from sector7.historian.selection import Recorded
from sector7.historian.writer import Writer

TAGS = [Recorded(Tag(f"T{i}", Table.INPUT, i, Kind.U16, Author.PLANT, "a test's"), 0) for i in range(2)]
SECOND = 1_000_000


class Shelf:
    """A sink in memory that can be told to fail."""

    name = "shelf"

    def __init__(self) -> None:
        self.rows: dict[tuple[int, int], int | None] = {}
        self.batches = 0
        self.broken = False
        self.tried = threading.Semaphore(0)
        self.closed = False

    def write(self, batch: Sequence[Report]) -> None:
        self.tried.release()
        if self.broken:
            raise SinkFailure(self.name, "is broken")
        self.batches += 1
        for report in batch:
            self.rows |= {(report.at_ms, i): raw for i, raw in report.changes}

    def close(self) -> None:
        self.closed = True


class Plant:
    """Two values and a time."""

    def __init__(self, shelf: Shelf, room: int = 1000) -> None:
        self.now = 0
        self.values = {"T0": 0, "T1": 0}
        self.writer = Writer(lambda: shelf, batch_s=0.001, room=room)
        self.recording = Recording(Reporter(TAGS), self.writer, len(TAGS))
        self.historian = Historian(lambda: self.now, lambda: self.values, [self.recording], wall=lambda: 1.5)

    def run(self, until_us: int, step_us: int = 170_000) -> None:
        """As a pacemaker does: in slices, never past the historian's horizon."""
        while self.now < until_us:
            self.now = min(until_us, self.now + step_us, self.historian.horizon())
            self.values["T0"] = self.now // 700_000
            self.historian.beat()


def test_samplings_lie_on_the_grid_whatever_the_slices() -> None:
    records = []
    for step in (10_000, 170_000, 5 * SECOND):
        shelf = Shelf()
        plant = Plant(shelf)
        plant.historian.beat()
        plant.run(10 * SECOND, step)
        plant.historian.close()
        records.append(shelf.rows)
        assert shelf.closed
    assert records[0] == records[1] == records[2]
    assert {at for at, _ in records[0]} == {0, *range(1000, 10_001, 1000)}
    assert [raw for (_, i), raw in records[0].items() if i == 1] == [0]


@pytest.mark.parametrize(("speed", "step_s"), [(1.0, 1), (20.0, 1), (21.0, 2), (1000.0, 50)])
def test_a_fast_plant_is_sampled_less_often(speed: float, step_s: int) -> None:
    plant = Plant(Shelf())
    plant.historian.beat()
    plant.historian.speed = speed
    plant.run(SECOND)
    assert plant.historian.horizon() == max(1, step_s) * SECOND if step_s > 1 else 2 * SECOND
    plant.historian.close()


def test_a_sink_that_fails_is_tried_again_and_nothing_is_lost(caplog: pytest.LogCaptureFixture) -> None:
    shelf = Shelf()
    shelf.broken = True
    plant = Plant(shelf)
    with caplog.at_level(logging.WARNING, "sector7.historian"):
        plant.run(5 * SECOND)
        for _ in range(3):
            assert shelf.tried.acquire(timeout=20)
        assert plant.writer.problem == "history shelf: is broken"
        shelf.broken = False
        plant.run(9 * SECOND)
        plant.historian.close()
    assert {at for at, _ in shelf.rows} == set(range(0, 9001, 1000))
    assert plant.recording.lost == 0
    assert plant.writer.problem == ""
    assert plant.writer.kept_ms == 9000
    assert [r.getMessage() for r in caplog.records] == [
        "history shelf: is broken; the plant goes on, changes wait or are lost", "the history is written again",
    ]  # fmt: skip


def test_what_finds_no_room_is_counted_and_marked_and_then_all_is_known_again() -> None:
    shelf = Shelf()
    shelf.broken = True
    plant = Plant(shelf, room=8)
    plant.run(20 * SECOND)
    lost = plant.recording.lost
    assert lost > 0
    shelf.broken = False
    while plant.writer.kept_ms < 0:
        assert shelf.tried.acquire(timeout=20)
    plant.run(22 * SECOND)  # three reports: two unknown values, all values, and one
    plant.historian.close()
    times = sorted({at for at, i in shelf.rows if i == 1})
    gap = next(at for at in times if shelf.rows[at, 1] is None)
    after = next(at for at in times if at > gap)
    assert shelf.rows[gap, 0] is None
    assert not [at for at, _ in shelf.rows if gap < at < after]
    assert (shelf.rows[after, 0], shelf.rows[after, 1]) == (after * 1000 // 700_000, 0)
    assert plant.recording.lost == lost


def test_in_a_hurry_everything_is_written_at_once_or_not_at_all() -> None:
    shelf = Shelf()
    writer = Writer(lambda: shelf, batch_s=1000)
    writer.put(Report(1000, 0, [(0, 5)]))
    writer.flush()
    assert shelf.rows == {(1000, 0): 5}
    shelf.broken = True
    writer.put(Report(2000, 0, [(0, 6)]))
    writer.flush()
    assert writer.problem
    shelf.broken = False
    writer.close()
    assert shelf.rows == {(1000, 0): 5, (2000, 0): 6}


def test_reports_without_a_change_take_room_too() -> None:
    shelf = Shelf()
    shelf.broken = True
    writer = Writer(lambda: shelf, batch_s=0.001, room=50)
    assert [writer.put(Report(1000 * i, 0, [])) for i in range(60)] == [True] * 50 + [False] * 10
    shelf.broken = False
    writer.close()
