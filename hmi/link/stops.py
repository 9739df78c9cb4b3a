"""Why stations stood, for how long and how often: out of the journal's file of events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hmi.link.entry_file import Files
from hmi.link.event_log import event_file, events_of
from protocols.reasons import Reason
from protocols.records.event_text import What
from protocols.records.journal_files import Event


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a station, in plant time; `ended_us` None: it still stands."""

    reason: int
    began_us: int
    ended_us: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """What one reason took: seconds in all, how many stops, and whether one of them still stands."""

    reason: int
    seconds: float
    count: int
    standing: bool


@dataclass(frozen=True, slots=True)
class Pareto:
    """The reasons of one station, the one that took longest first, of the events since `since_us` (plant time)."""

    since_us: int
    shares: tuple[Share, ...]

    @property
    def seconds(self) -> float:
        """How long it stood in all."""
        return sum(share.seconds for share in self.shares)

    @property
    def count(self) -> int:
        """How often it stopped."""
        return sum(share.count for share in self.shares)


class StopBook:
    """The stops of all stations as far back as the file goes, read on from what is known."""

    def __init__(self) -> None:
        self._file = event_file()
        self._since_us = 0
        self._stops: Mapping[int, Sequence[Stop]] = {}
        #: False before the first reading, and where the plant has no such file.
        self.there = False

    async def update(self, files: Files, epoch: int) -> None:
        """Read what is new; what another run of the plant told is forgotten. Raises LinkError."""
        news = await self._file.update(files, epoch)
        if news or not self.there:
            told = events_of(self._file)[::-1]
            self._since_us = told[0].time_ms * 1000 if told else 0
            self._stops = stops_of(told)
        self.there = self._file.there

    def pareto(self, station: int, now_us: int) -> Pareto:
        """The reasons of a station's stops until `now_us`."""
        return Pareto(self._since_us, shares_of(self._stops.get(station, ()), now_us))


def shares_of(stops: Sequence[Stop], now_us: int) -> tuple[Share, ...]:
    """The stops of one station, which are in their order, added up by their reason until `now_us`."""
    sums: dict[int, list[Stop]] = {}
    for stop in stops:
        sums.setdefault(stop.reason, []).append(stop)
    shares = [
        Share(
            reason,
            sum(max(0, (now_us if stop.ended_us is None else stop.ended_us) - stop.began_us) for stop in alike) / 1e6,
            len(alike),
            alike[-1].ended_us is None,
        )
        for reason, alike in sums.items()
    ]
    return tuple(sorted(shares, key=lambda share: (-share.seconds, share.reason)))


def stops_of(events: Sequence[Event]) -> dict[int, list[Stop]]:
    """The stops by station out of events, the oldest first. One that began before the first of them has no known reason
    and is left out."""
    found: dict[int, list[Stop]] = {}
    for event in events:
        if event.what != What.REASON or event.station == 0:
            continue
        at_us = event.time_ms * 1000
        stops = found.setdefault(event.station, [])
        if stops and stops[-1].ended_us is None:
            stops[-1] = Stop(stops[-1].reason, stops[-1].began_us, at_us)
        if event.value != Reason.NONE:
            stops.append(Stop(event.value, at_us, None))
    return found
