"""The historian of a whole plant: it looks on and changes nothing; what it tells of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from protocols.tags.history_map import HEAD_WORDS, file_number, read_head
from protocols.tags.plant_map import PLANT_MAP
from sector7.historian.errors import HistoryError
from sector7.historian.keeper import Keeper
from sector7.historian.options import HistoryOptions
from sector7.historian.reader import History
from sector7.historian.selection import select
from sector7.historian.store import DATABASE
from sector7.masters.values import PlantValues
from sector7.rig.rig import Rig
from tests.sector7.lines import MINUTE, SECOND, busy, small


def run(rig: Rig, keeper: Keeper, until_us: int) -> None:
    keeper.beat()
    while rig.now < until_us:
        rig.run(min(until_us, keeper.horizon()))
        keeper.beat()


def test_a_recorded_plant_does_what_it_would_do_anyway(tmp_path: Path) -> None:
    recorded, other = Rig(busy(), 4), Rig(busy(), 4)
    keeper = Keeper(recorded, 1, HistoryOptions(), tmp_path)
    run(recorded, keeper, 10 * MINUTE)
    keeper.close()
    other.run(10 * MINUTE)
    assert recorded.trace.sha256() == other.trace.sha256()


def test_every_value_is_on_record_within_its_deadband(tmp_path: Path) -> None:
    rig = Rig(busy(), 4)
    keeper = Keeper(rig, 1, HistoryOptions(), tmp_path)
    values = PlantValues(rig, 1)
    seen: dict[int, dict[str, int]] = {}
    for second in range(0, 121, 5):
        run(rig, keeper, second * SECOND)
        seen[second] = dict(values.values(1))
    keeper.close()
    history = History(tmp_path / DATABASE)
    numbers = {column.name: column.number for column in history.columns()}
    for r in select():
        for second, raws in seen.items():
            kept = history.value(numbers[r.tag.name], 1000 * second)
            assert kept is not None
            assert abs(kept - raws[r.tag.name]) <= r.deadband, (second, r.tag.name)


def test_only_stations_that_are_there_are_recorded(tmp_path: Path) -> None:
    keeper = Keeper(Rig(small(), 1), 1, HistoryOptions(), tmp_path)
    keeper.beat()
    assert keeper.status()["Line.HistoryTags"] < len(select())
    assert keeper.read(file_number(PLANT_MAP["ST02.StateCurrent"], 1), 0, HEAD_WORDS) is None
    assert keeper.read(file_number(PLANT_MAP["ST05.StateCurrent"], 1), 0, HEAD_WORDS) is not None
    keeper.close()


def test_a_history_goes_on_where_it_was(tmp_path: Path) -> None:
    rig = Rig(small(), 1)
    keeper = Keeper(rig, 1, HistoryOptions(), tmp_path)
    run(rig, keeper, 30 * SECOND)
    keeper.close()
    # the same plant once more, up to the same instant and on: nothing is recorded twice
    rig = Rig(small(), 1)
    keeper = Keeper(rig, 1, HistoryOptions(), tmp_path, goes_on_us=30 * SECOND)
    assert keeper.horizon() == 31 * SECOND
    run(rig, keeper, 60 * SECOND)
    words = keeper.read(file_number(PLANT_MAP["Line.OEE"], 1), 0, HEAD_WORDS)
    assert words is not None
    assert (read_head(words).oldest, read_head(words).now_us) == (0, 60 * SECOND)
    keeper.close()
    once = tmp_path / "once"
    once.mkdir()
    rig = Rig(small(), 1)
    keeper = Keeper(rig, 1, HistoryOptions(), once)
    run(rig, keeper, 60 * SECOND)
    keeper.close()
    twice, one = History(tmp_path / DATABASE), History(once / DATABASE)
    for column in one.columns():
        assert twice.samples(column.number, 0, 1 << 60) == one.samples(column.number, 0, 1 << 60), column.name


def test_another_runs_history_is_not_continued(tmp_path: Path) -> None:
    Keeper(Rig(small(), 1), 1, HistoryOptions(), tmp_path).close()
    with pytest.raises(HistoryError, match="belongs to another run"):
        Keeper(Rig(small(), 1), 2, HistoryOptions(), tmp_path)
