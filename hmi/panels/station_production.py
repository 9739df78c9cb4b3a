"""What a station has produced and how it spent its time."""

from __future__ import annotations

from hmi.draw.bars import gauge
from hmi.draw.ink import LABEL, PLAIN, STALE
from hmi.draw.spans import Line, clip, flowed, rule
from hmi.draw.texts import duration
from hmi.frame import StationView
from hmi.panels.meters import Meter, meters

_TIMES = (
    ("TimeExecute", "Execute"),
    ("TimeStarved", "Starved"),
    ("TimeBlocked", "Blocked"),
    ("TimeHeld", "Held"),
    ("TimeAborted", "Aborted"),
    ("TimeMaintenance", "Maintenance"),
)


def station_production(view: StationView, width: int) -> list[Line]:
    """Counters, OEE with its factors, and cumulated times with their shares."""
    return [rule("PRODUCTION", width), _counters(view, width), _oee(view, width), *_times(view, width)]


def _counters(view: StationView, width: int) -> Line:
    processed, rejected = view.raw("ProdProcessedCount"), view.raw("ProdDefectiveCount")
    row = [
        Meter("Processed", "Proc", str(processed)),
        Meter("Good", "Good", str(processed - rejected)),
        Meter("Rejected", "Rej", str(rejected)),
        Meter("Failures", "Fail", str(view.raw("Failures"))),
        Meter("Infeed", "In", f"{view.raw('InfeedCount')}/{view.raw('InfeedCapacity')}"),
        Meter("Ignored writes", "Ignored", str(view.raw("IgnoredWrites"))),
    ]
    return meters(row, width, view.frame.live)


def _oee(view: StationView, width: int) -> Line:
    row = [
        Meter(label, short, view.frame.text(f"{view.code}.{name}"), share=view.scaled(name) / 100)
        for name, label, short in (
            ("OEE", "OEE", "OEE"),
            ("Availability", "Availability", "A"),
            ("Effectiveness", "Effectiveness", "E"),
            ("QualityRatio", "Quality", "Q"),
        )
    ]
    return meters(row, width, view.frame.live)


def _times(view: StationView, width: int) -> list[Line]:
    seconds = [view.raw(name) for name, _ in _TIMES]
    total = sum(seconds) or 1
    ink = PLAIN if view.frame.live else STALE
    parts: list[Line] = []
    for (_, label), spent in zip(_TIMES, seconds, strict=True):
        text = f" {duration(spent):>6} {100 * spent / total:3.0f} %"
        parts.append(((clip(label, 12), LABEL), (gauge(spent / total, 8), LABEL), (text, ink)))
    return flowed(parts, width)
