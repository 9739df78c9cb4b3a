"""What is not as it should be at a station, in sentences at the top of its page; nothing where all is well."""

from __future__ import annotations

from hmi.draw.ink import CAUTION, STALE
from hmi.draw.spans import Line, fit
from hmi.draw.texts import duration, long_name
from hmi.frame import StationView
from protocols.feedback import FEEDBACK


def station_marks(view: StationView, width: int) -> list[Line]:
    """A line for each of them."""
    ink = CAUTION if view.frame.live else STALE
    return [fit(((f" {text}", ink),), width) for text in _no_feedback(view)]


def _no_feedback(view: StationView) -> list[str]:
    lines = []
    for row in FEEDBACK[view.number]:
        tag = f"{view.code}.Board.{row.output}"
        waited = view.frame.unanswered.get(tag)
        if waited is not None:
            commanded = bool(view.board.get(tag))
            sensor, wanted = row.wanted(commanded)
            what = f"{long_name(row.output)} is commanded {_word(commanded)}"
            lines.append(f"! NO FEEDBACK  {what}, {long_name(sensor)} stays {_word(not wanted)} for {duration(waited)}")
    return lines


def _word(on: bool) -> str:
    return "on" if on else "off"
