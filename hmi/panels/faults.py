"""The injected faults that have not ended, and what is behind the selected one."""

from __future__ import annotations

from collections.abc import Sequence

from hmi.draw.ink import CAUTION, CURSOR, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, flowed, rule
from hmi.draw.texts import clock, plain
from hmi.frame import Frame
from protocols.faults.kinds import BY_KIND
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.fault_map import FaultRow

_ROOMY = 120
#: Units that say nothing beside a number.
_UNITS = {"1": "", "its unit": ""}
#: Lines below the list that tell of the selected fault.
_CAUSE = 4


def faults(frame: Frame, rows: Sequence[FaultRow] | None, cursor: int, width: int, height: int) -> list[Line]:
    """The list around the selected one, then its root cause; `rows` is None where the plant tells none."""
    active, total = frame.raw("Line.InjectionsActive"), frame.raw("Line.InjectionsTotal")
    unsure = "" if frame.live else "?"
    note = f"{unsure}{active} active, {total} since the run began"
    note += "   ● there now  ○ comes and goes, gone now" if width >= _ROOMY else ""
    lines = [rule("INJECTED FAULTS", width, note), _head(width)]
    if not rows:
        return [*lines, *_nothing(rows, active, width)]
    room = max(1, height - len(lines) - _CAUSE)
    top = max(0, min(cursor - room // 2, len(rows) - room))
    shown = list(enumerate(rows))[top : top + room]
    lines += [_row(frame, row, place == cursor, width) for place, row in shown]
    count = f"{cursor + 1} of {len(rows)}" if len(rows) > room else ""
    return [*lines, *_cause(rows[cursor], width, count)]


def _nothing(rows: Sequence[FaultRow] | None, active: int, width: int) -> list[Line]:
    if rows is None:
        said = "This plant does not tell its faults, or has not been read yet."
    else:
        said = "Reading them." if active else "No fault is injected."
    return [
        fit(((f" {said}", PLAIN),), width),
        fit(((" What engineers break on purpose is told here; what a training hides is not.", LABEL),), width),
    ]


def _head(width: int) -> Line:
    head = f" {'#':>4}   {'Station':<9}{'Kind':<15}{'Place':<20}{'Since':<13}{'Until':<13}"
    return fit(((head + ("By whom, why" if width >= _ROOMY else ""), LABEL),), width)


def _row(frame: Frame, row: FaultRow, cursor: bool, width: int) -> Line:
    ink = CAUTION if frame.live else STALE
    where = BY_NUMBER[row.station].code if row.station in BY_NUMBER else "the line"
    place = row.target.partition(".")[2] or row.target
    line: Line = (
        (f" {row.number:>4} ", CURSOR if cursor else STRONG),
        ("● " if row.present else "○ ", ink),
        (f"{where:<9}", PLAIN),
        (clip(row.kind, 14) + " ", ink),
        (clip(place, 19) + " ", PLAIN),
        (f"{clock(row.since_us):<13}", PLAIN),
        (f"{until(row):<13}", PLAIN),
    )
    if width >= _ROOMY:
        line = (*line, (plain(f"{row.who}: {row.why}" if row.why else row.who), LABEL))
    return fit(line, width)


def until(row: FaultRow) -> str:
    """When it ends by itself, in plant time."""
    return clock(row.since_us + row.lasts_us) if row.lasts_us else "cleared"


def _cause(row: FaultRow, width: int, count: str) -> list[Line]:
    """What it does, its parameters, who did it and why."""
    kind = BY_KIND[row.kind]
    given = [
        ((f"{parameter.name} ", LABEL), (f"{value:g} {_UNITS.get(parameter.unit, parameter.unit)}".rstrip(), PLAIN))
        for parameter, value in zip(kind.parameters, row.parameters, strict=False)
    ]
    times = [((f"came {row.strikes} times", LABEL),)] if row.strikes > 1 else []
    why = f": {row.why}" if row.why else ""
    return [
        rule(f"FAULT {row.number}: {row.kind} at {row.target}", width, count),
        fit(((f" {kind.doc}", PLAIN),), width),
        flowed([*given, *times], width)[0],
        fit(((" Root cause ", LABEL), (plain(f"{row.who}{why}"), STRONG)), width),
    ]
