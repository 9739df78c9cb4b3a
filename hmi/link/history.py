"""The HMI's own short memory: one sample a second of what its trends show, filled up from the server's history."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from hmi.link.snapshot import LinkState, Snapshot
from protocols.stations.io_table import STATIONS

#: Seconds remembered.
SPAN_S = 600

TRENDED = (
    "Line.Rate",
    "Line.OEE",
    "Line.RobotsInProcess",
    "Line.AirPressure",
    *(f"{io.code}.{analog.name}" for io in STATIONS for analog in io.analogs),
)


class History:
    """Ring buffers of raw values in wall time; None marks a second without a good poll."""

    def __init__(self) -> None:
        self._samples: dict[str, deque[int | None]] = {name: deque(maxlen=SPAN_S) for name in TRENDED}
        self._next_s: float | None = None
        #: Tags for which the server's history has been used.
        self.filled: set[str] = set()

    def sample(self, snapshot: Snapshot, now_s: float) -> None:
        """Take a sample if a second has passed since the last one."""
        if self._next_s is not None and now_s < self._next_s:
            return
        # After a long stall the grid starts anew rather than catching up.
        late = self._next_s is None or now_s > self._next_s + 5.0
        self._next_s = now_s + 1.0 if late or self._next_s is None else self._next_s + 1.0
        good = snapshot.state is LinkState.OK and bool(snapshot.line)
        for name, samples in self._samples.items():
            samples.append(snapshot.line.get(name) if good else None)

    def of(self, name: str) -> list[int | None]:
        """The samples of one tag, oldest first."""
        return list(self._samples[name])

    def fill(self, name: str, past: Sequence[int | None]) -> None:
        """Take from `past` (SPAN_S values, one a second, oldest first) what this console has not seen itself."""
        mine = self._samples[name]
        unseen = len(past) - len(mine)
        own = [None] * unseen + list(mine)
        both = [seen if seen is not None else before for seen, before in zip(own, past, strict=True)]
        begin = next((i for i, value in enumerate(both) if value is not None), unseen)
        self._samples[name] = deque(both[min(begin, unseen) :], maxlen=SPAN_S)
        self.filled.add(name)

    def span_s(self) -> int:
        """The span of time worth showing: what is known, rounded up to a usual one (seconds)."""
        known = len(self._samples[TRENDED[0]])
        return next(span for span in (60, 120, 300, SPAN_S) if known <= span)
