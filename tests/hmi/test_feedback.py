"""Outputs that are commanded in vain: for how long, in plant time, and what begins the wait anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hmi.link.feedback import FeedbackWatch
from hmi.link.snapshot import LinkState, Snapshot
from hmi.panels.station_io import station_io
from hmi.panels.station_marks import station_marks
from tests.hmi.frames import frame, text

CLAMP = "ST05.Board.clamp"
LINE = {"ST05.LinkOk": 1, "ST05.StepNumber": 4, "ST07.LinkOk": 1, "ST07.StepNumber": 0, "Line.RunEpoch": 1}
BOARD = {CLAMP: 1, "ST05.Board.clamped": 0, "ST05.Board.press_home": 1}


class Polls:
    """A watch and the polls that it sees, one a second of plant time."""

    def __init__(self) -> None:
        self.watch = FeedbackWatch()
        self.polls = 0
        self.time_us = 0

    def see(self, times: int = 1, *, state: LinkState = LinkState.OK, unit: int = 15, **changes: int) -> float:
        """For how many seconds the clamp is overdue, 0: it is not."""
        for _ in range(times):
            self.polls += 1
            self.time_us += 1_000_000
            values = {name.replace("_", ".", 1): value for name, value in changes.items()}
            line = LINE | {"Line.SimulatedTime": self.time_us} | {k: v for k, v in values.items() if k in LINE}
            board = BOARD | {f"ST05.Board.{name}": value for name, value in changes.items()}
            self.watch.sample(Snapshot(state, 0, line, board, unit, polls=self.polls))
        return self.watch.unanswered().get(CLAMP, 0)


def test_what_takes_longer_than_the_device_does_is_overdue_and_over_when_it_comes() -> None:
    seen = Polls()
    assert seen.see(4) == 0, "a clamp takes up to three seconds, and four polls are few"
    assert seen.see(2) == 5
    assert seen.see(10) == 15
    assert seen.see(clamped=1) == 0
    assert seen.see(4) == 0, "it begins anew"
    assert seen.see(6) == 9


@pytest.mark.parametrize(
    "between",
    [{"state": LinkState.LOST}, {"unit": 17}, {"unit": 0}, {"ST05_LinkOk": 0}, {"Line_RunEpoch": 2}, {"clamp": 0}],
    ids=str,
)
def test_nothing_is_concluded_from_before_a_gap(between: dict[str, int]) -> None:
    seen = Polls()
    assert seen.see(9) == 8
    seen.see(**between)  # type: ignore[arg-type]
    assert seen.see() == 0
    assert seen.see(8) == 8


def test_the_same_poll_is_not_counted_twice() -> None:
    seen = Polls()
    seen.see(4)
    line = LINE | {"Line.SimulatedTime": 60_000_000}
    for _ in range(9):
        seen.watch.sample(Snapshot(LinkState.OK, 0, line, BOARD, 15, polls=seen.polls))
    assert seen.watch.unanswered() == {}


@pytest.mark.parametrize("width", [80, 140])
def test_the_page_says_which_output_waits_for_what(width: int) -> None:
    board = frame({"ST05.Board.clamp": 1, "ST05.Board.clamped": 0}, board=5)
    assert text(station_marks(board.station(5), width)) == ""
    assert "● Clamp »" in text(station_io(board.station(5), width))
    shown = replace(board, unanswered={CLAMP: 12.4})
    assert "! NO FEEDBACK  Clamp is commanded on, Clamped stays off for 12s" in text(
        station_marks(shown.station(5), width)
    )
    page = text(station_io(shown.station(5), width))
    assert "● Clamp !" in page
    assert "! missing" in page
    held = frame({"ST05.Board.clamp": 1, "ST05.Board.clamped": 1}, board=5)
    assert "● Clamp ✓" in text(station_io(held.station(5), width))
