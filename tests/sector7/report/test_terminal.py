"""What `simulate` shows people: a table without surprises, colours only where they are wanted, one progress line."""

from __future__ import annotations

import io

import pytest

from sector7.report.terminal import print_outcome, progress_line, span
from sector7.simulate import Outcome, simulate
from tests.sector7.lines import HOUR, line, small


class Terminal(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return simulate(line(), 2, HOUR)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (86_400, "24 h"),
        (19_800.0, "5.5 h"),
        (2400, "40 min 00 s"),
        (90.25, "1 min 30.25 s"),
        (0.25, "0.25 s"),
        (0, "0 s"),
    ],
)
def test_a_duration_is_told_as_people_say_it(seconds: float, text: str) -> None:
    assert span(seconds) == text


def shown(outcome: Outcome, *, color: bool) -> str:
    stream = io.StringIO()
    print_outcome(outcome, stream, color=color)
    return stream.getvalue()


def test_every_figure_of_every_station_is_in_the_table(outcome: Outcome) -> None:
    text = shown(outcome, color=False)
    assert "\x1b" not in text
    report = outcome.report
    for row in report["stations"]:
        (shown_row,) = [line for line in text.splitlines() if line.startswith(f"{row['station']:2d} {row['name']}")]
        assert str(row["processed"]) in shown_row
        assert f"{row['oee']:.1%}" in shown_row
        assert f"{row['aborted_s'] / 3600:.1%}" in shown_row
    assert f"robots {report['robots_completed']} completed" in text
    assert f"sha256 {report['trace_sha256']}" in text
    assert "✔ passed" in text
    assert max(map(len, text.splitlines())) <= 120


def test_the_columns_stand_below_their_heads(outcome: Outcome) -> None:
    lines = shown(outcome, color=False).splitlines()
    (head,) = [line for line in lines if line.startswith("station ")]
    rows = [line for line in lines if line[:2].strip().isdigit()]
    assert {len(line) for line in [head, *rows]} == {len(head)}


def test_what_failed_is_listed() -> None:
    failed = Outcome(simulate(small(), 1, HOUR).report, ["at 1.00 s: ST01: something", "no robot was completed"])
    text = shown(failed, color=False)
    assert "✘ failed:\n  at 1.00 s: ST01: something\n  no robot was completed\n" in text
    assert "passed" not in text


def test_colours_only_add(outcome: Outcome) -> None:
    colourful = shown(outcome, color=True)
    assert "\x1b[32m✔ passed\x1b[0m" in colourful
    for code in ("\x1b[1m", "\x1b[0m", "\x1b[32m"):
        colourful = colourful.replace(code, "")
    assert colourful == shown(outcome, color=False)


def test_progress_is_one_line_that_leaves_nothing_behind() -> None:
    stream = Terminal()
    with progress_line(HOUR, stream) as progress:
        assert progress is not None
        for share in (1, 2, 4):
            progress(HOUR * share // 4, 10 * share)
    text = stream.getvalue()
    assert "\n" not in text
    assert "25%" in text
    assert "10 robots" in text
    assert text.endswith("\r\x1b[K")


def test_where_nobody_watches_there_is_no_progress() -> None:
    stream = io.StringIO()
    with progress_line(HOUR, stream) as progress:
        assert progress is None
    assert stream.getvalue() == ""
