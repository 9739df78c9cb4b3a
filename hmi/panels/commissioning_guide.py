"""The guide of commissioning: what is to be done at the chosen station, what should be seen, and what is seen."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from rich.style import Style

from hmi.draw.ink import CAUTION, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, flowed, rule
from hmi.draw.texts import clock, duration
from hmi.frame import StationView
from hmi.link.evidence import Book
from hmi.link.input_watch import InputWatch
from hmi.panels.commissioning_words import activity, check_under_way, reading, stage_of, texts
from protocols.commissioning import (
    FINDING_TEXTS,
    LOW_ITEM,
    STAGE_TEXTS,
    Activity,
    By,
    Entry,
    Stage,
    expected,
    seen,
    what,
)
from protocols.commissioning_checks import required
from protocols.tags.commissioning_map import NO_MAP

_LABEL = 10
#: Changes of an input that are older (us of plant time) are no news.
_LONG_AGO_US = 120_000_000
#: What proves each step, and what the program does for it.
_PROOF = {
    Stage.ENERGISED: "the contactor closes; air, and where it is needed oil and cooling water, are there",
    Stage.COMMUNICATING: "the board answers",
    Stage.IO_CHECKED: "one sensor after the other is held: its input changes, and no other",
    Stage.HOMED: "cleared and reset, it arrives at its home position",
    Stage.DRY_CYCLE: "every mechanism makes its strokes, empty: keep clear",
    Stage.HOT_CYCLE: "the process runs on a test piece, and what it measures is right: keep clear",
    Stage.RELEASED: "somebody has seen the evidence and takes the responsibility",
}


class _Row(NamedTuple):
    label: str
    text: str
    ink: Style = PLAIN


def guide(view: StationView, book: Book, watch: InputWatch, tried: Sequence[int], width: int) -> list[Line]:
    """The section for one station; `tried` is the map of its inputs that was submitted last from this console."""
    stage = stage_of(view)
    note = "released" if stage is Stage.RELEASED else f"next: {STAGE_TEXTS[stage + 1]}{_place(view)}"
    lines = [rule(f"{view.code} {view.io.title.upper()}", width, note)]
    live = view.frame.live
    for row in [*_rows(view, book, watch), *_map(view, tried)]:
        for place, part in enumerate(textwrap.wrap(row.text, width - _LABEL - 2) or [""]):
            label = clip(row.label if not place else "", _LABEL)
            lines.append(fit(((f" {label}", LABEL), (part, row.ink if live else STALE)), width))
    return [*lines, *_inputs(view, watch, width)]


def _place(view: StationView) -> str:
    """Which of how many checks."""
    stage = stage_of(view)
    check = check_under_way(view)
    if check is None or activity(view) is Activity.NONE:
        return ""
    items = sorted(required(view.io)[Stage(stage + 1)], key=_turn)
    return f", check {items.index(check.item) + 1} of {len(items)}" if len(items) > 1 else ""


def _turn(item: int) -> tuple[int, int]:
    """The order of the I/O check: inputs, then each transmitter at its low and its high reference."""
    return (item, 0) if item < LOW_ITEM else (LOW_ITEM + item % 4, item)


def _rows(view: StationView, book: Book, watch: InputWatch) -> list[_Row]:
    doing, stage, check = activity(view), stage_of(view), check_under_way(view)
    if stage is Stage.RELEASED:
        return _released(view, book)
    if check is None:
        return [_Row("Do", "this console does not know the check that goes on here", CAUTION)]
    match doing:
        case Activity.CHECKING:
            return [_Row("Wait", _wait(check)), _Row("Expected", expected(check))]
        case Activity.CONFIRM:
            return _confirm(view, check, watch)
        case Activity.CREW:
            finding = texts(FINDING_TEXTS, view.raw("CommissionFinding")).lower()
            return [_Row("Wait", f"the crew is on its way or at work ({finding}); the door is open meanwhile"),
                    *_last_failed(view, book)]  # fmt: skip
        case Activity.DECIDE:
            return [_Row("Do", "K sends the crew with a diagnosis, S checks the same again", STRONG),
                    *_last_failed(view, book)]  # fmt: skip
        case Activity.GIVEN_UP:
            return [_Row("Do", "the program found no way: read the evidence (Enter), then K or S", STRONG),
                    *_last_failed(view, book)]  # fmt: skip
    if stage is Stage.HOT_CYCLE:
        return [_Row("Do", "R releases it, if its evidence (Enter) is to your liking", STRONG),
                _Row("Meaning", _PROOF[Stage.RELEASED])]  # fmt: skip
    return [_Row("Do", "S does the next step by hand; C has the program do it"),
            _Row("Expected", _PROOF[Stage(stage + 1)])]  # fmt: skip


def _released(view: StationView, book: Book) -> list[_Row]:
    row = book.of(view.number).reached.get(Stage.RELEASED)
    if row is None:
        return [_Row("Released", "as it was delivered: nothing had to be proved in this run")]
    who = "the program" if row.by == By.PROGRAM else "an operator"
    return [_Row("Released", f"at {clock(row.at_us)} by {who}; its evidence: Enter")]


def _wait(check: Entry) -> str:
    if check.stage == Stage.IO_CHECKED:
        if check.item < LOW_ITEM:
            return f"a technician goes to the sensor {what(check)}, holds it the other way round, and looks"
        return f"a technician connects the calibrator: {what(check)}"
    return f"{what(check)}: the program looks"


def _confirm(view: StationView, check: Entry, watch: InputWatch) -> list[_Row]:
    if check.item < LOW_ITEM:
        do = f"{what(check)} is held the other way round. Which input changed? Y: as found below, V: something else"
        return [_Row("Do", do, STRONG), _Row("Expected", expected(check)), _found_inputs(view, watch, check)]
    raw = reading(view, check)
    right = check.low <= raw <= check.high
    do = f"the calibrator holds {what(check)}. Is the reading right? Y: as found below, V: the opposite"
    found = f"{seen(check._replace(seen=raw))}, {'right' if right else 'wrong'}"
    return [
        _Row("Do", do, STRONG),
        _Row("Expected", expected(check)),
        _Row("Found", found, PLAIN if right else CAUTION),
    ]


def _found_inputs(view: StationView, watch: InputWatch, check: Entry) -> _Row:
    if not view.board:
        return _Row("Found", "the board's inputs cannot be read", CAUTION)
    changed = watch.changed
    if changed is None:
        return _Row("Found", "this console did not see how they stood before: look below, and say it with V", CAUTION)
    names = [f"input {n} {name}" for n, name in enumerate(view.io.inputs) if changed >> n & 1]
    fits = changed == check.low
    return _Row("Found", f"{' and '.join(names)} changed" if names else "nothing changed", PLAIN if fits else CAUTION)


def _last_failed(view: StationView, book: Book) -> list[_Row]:
    row = book.last_failed(view.number)
    if row is None:
        return []
    return [_Row("Expected", f"{what(row)}: {expected(row)}"), _Row("Found", seen(row), CAUTION)]


def _map(view: StationView, tried: Sequence[int]) -> list[_Row]:
    """How near the truth the last map is; which of its inputs are right nobody tells."""
    score, names = view.raw("MapScore"), view.io.inputs
    if score == NO_MAP or stage_of(view) >= Stage.IO_CHECKED:
        return []
    if score == len(names):
        return [_Row("Map", f"all {score} inputs are right: it is taken over")]
    drawn = ", ".join(f"{n} {names[sensor]}" for n, sensor in enumerate(tried))
    return [
        _Row("Map", f"{score} of {len(names)} inputs are right{f'; tried here: {drawn}' if drawn else ''}", CAUTION)
    ]


def _inputs(view: StationView, watch: InputWatch, width: int) -> list[Line]:
    """Every input of the board as it stands, and what moved lately; nothing while the board does not answer."""
    if not view.board or stage_of(view) >= Stage.HOMED:
        return []
    now_us = view.frame.raw("Line.SimulatedTime")
    parts: list[Line] = []
    for number, name in enumerate(view.io.inputs):
        on = bool(view.board.get(f"{view.code}.Board.{name}"))
        moved = watch.moved_us.get(number)
        late = now_us - moved if moved is not None else _LONG_AGO_US
        ago = f" {duration(late / 1e6)} ago" if 0 <= late < _LONG_AGO_US else ""
        parts.append(((f"{number} ", LABEL), (f"{'●' if on else '○'} {name}", STRONG if ago else PLAIN), (ago, LABEL)))
    flow = flowed(parts, width - _LABEL - 1)
    labels = [clip("Inputs", _LABEL), *[" " * _LABEL] * len(flow)]
    return [fit(((f" {label}", LABEL), *line[1:]), width) for label, line in zip(labels, flow, strict=False)]
