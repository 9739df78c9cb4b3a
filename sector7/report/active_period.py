"""The active period method: at any moment the bottleneck is the station whose uninterrupted activity lasts longest.

When the period of the present bottleneck ends, the longest of the periods that are active then takes over. While the
two overlap the bottleneck is shifting, otherwise it is the sole one (C. Roser and others, Winter Simulation Conference
2002).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_LASTS: Final = -1


@dataclass(slots=True)
class Period:
    """An uninterrupted activity of one station; `end` is -1 while it lasts."""

    station: int
    begin: int
    end: int = _LASTS

    def covers(self, t: int) -> bool:
        """It is there at `t`, and goes on."""
        return self.begin <= t and (self.end == _LASTS or self.end > t)


class ActivePeriods:
    """Told of every change in the order of time, and of the end. `sole` and `shifting` are us by station.

    Whoever comes next is known as soon as all others are known to be shorter; what cannot matter any more is forgotten,
    so the memory does not grow with the run.
    """

    def __init__(self, stations: Iterable[int]) -> None:
        self.sole = dict.fromkeys(stations, 0)
        self.shifting = dict.fromkeys(self.sole, 0)
        self._open: dict[int, Period] = {}
        #: Begun, and not known to be without importance; in the order in which they began.
        self._periods: list[Period] = []
        self._present: Period | None = None
        #: When the bottleneck before the present one ended.
        self._before = 0
        self._told = 0

    def change(self, now: int, station: int, active: bool) -> None:
        """The station begins to be active, or ceases."""
        if active is (station in self._open):
            return
        if now > self._told:  # else there is more to come of the same instant
            self._resolve(now)
            self._told = now
        if active:
            self._open[station] = period = Period(station, now)
            self._periods.append(period)
        else:
            period = self._open.pop(station)
            period.end = now
            if period.begin == now:
                self._periods.remove(period)

    def close(self, now: int) -> None:
        """The run is over."""
        for station in list(self._open):
            self.change(now, station, False)
        self._resolve(now)

    def _resolve(self, now: int) -> None:
        """Hand over as often as can be told; whatever is open lasts until `now` at least."""
        while self._periods:
            present = self._present
            if present is not None and present.end == _LASTS:
                self._periods = list(self._open.values())
                return
            at = self._periods[0].begin if present is None else present.end
            candidates = [period for period in self._periods if period.covers(at)]
            following = self._longest(candidates, now)
            if following is None and candidates:
                return
            if present is not None:
                self._book(present, present.end if following is None else min(present.end, following.begin))
                self._periods = [p for p in self._periods if p.end == _LASTS or p.end > at]
            self._present = following

    def _longest(self, candidates: list[Period], now: int) -> Period | None:
        """The longest of them, None if that cannot be told yet."""
        over = max((p for p in candidates if p.end != _LASTS), key=lambda p: p.end - p.begin, default=None)
        lasting = [p for p in candidates if p.end == _LASTS]
        if not lasting:
            return over
        known = over.end - over.begin if over is not None else 0
        if any(now - p.begin >= known for p in lasting):
            # it will be one of those that last, and ends later than all that are over
            self._periods = [p for p in self._periods if p.end == _LASTS or p is self._present]
            return lasting[0] if len(lasting) == 1 else None
        return None

    def _book(self, period: Period, sole_until: int) -> None:
        sole = max(0, sole_until - max(period.begin, self._before))
        self.sole[period.station] += sole
        self.shifting[period.station] += period.end - period.begin - sole
        self._before = period.end
