"""Tables of a history: every change, all values on a grid, as CSV and as Parquet; and the list of what there is."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import duckdb
import pytest

from sector7.historian.reader import History
from sector7.historian.reporter import Report
from sector7.historian.sqlite_sink import SqliteSink
from sector7.historian.store import DATABASE, Origin, adopt
from tests.sector7.command_line import Command
from tests.sector7.historian.test_trend_files import TAGS

NAMES = ("Line.OEE", "Line.RobotsCompleted", "ST01.Blocked")
COUNT = 400


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """OEE falls by 0.3 % every seven seconds and is unknown from 200 s to 210 s; a robot every 40 s."""
    tags = [TAGS[name] for name in NAMES]
    adopt(tmp_path / DATABASE, Origin(9, "castle", ""), tags, 0)
    sink = SqliteSink(tmp_path / DATABASE, tags)
    for second in range(10, COUNT):
        changes: list[tuple[int, int | None]] = []
        if second % 7 == 3:
            changes.append((0, None if 200 <= second < 210 else 1000 - 3 * second // 7))
        if second % 40 == 10:
            changes.append((1, second // 40))
        sink.write([Report(1000 * second, 1_700_000_000_000 + 500 * second, changes)])
    sink.close()
    return tmp_path


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_change_is_a_row(folder: Path, command: Command) -> None:
    done = command("history", "export", str(folder))
    rows = table(done.out)
    history = History(folder / DATABASE)
    for column in history.columns():
        mine = [(row["plant_s"], row["value"]) for row in rows if row["tag"] == column.name]
        kept = [
            (f"{at / 1000:.3f}", "" if raw is None else f"{raw / 10**column.decimals:.{column.decimals}f}")
            for at, raw in history.samples(column.number, 0, 1 << 60)
        ]
        assert mine == kept
    assert (done.code, {row["unit"] for row in rows}) == (0, {"%", "robots"})
    assert [row["plant_s"] for row in rows] == sorted((row["plant_s"] for row in rows), key=float)
    assert rows[-1]["wall"] == "2023-11-14T22:16:37.500Z"


def test_a_part_begins_with_the_values_that_hold_there(folder: Path, command: Command) -> None:
    rows = table(command("history", "export", str(folder), "--from", "100s", "--to", "2m", "--tags", "Line.*").out)
    assert [(row["plant_s"], row["tag"], row["value"]) for row in rows if row["tag"] == "Line.RobotsCompleted"] == [
        ("100.000", "Line.RobotsCompleted", "2")
    ]
    assert [row["plant_s"] for row in rows if row["tag"] == "Line.OEE"] == ["100.000", "101.000", "108.000", "115.000"]
    assert rows[0]["wall"] == "2023-11-14T22:14:10.000Z"


@pytest.mark.parametrize("every", ["1s", "7s", "2.5s"])
def test_a_grid_has_the_value_that_holds_at_every_instant(folder: Path, command: Command, every: str) -> None:
    rows = table(command("history", "export", str(folder), "--every", every).out)
    history = History(folder / DATABASE)
    step = float(every.rstrip("s"))
    assert len(rows) == int((COUNT - 1 - 10) / step) + 1
    for number, row in enumerate(rows):
        at = 10_000 + round(1000 * step) * number
        assert float(row["plant_s"]) == at / 1000
        for column in history.columns():
            raw = history.value(column.number, at)
            assert row[column.name] == ("" if raw is None else f"{raw / 10**column.decimals:.{column.decimals}f}"), at


@pytest.mark.parametrize("more", [(), ("--every", "5s")])
def test_parquet_says_the_same_as_csv(folder: Path, command: Command, more: tuple[str, ...]) -> None:
    plain, packed = folder / "it's.csv", folder / "it's.parquet"
    assert command("history", "export", str(folder), "--out", str(plain), *more).code == 0
    done = command("history", "export", str(folder), "--format", "parquet", "--out", str(packed), *more)
    assert done.code == 0
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    found = connection.read_parquet(str(packed)).fetchall()
    names = connection.read_parquet(str(packed)).columns
    rows = table(plain.read_text("utf-8"))
    assert names == list(rows[0])
    assert f"{len(rows)} rows" in done.out
    for mine, row in zip(found, rows, strict=True):
        assert mine[1].strftime("%Y-%m-%dT%H:%M:%S") == row["wall"][:19]
        for name, value in zip(names, mine, strict=True):
            if name not in ("wall", "tag", "unit"):
                assert value == (float(row[name]) if row[name] else None)
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


def test_without_duckdb_the_extra_is_named(folder: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    done = command("history", "export", str(folder), "--format", "parquet", "--out", str(folder / "x"))
    assert done.code == 2
    assert "pip install 'sector7[history]'" in done.err
    assert not (folder / "x").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--tags", "Line.Nothing*"), "--tags: 'Line.Nothing*' is not a recorded tag"),
        (("--format", "parquet"), "--format: 'parquet' is not for standard output: name a file with --out"),
        (("--from", "yesterday"), "--from: 'yesterday' is not a time"),
        (("--every", "0.0001s"), "--every: '0.0001s' is not at least a thousandth of a second"),
        (("--from", "2m", "--to", "1m"), "--to: '1m' is not behind --from 2m"),
        (("--out", "/nowhere/x.csv"), "--out: '/nowhere/x.csv' is not a file that can be written: No such file"),
    ],
)
def test_what_cannot_be_exported_is_told(folder: Path, command: Command, arguments: tuple[str, ...], said: str) -> None:
    done = command("history", "export", str(folder), *arguments)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


def test_the_list_has_every_tag_with_its_last_value(folder: Path, command: Command) -> None:
    lines = command("history", "list", str(folder)).out.splitlines()
    assert [line.split() for line in lines[:3]] == [
        ["Line.OEE", "%", "56", "83.1"],
        ["Line.RobotsCompleted", "robots", "10", "9"],
        ["ST01.Blocked", "0", "unknown"],
    ]
    assert lines[3].startswith("plant time 10 s to 399 s, ")


def test_a_folder_without_a_history_is_told(tmp_path: Path, command: Command) -> None:
    done = command("history", "list", str(tmp_path))
    assert done.code == 2
    assert "there is none (sector7 serve --state FOLDER keeps one" in done.err
