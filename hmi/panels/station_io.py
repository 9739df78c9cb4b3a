"""The inputs and outputs of a station's board by name, with lamps; what is sensed of an output stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hmi.draw.ink import CAUTION, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, Span, beside, clip, fit, flowed, rule
from hmi.draw.texts import long_name
from hmi.frame import StationView
from hmi.link.feedback import follows
from protocols.stations.feedback import FEEDBACK
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.station_map import COMMAND_BITS

_CELL = 22
_INPUTS, _OUTPUTS = "● on ○ off", "● on ○ off ✓ sensed » moves ! missing"


def station_io(view: StationView, width: int) -> list[Line]:
    """Inputs and outputs, side by side if there is room."""
    inputs = [*view.io.inputs, "in_position", *(f"at_{a.name}" for a in view.io.analogs)]
    outputs = [*view.io.outputs, *(name for _, name, _ in COMMAND_BITS)]
    sensed = _sensed(view)
    if width >= 100:
        left = width // 2
        right = width - left - 1
        return beside(
            _block(view, "INPUTS", _INPUTS, inputs, {}, left),
            _block(view, "OUTPUTS", _OUTPUTS, outputs, sensed, right),
            left,
            right,
        )
    return [
        *_block(view, "INPUTS", _INPUTS, inputs, {}, width),
        *_block(view, "OUTPUTS", _OUTPUTS, outputs, sensed, width),
    ]


def _sensed(view: StationView) -> dict[str, str]:
    """What is sensed of outputs that have a feedback: that it did its work, is on its way, or should have long ago."""
    found = {}
    for row in FEEDBACK[view.number]:
        tag = f"{view.code}.Board.{row.output}"
        good = follows(row, bool(view.board.get(tag)), view.code, view.board)
        if good is not None:
            found[row.output] = "✓" if good else "!" if tag in view.frame.unanswered else "»"
    return found


def _block(
    view: StationView, title: str, note: str, names: Sequence[str], sensed: Mapping[str, str], width: int
) -> list[Line]:
    across = max(1, (width - 1) // _CELL)
    marks = [*(["F forced"] if view.forced else []), *(["I fault injected"] if view.injected else [])]
    both = " ".join((note, *marks))
    # Where not everything fits, what is unusual here comes first.
    lines: list[Line] = [
        rule(title, width, both if len(both) + len(title) + 5 < width or not marks else "  ".join(marks))
    ]
    for first in range(0, len(names), across):
        spans: list[Span] = [(" ", PLAIN)]
        for name in names[first : first + across]:
            spans += _lamp(view, name, sensed.get(name, " "))
        lines.append(fit(tuple(spans), width))
    return lines


def _lamp(view: StationView, name: str, sensed: str) -> list[Span]:
    raw = view.board.get(f"{view.code}.Board.{name}")
    text = clip(long_name(name), _CELL - 3) + " "
    if raw is None:
        return [("? ", STALE), (text, STALE)]
    if not view.board_good:
        return [("?", STALE), ("●" if raw else "○", STALE), (text[:-1], STALE)]
    lamp, mark = "● " if raw else "○ ", _mark(view, name)
    text = clip(f"{mark} {long_name(name)} {sensed}".strip(), _CELL - 3) + " "
    if mark or sensed == "!":
        return [(lamp, CAUTION), (text, CAUTION)]
    return [(lamp, STRONG), (text, PLAIN)] if raw else [(lamp, LABEL), (text, LABEL)]


def _mark(view: StationView, name: str) -> str:
    """F for a lamp that an engineer forces, I for one whose sensor has a fault injected."""
    forced, injected = name in view.forced, name.removeprefix("at_") in view.injected
    return "F" * forced + "I" * injected


def station_board(view: StationView, width: int) -> list[Line]:
    """The board's diagnostics: health first, then axis, device and counters."""
    head = rule("BOARD", width, f"unit {10 + view.number}")
    if not view.board:
        return [head, fit(((" ? no data from the board's unit", STALE),), width)]
    live = view.board_good
    ink = PLAIN if live else STALE
    unsure = "" if live else "?"

    def read(name: str) -> str:
        tag = PLANT_MAP[f"{view.code}.Board.{name}"]
        return f"{unsure}{tag.text(view.board.get(tag.name, tag.default))}"

    version = view.board.get(f"{view.code}.Board.firmware_version", 0)
    facts: list[tuple[str, str]] = [
        ("Supply", f"{read('supply')} mV"),
        ("Firmware", f"{version >> 8}.{version & 255}"),
        ("Exchanges", read("exchanges")),
        ("Watchdog trips", read("watchdog_trips")),
        ("Interlock trips", read("interlock_trips")),
        ("Resets", f"{read('resets')} ({read('reset_cause')})"),
        ("Duty", f"{read('duty')}/1024"),
        ("Program", read("program")),
    ]
    if view.io.axis:
        mm = view.io.axis.unit
        facts.insert(
            6, ("Axis", f"{read('axis_position')} → {read('axis_target')} {mm} at {read('axis_speed')} {mm}/s")
        )
    lines = [head, *flowed([((f"{label} ", LABEL), (text, ink)) for label, text in facts], width)]
    bad = [text for name, text in (("safe_state", "SAFE STATE: outputs at their safe values"), ("tripped", "TRIPPED"))
           if view.board.get(f"{view.code}.Board.{name}")]  # fmt: skip
    if bad:
        lines.insert(1, fit(((f" ■ {'   ■ '.join(bad)}", CAUTION),), width))
    return lines
