"""What keeping a history costs."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import pytest

from benchmarks.conftest import Figures
from protocols.tags.history_map import BUCKET_WORDS, MOST, WIDTHS, file_number, record_of
from protocols.tags.tag import Kind, Table, Tag
from protocols.tags.tag import Writer as Author
from sector7 import recipe as recipes
from sector7.historian.historian import Historian, Recording
from sector7.historian.keeper import Keeper
from sector7.historian.options import HistoryOptions
from sector7.historian.reader import History
from sector7.historian.reporter import Reporter
from sector7.historian.selection import Recorded, select
from sector7.historian.sqlite_sink import SqliteSink
from sector7.historian.store import DATABASE, Origin, adopt
from sector7.historian.trend_files import TrendFiles
from sector7.historian.writer import Writer
from sector7.rig.rig import Rig

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]

TITLE = "Historian"
TAGS = [Tag(f"T{i}", Table.INPUT, i, Kind.U16, Author.PLANT, "a benchmark's") for i in range(1000)]
SECONDS = 20


@pytest.mark.parametrize("moving", [1000, 1])
def test_a_thousand_tags(figures: Figures, tmp_path: Path, moving: int) -> None:
    """`moving` of a thousand tags change ten times a second, on disk every second; share of one core."""
    adopt(tmp_path / DATABASE, Origin(1, "benchmark", ""), TAGS, 0)
    writer = Writer(lambda: SqliteSink(tmp_path / DATABASE, TAGS))
    recording = Recording(Reporter([Recorded(tag, 0) for tag in TAGS]), writer, len(TAGS))
    values = {tag.name: 0 for tag in TAGS}
    now = 0
    historian = Historian(lambda: now, lambda: values, [recording], period_us=100_000)
    changing = [tag.name for tag in TAGS[:moving]]
    begin, cpu, own = time.perf_counter(), time.process_time(), 0.0
    for step in range(10 * SECONDS):
        time.sleep(max(0.0, begin + step / 10 - time.perf_counter()))
        before = time.process_time()
        values.update((name, (step * 7 + i) & 0xFFFF) for i, name in enumerate(changing))
        own += time.process_time() - before  # the plant's part, not the historian's
        now = step * 100_000
        historian.beat()
    historian.close()
    share = (time.process_time() - cpu - own) / (time.perf_counter() - begin)
    assert recording.lost == 0
    history = History(tmp_path / DATABASE)
    assert history.size(1) == 10 * SECONDS
    figures.row(TITLE, f"1,000 tags, {10 * moving:,} changes/s", f"{100 * share:.1f} %", "of one core; goal 15 %")


def test_castle(figures: Figures, tmp_path: Path) -> None:
    """An hour of the castle: what a sampling costs, what an hour takes on the disk, what a trend takes to read."""
    rig = Rig(recipes.load("castle"), 7)
    keeper = Keeper(rig, 1, HistoryOptions(), tmp_path)
    cpu, samplings = 0.0, 0
    while rig.now < 3600 * 1_000_000:
        rig.run(keeper.horizon())
        before = time.thread_time()
        keeper.beat()
        cpu += time.thread_time() - before
        samplings += 1
    keeper.close()
    size = (tmp_path / DATABASE).stat().st_size
    figures.row(
        TITLE, "a sampling of the castle", f"{cpu / samplings * 1e6:.0f} us", "values of unit 1 and what changed"
    )
    figures.row(TITLE, "an hour of the castle", f"{size / 1e6:.2f} MB")
    files = TrendFiles(History(tmp_path / DATABASE), 1, lambda: rig.now)
    for level, newest in ((1, 3600), (5, 4)):
        took = []
        for recorded in select():
            before = time.thread_time()
            files.read(file_number(recorded.tag, level), record_of(max(0, newest - MOST)), MOST * BUCKET_WORDS)
            took.append(time.thread_time() - before)
        width = WIDTHS[level]
        figures.row(
            TITLE,
            f"answering 13 buckets of {width} s",
            f"{median(took) * 1e6:.0f} us",
            f"{max(took) * 1e6:.0f} us at most",
        )
