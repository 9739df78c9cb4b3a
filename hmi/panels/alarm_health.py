"""How well the alarm system itself does (ISA-18.2, EEMUA 191): rate, floods, priorities, the most frequent alarms."""

from __future__ import annotations

from typing import Final

from rich.style import Style

from hmi.draw.bars import bar, gauge
from hmi.draw.ink import CAUTION, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, pack, rule
from hmi.frame import Frame
from protocols.alarms.table import ALARMS, BY_ALARM
from protocols.tags.alarm_map import TOP_COUNT

#: Lines of the short form.
HEALTH_LINES: Final = 4
#: Annunciations in ten minutes: what an operator can deal with, and where a flood begins.
_GOOD, _FLOOD = 1, 10
_GOALS: Final = (("High", "AlarmTotalHigh", 5), ("Medium", "AlarmTotalMedium", 15), ("Low", "AlarmTotalLow", 80))


def alarm_health(frame: Frame, width: int) -> list[Line]:
    """The short form, below the summary."""
    top = _top(frame)[:3]
    often = (
        "  ".join(f"{BY_ALARM[number].group} {BY_ALARM[number].title} ({count})" for number, count in top) or "none yet"
    )
    return [
        rule("ALARM SYSTEM HEALTH", width, "H shows more"),
        _rate(frame, width),
        _split(frame, width),
        fit(((" Most often  ", LABEL), (often, PLAIN)), width),
    ]


def health_page(frame: Frame, width: int) -> list[Line]:
    """Everything, on a page of its own."""
    lines = [
        rule("ALARM SYSTEM HEALTH", width, f"{len(ALARMS)} alarms configured"),
        _rate(frame, width),
        _floods(frame, width),
    ]
    lines.append(rule("BY PRIORITY", width, "of all annunciations; the goal is about 5, 15 and 80 %"))
    total = max(1, frame.raw("Line.AlarmTotal"))
    for name, tag, goal in _GOALS:
        count = frame.raw(f"Line.{tag}")
        lines.append(fit((
            (f" {name:<8}", LABEL), (f"{count:>7}  {100 * count / total:>5.1f} % ", _ink(frame)),
            (gauge(count / total, 30), LABEL), (f"  goal {goal} %", LABEL),
        ), width))  # fmt: skip
    lines.append(rule("MOST OFTEN", width, "since the run began"))
    top = _top(frame)
    most = max([count for _, count in top], default=1)
    for number, count in top:
        alarm = BY_ALARM[number]
        lines.append(fit((
            (f"{count:>8}  ", _ink(frame)), (gauge(count / most, 12), LABEL), (f"  {alarm.group:<5} ", LABEL),
            (clip(alarm.title, 44), PLAIN), (f" {number}", LABEL),
        ), width))  # fmt: skip
    return lines if top else [*lines, fit(((" none yet", LABEL),), width)]


def _ink(frame: Frame, bad: bool = False) -> Style:
    return STALE if not frame.live else CAUTION if bad else STRONG


def _rate(frame: Frame, width: int) -> Line:
    rate, stale, chattering = (frame.raw(f"Line.Alarm{name}") for name in ("Rate", "sStale", "sChattering"))
    scale = bar(rate if frame.live else None, 0, 2 * _FLOOD, (0, _GOOD), 20, _FLOOD)
    return pack([
        (0, ((" Rate ", LABEL), (f"{_sure(frame)}{rate}/10 min ", _ink(frame, rate > _FLOOD)), *scale,
             (f" ◇ flood above {_FLOOD}", LABEL))),
        (1, (("peak ", LABEL), (f"{frame.raw('Line.AlarmPeak')}/10 min", _ink(frame)))),
        (1, (("average ", LABEL), (f"{frame.scaled('Line.AlarmsPerHour'):.1f}/h", _ink(frame)))),
        (2, (("stale ", LABEL), (str(stale), _ink(frame, stale > 0)))),
        (2, (("chattering ", LABEL), (str(chattering), _ink(frame, chattering > 0)))),
    ], width)  # fmt: skip


def _sure(frame: Frame) -> str:
    return "" if frame.live else "?"


def _floods(frame: Frame, width: int) -> Line:
    flood = frame.raw("Line.AlarmFlood")
    return pack([
        (0, ((" FLOOD now" if flood else " no flood now", CAUTION if flood else PLAIN),)),
        (1, (("floods ", LABEL), (str(frame.raw("Line.AlarmFloods")), _ink(frame)))),
        (1, (("share of the time in floods ", LABEL), (frame.text("Line.AlarmFloodShare"), _ink(frame)))),
        (2, (("annunciations ", LABEL), (str(frame.raw("Line.AlarmTotal")), _ink(frame)))),
    ], width)  # fmt: skip


def _split(frame: Frame, width: int) -> Line:
    total = frame.raw("Line.AlarmTotal")
    parts: list[tuple[int, Line]] = [(0, ((" Annunciated ", LABEL), (f"{_sure(frame)}{total}", _ink(frame))))]
    for name, tag, goal in _GOALS:
        share = 100 * frame.raw(f"Line.{tag}") / total if total else 0.0
        parts.append((1, ((f"{name.lower()} ", LABEL), (f"{share:.0f} %", _ink(frame)), (f" (goal {goal})", LABEL))))
    parts.append((2, (("floods ", LABEL), (str(frame.raw("Line.AlarmFloods")), _ink(frame)))))
    parts.append((3, ((frame.text("Line.AlarmFloodShare"), _ink(frame)), (" of the time", LABEL))))
    return pack(parts, width)


def _top(frame: Frame) -> list[tuple[int, int]]:
    """Number and count of the most frequent alarms."""
    found = (
        (frame.raw(f"Line.Top{n:02d}.Number"), frame.raw(f"Line.Top{n:02d}.Count")) for n in range(1, TOP_COUNT + 1)
    )
    return [(number, count) for number, count in found if number in BY_ALARM]
