"""One station as a tile: state, why it stands, cycle time, process values, counts, infeed buffer."""

from __future__ import annotations

import textwrap

from rich.style import Style

from hmi.draw.bars import bar, slots
from hmi.draw.ink import ALARM, CAUTION, CURSOR, LABEL, PLAIN, RULE, STALE, STRONG
from hmi.draw.spans import CUT, Line, fit, length, shorten, spread
from hmi.draw.texts import duration, short_name, unit
from hmi.frame import StationView
from protocols.packml import Mode
from protocols.stations.station_io import Analog

SMALLEST = 6
LARGEST = 9

_LIGHT = tuple("┌─┐│└┘")
_HEAVY = tuple("┏━┓┃┗┛")


def tile(view: StationView, width: int, height: int, cursor: bool) -> list[Line]:
    """The tile in `width` x `height` cells. A station in trouble has a heavy frame, the cursor inverts the title."""
    mark = view.mark
    trouble = view.frame.live and view.fitted and mark.level >= 2
    ink: Style = {2: CAUTION, 3: ALARM}[mark.level] if trouble else RULE
    left_top, across, right_top, side, left_low, right_low = _HEAVY if trouble else _LIGHT
    flags = _flags(view)
    room = width - 2 - len(flags)
    name = _title(view, room)
    top: Line = (
        (left_top, ink),
        (name, CURSOR if cursor else STRONG if view.fitted else LABEL),
        (across * (room - len(name)), ink),
        (flags, CAUTION if flags else ink),
        (right_top, ink),
    )
    inner = width - 2
    body: list[Line] = _body(view, inner, height - 2) if view.fitted else [((" not fitted", LABEL),)]
    body += [()] * (height - 2 - len(body))
    bottom: Line = ((left_low + across * inner + right_low, ink),)
    return [top, *(((side, ink), *fit(line, inner), (side, ink)) for line in body), bottom]


def _title(view: StationView, room: int) -> str:
    """Number and title in at most `room` cells: as it is, without its blanks, cut."""
    full = f" {view.number} {view.io.title} "
    tight = full.replace(" and ", " & ").rstrip()
    return full if len(full) <= room else shorten(tight, room)


def _flags(view: StationView) -> str:
    """What is out of the ordinary about the station's control: mode, owner, board."""
    flags = []
    if view.raw("UnitModeCurrent") not in (0, Mode.PRODUCE):
        flags.append(view.tag("UnitModeCurrent").text(view.raw("UnitModeCurrent"))[:5].upper())
    if view.raw("Owner"):
        flags.append({1: "EXT", 2: "MAN"}.get(view.raw("Owner"), "OWN"))
    if view.frame.live and not view.raw("LinkOk"):
        flags.append("BOARD?")
    return " " + " ".join(flags) + " " if flags else ""


def _body(view: StationView, width: int, height: int) -> list[Line]:
    lines = [_state(view, width)]
    analogs = [_analog(view, a, width) for a in view.io.analogs]
    last = _counts(view, width)
    reason = _reason(view, width, 1 if height < 5 else 2)
    middle: list[Line]
    if height < 5:
        middle = [reason[0] if reason else _cycle(view, width), *analogs]
    else:
        middle = [*(reason or [_doing(view, width)]), _cycle(view, width), *analogs]
    lines += middle[: height - 2]
    lines += [()] * (height - 1 - len(lines))
    return [*lines, last]


def _state(view: StationView, width: int) -> Line:
    mark = view.mark
    elapsed = duration(view.elapsed_s)
    if not view.frame.live:
        return spread(((f"?{mark.text}", STALE),), ((elapsed, STALE),), width)
    # In trouble the whole line is a block: it is found from the other end of the room.
    ink = mark.block
    return spread(((mark.text, ink),), ((elapsed, ink if mark.level >= 2 else LABEL),), width, ink)


def _reason(view: StationView, width: int, most: int) -> list[Line]:
    """Why the station stands, on at most `most` lines; nothing if it does not."""
    if not view.reason or not (view.troubled or view.by_command):
        return []
    ink = STRONG if view.frame.live else STALE
    texts = textwrap.wrap(view.reason, width, max_lines=most, placeholder=CUT)
    return [fit(((text, ink),), width) for text in texts]


def _doing(view: StationView, width: int) -> Line:
    """The step and its time; the robot's serial number where there is room."""
    ink, faint = (PLAIN, LABEL) if view.frame.live else (STALE, STALE)
    elapsed = view.scaled("StepElapsed")
    time = f" {elapsed:.1f}s"
    if len(view.step) + len(time) > width:
        time = f" {elapsed:.0f}s"
    serial = f"  SN{view.raw('SerialNumber')}" if view.raw("SerialNumber") else ""
    if len(view.step) + len(time) + len(serial) > width:
        serial = ""
    return spread(((view.step, ink),), ((time, faint), (serial, faint)), width)


def _cycle(view: StationView, width: int) -> Line:
    design, cycle = view.scaled("DesignCycleTime"), view.scaled("CycleTime")
    scale = (0.0, design * 1.5) if design else None
    normal = (design * 0.8, design * 1.1)
    known = cycle > 0
    text = f"{cycle:.1f}s" if known else "—s"
    return _meter(view, "Cyc", text, cycle if known else None, scale, normal, width, design or None)


def _analog(view: StationView, analog: Analog, width: int) -> Line:
    tag = view.tag(analog.name)
    one = 10**analog.decimals
    raw = view.raw(analog.name)
    scale = (analog.low / one, analog.high / one)
    normal = (analog.normal[0] / one, analog.normal[1] / one)
    good = view.board_good
    text = f"{tag.text(raw)}{unit(analog.unit)}"
    return _meter(view, short_name(analog.name), text, raw / one, scale, normal, width, None, good)


def _meter(
    view: StationView,
    label: str,
    text: str,
    value: float | None,
    scale: tuple[float, float] | None,
    normal: tuple[float, float],
    width: int,
    setpoint: float | None,
    good: bool = True,
) -> Line:
    live = view.frame.live and good
    room = width - 6 - max(8, len(text))
    graph = bar(value if live else None, *scale, normal, room, setpoint) if scale and room > 2 else ()
    shown = text if live else f"?{text}"
    line: Line = ((f"{label:<5}", LABEL), *graph)
    rest = width - length(line)
    return (*line, (f"{shorten(shown, rest):>{rest}}", PLAIN if live else STALE))


def _counts(view: StationView, width: int) -> Line:
    processed, rejected = view.raw("ProdProcessedCount"), view.raw("ProdDefectiveCount")
    waiting, places = view.raw("InfeedCount"), view.raw("InfeedCapacity")
    live = view.frame.live
    unsure = "" if live else "?"
    left: Line = (
        ("Good ", LABEL),
        (f"{unsure}{processed - rejected}", PLAIN if live else STALE),
        (" Rej ", LABEL),
        (f"{unsure}{rejected}", PLAIN if live else STALE),
    )
    text = f"{waiting}/{places}"
    squares = slots(waiting, places, min(4, max(0, width - length(left) - len(text) - 2)))
    return spread(left, ((f"{squares} ", LABEL), (text, PLAIN if live else STALE)), width)
