"""A day of the castle in which everything fails that can: how much it takes, how soon it is read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from sector7.historian.keeper import Keeper
from sector7.historian.options import HistoryOptions
from sector7.historian.reader import History
from sector7.historian.store import DATABASE
from sector7.rig.rig import Rig
from tests.pty_console import PATIENCE_S
from tests.sector7.lines import HOUR, busy

MEGABYTE = 1_000_000


def record(folder: Path, hours: int) -> None:
    rig = Rig(busy(), 24)
    keeper = Keeper(rig, 1, HistoryOptions(), folder)
    keeper.beat()
    (recording,) = keeper.historian.recordings
    for hour in range(1, hours + 1):
        while rig.now < hour * HOUR:
            rig.run(min(hour * HOUR, keeper.horizon()))
            keeper.beat()
        # this plant runs a thousand times as fast as one that is watched: let the disk keep up
        recording.writer.flush(PATIENCE_S)
    keeper.close()
    assert recording.lost == 0


@pytest.mark.parametrize(
    ("hours", "most"),
    [(1, 5 * MEGABYTE), pytest.param(24, 100 * MEGABYTE, marks=[pytest.mark.nightly, pytest.mark.timeout(1200)])],
)
def test_a_day_is_small_and_every_tag_of_it_is_read_at_once(tmp_path: Path, hours: int, most: int) -> None:
    record(tmp_path, hours)
    size = (tmp_path / DATABASE).stat().st_size
    history = History(tmp_path / DATABASE)
    took: list[tuple[float, str]] = []
    for column in history.columns():
        begin = time.perf_counter()
        minutes = history.buckets(column.number, 0, 60_000, 60 * hours)
        took.append((time.perf_counter() - begin, column.name))
        assert None not in minutes, column.name
    seconds, name = max(took)
    print(f"\n{hours} h: {size / MEGABYTE:.1f} MB; the slowest tag, {name}, was read in {1000 * seconds:.0f} ms")
    assert size < most
