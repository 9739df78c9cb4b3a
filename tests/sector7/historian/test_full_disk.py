"""A disk that fills up under a history: the plant goes on, the gap is marked, and afterwards all is known again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from protocols.tags.history_map import RECORDING, UNWRITABLE
from sector7.historian.historian import Historian, Recording
from sector7.historian.keeper import Keeper
from sector7.historian.options import HistoryOptions
from sector7.historian.reader import History
from sector7.historian.reporter import Reporter
from sector7.historian.selection import Recorded
from sector7.historian.sqlite_sink import SqliteSink
from sector7.historian.store import DATABASE, Origin, adopt
from sector7.historian.writer import Writer
from sector7.rig.rig import Rig
from tests.sector7.historian.test_trend_files import TAGS
from tests.sector7.journal.test_full_disk import fill, small_disk
from tests.sector7.lines import small

__all__ = ["small_disk"]

SECOND = 1_000_000
RECORDED = [Recorded(TAGS[name], 0) for name in ("Line.RobotsCompleted", "Line.OEE")]


def wait(writer: Writer, done: Callable[[], bool]) -> None:
    """Until the writer has brought it about."""
    event = threading.Event()
    for _ in range(6000):
        if done():
            return
        event.wait(0.01)
    raise AssertionError(f"nothing happened: {writer.problem!r}")


def test_a_full_disk_leaves_a_gap_that_says_so(small_disk: Path) -> None:
    path = small_disk / DATABASE
    tags = [r.tag for r in RECORDED]
    adopt(path, Origin(1, "castle", ""), tags, 0)
    now = 0
    writer = Writer(lambda: SqliteSink(path, tags), batch_s=0.01, room=200)
    recording = Recording(Reporter(RECORDED), writer, len(tags))
    historian = Historian(lambda: now, lambda: {"Line.RobotsCompleted": now // SECOND, "Line.OEE": 500}, [recording])

    def run(seconds: int) -> None:
        nonlocal now
        for _ in range(seconds):
            now += SECOND
            historian.beat()

    run(20)
    wait(writer, lambda: writer.kept_ms == 20_000)
    filler = fill(small_disk)
    while not writer.problem:  # what is still free inside the file is used first
        run(150)
        wait(writer, lambda: bool(writer.problem) or writer.kept_ms == now // 1000)
    assert writer.problem == f"history {path}: database or disk is full"
    run(500)
    assert recording.lost > 0
    filler.unlink()
    wait(writer, lambda: not writer.problem)
    before = now // 1000
    run(20)
    wait(writer, lambda: writer.kept_ms == now // 1000)
    historian.close()

    history = History(path)
    numbers = {column.name: column.number for column in history.columns()}
    samples = history.samples(numbers["Line.RobotsCompleted"], 0, 1 << 60)
    (gap,) = [at for at, raw in samples if raw is None]
    assert all(raw == at // 1000 for at, raw in samples if at != gap)
    assert [at for at, _ in samples if at > gap] == list(range(before + 1000, now // 1000 + 1, 1000))
    oee = history.samples(numbers["Line.OEE"], 0, 1 << 60)
    assert oee == [(1000, 500), (gap, None), (before + 1000, 500)]


def test_masters_are_told(small_disk: Path) -> None:
    rig = Rig(small(), 1)
    keeper = Keeper(rig, 1, HistoryOptions(), small_disk)
    writer = keeper.historian.recordings[0].writer

    def state_after(seconds: int) -> int:
        end = rig.now + seconds * SECOND
        while rig.now < end:
            rig.run(min(end, keeper.horizon()))
            keeper.beat()
        wait(writer, lambda: bool(writer.problem) or writer.kept_ms == rig.now // 1000)
        return keeper.status()["Line.HistoryState"]

    assert state_after(10) == RECORDING
    assert keeper.status()["Line.HistoryNewest"] == 10
    assert keeper.status()["Line.HistoryTags"] > 200
    filler = fill(small_disk)
    while state_after(60) != UNWRITABLE:  # what is still free inside the file is used first
        assert rig.now < 3600 * SECOND
    filler.unlink()
    wait(writer, lambda: not writer.problem)
    assert state_after(10) == RECORDING
    assert keeper.status()["Line.HistoryNewest"] == rig.now // SECOND
    keeper.close()
