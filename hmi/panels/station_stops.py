"""A station's stop reasons as a Pareto: what took longest first."""

from __future__ import annotations

from typing import Final

from hmi.draw.bars import gauge
from hmi.draw.ink import CAUTION, LABEL, PLAIN, STALE
from hmi.draw.spans import Line, clip, fit, rule
from hmi.draw.texts import clock, duration
from hmi.frame import StationView
from hmi.link.stops import Pareto, Share

MOST: Final = 5


def station_stops(view: StationView, pareto: Pareto, width: int) -> list[Line]:
    """A head with the sum, then up to five reasons: share of the stopped time, duration, how often."""
    since = f"since {clock(pareto.since_us)}"
    if not pareto.shares:
        return [rule("STOPS", width, since), fit(((" none", LABEL),), width)]
    count = len(pareto.shares)
    top = f", {MOST} of {count} reasons" if count > MOST else ""
    head = rule(f"STOPS ─ {pareto.count} in {duration(pareto.seconds)}{top}", width, since)
    return [head, *(_row(view, share, pareto.seconds, width) for share in pareto.shares[:MOST])]


def _row(view: StationView, share: Share, total: float, width: int) -> Line:
    live = view.frame.live
    part = share.seconds / total if total else 0.0
    figures = f" {duration(share.seconds):>6} {100 * part:3.0f} % ×{share.count:<3}"
    now = " ■ now" if share.standing else ""
    room = width - len(figures) - 7
    bar = max(8, min(24, room - 26))
    ink = STALE if not live else PLAIN
    return fit(
        (
            (f" {clip(view.tag('StopReason').label(share.reason), room - bar - 1)} ", ink),
            (gauge(part, bar), LABEL),
            (figures, ink),
            (now, CAUTION if live else STALE),
        ),
        width,
    )
