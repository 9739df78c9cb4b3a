"""`sector7 alarms`: the list, and the verdict on a run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from protocols.alarms.table import ALARMS
from protocols.exports import alarm_list as export_alarms
from sector7.alarm_report import judge
from tests.sector7.command_line import Command


def figures(**changes: object) -> dict[str, object]:
    whole = {
        "total": 48, "per_hour": 2.0, "rate_10min": 0, "peak_10min": 3, "floods": 0, "flood_share": 0.0, "standing": 1,
        "consequences": 0, "stale": 0, "chattering": 0, "by_priority": {"high": 3, "medium": 7, "low": 38},
        "by_station": {}, "top": [{"number": 506, "tag": "ST05.Alarm.work_stopped", "title": "Stands", "count": 9}],
    }  # fmt: skip
    return whole | changes


def written(folder: Path, alarms: object) -> str:
    path = folder / "run.json"
    path.write_text(json.dumps({"recipe": "castle", "seed": 7, "simulated_s": 86400.0, "alarms": alarms}))
    return str(path)


# ---- list
@pytest.mark.parametrize(
    ("form", "render"),
    [("text", export_alarms.text), ("csv", export_alarms.csv_text), ("md", export_alarms.markdown)],
)
def test_the_list_is_printed(form: str, render: object, command: Command) -> None:
    done = command("alarms", "list", "--format", form)
    assert (done.code, done.err) == (0, "")
    assert done.out == render(ALARMS)  # type: ignore[operator]


def test_the_list_of_one_station(command: Command) -> None:
    lines = command("alarms", "list", "--station", "7").out.splitlines()[1:]
    assert len(lines) == sum(alarm.station == 7 for alarm in ALARMS)
    assert all("ST07.Alarm." in line for line in lines)
    assert command("alarms", "list", "--station", "13").code == 2


# ---- report
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, 0),
        ({"per_hour": 6.0}, 0),
        ({"per_hour": 12.0}, 0),
        ({"per_hour": 12.01}, 1),
        ({"flood_share": 0.0099}, 0),
        ({"flood_share": 0.01}, 1),
    ],
)
def test_the_targets_decide_the_exit_code(
    changes: dict[str, object], code: int, tmp_path: Path, command: Command
) -> None:
    done = command("alarms", "report", written(tmp_path, figures(**changes)))
    assert (done.code, done.err) == (code, "")
    assert ("✘" in done.out) == (code == 1)
    assert "castle, seed 7: alarms in 24 h" in done.out
    assert "ST05.Alarm.work_stopped" in done.out
    assert "high 3 (6%)" in done.out


def test_between_acceptable_and_the_maximum_the_words_say_so() -> None:
    words = {rate: judge(figures(per_hour=rate))[0].text for rate in (5, 9, 13)}
    assert "within the 6/h that are acceptable" in words[5]
    assert "above the acceptable 6/h, within the maximum" in words[9]
    assert "above the maximum" in words[13]


def test_a_run_without_a_single_alarm_divides_by_nothing(tmp_path: Path, command: Command) -> None:
    quiet = figures(total=0, per_hour=0.0, top=[], by_priority={"high": 0, "medium": 0, "low": 0})
    done = command("alarms", "report", written(tmp_path, quiet))
    assert done.code == 0
    assert "most frequent" not in done.out


def test_the_castle_with_all_its_failures_meets_the_targets(command: Command) -> None:
    done = command("alarms", "report", "--duration", "8h", "--seed", "7")
    assert done.code == 0
    assert "acceptable" in done.out


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"recipe": 1, "seed": 2, "simulated_s": 3, "alarms": {}}'])
def test_what_is_no_report_is_one_clear_line(content: str, tmp_path: Path, command: Command) -> None:
    path = tmp_path / "other.json"
    path.write_text(content)
    done = command("alarms", "report", str(path))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"sector7: JSON: '{path}' is not a report that")
    assert "No such file" in command("alarms", "report", str(tmp_path / "none.json")).err
