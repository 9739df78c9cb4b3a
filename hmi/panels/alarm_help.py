"""What is known of one alarm: how long there is to respond, its cause and effect, what to do, what it has behind it."""

from __future__ import annotations

import textwrap
from typing import Final

from hmi.draw.ink import LABEL, PLAIN, STRONG
from hmi.draw.spans import Line, fit, pack, rule, shorten
from hmi.frame import Frame
from protocols.alarms.alarm import CONSEQUENCE, Alarm
from protocols.alarms.table import ALARMS

#: Lines at most: a rule, facts, three texts of at most two lines, the consequences.
HELP_LINES: Final = 9


def consequences(frame: Frame, alarm: Alarm) -> list[Alarm]:
    """The alarms that are suppressed now because this one explains them."""
    return [other for other in ALARMS if alarm.number in other.causes and frame.raw(other.tag) & CONSEQUENCE]


def alarm_help(frame: Frame, alarm: Alarm, width: int) -> list[Line]:
    """The help text."""
    behind = consequences(frame, alarm)
    facts: list[tuple[int, Line]] = [
        (0, ((f" {alarm.tag}", STRONG),)),
        (1, (("respond within ", LABEL), (f"{alarm.respond_min} min", PLAIN))),
        (2, (("when ", LABEL), (alarm.limit_text, PLAIN))),
        (
            3,
            (
                ("after ", LABEL),
                (f"{alarm.on_delay_s:g} s", PLAIN),
                (", over after ", LABEL),
                (f"{alarm.off_delay_s:g} s", PLAIN),
            ),
        ),
    ]
    if behind:
        facts.insert(1, (1, ((f"{len(behind)} consequences suppressed", STRONG),)))
    lines = [rule(f"SELECTED  {alarm.number}", width), pack(facts, width)]
    for label, words in (("Cause", alarm.cause), ("Effect", alarm.consequence), ("Action", alarm.action)):
        first, *rest = textwrap.wrap(words, max(20, width - 10))[:2]
        ink = STRONG if label == "Action" else PLAIN
        lines.append(fit(((f" {label:7s} ", LABEL), (first, ink)), width))
        lines += [fit(((f"         {line}", ink),), width) for line in rest]
    if behind:
        names = ", ".join(f"{other.group} {other.title}" for other in behind)
        lines.append(fit(((" Behind  ", LABEL), (shorten(names, width - 10), PLAIN)), width))
    return lines
