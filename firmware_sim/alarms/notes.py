"""What a unit notes down for the alarms: recorded values and verdicts. Only what may mean something is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

#: Verdicts remembered.
VERDICTS: Final = 20
_MASK: Final = (1 << VERDICTS) - 1
_LEAST: Final = -(1 << 30)
_MOST: Final = 1 << 30


def _nobody(now: int) -> None:
    pass


class Notes:
    """Of one unit. `tell` says that something changed which alarms look at; whoever looks sets it.

    `recorded` holds the counts last recorded of each analogue input (-1: none yet). While a value stays within
    `low..high` of its channel no alarm on it can change, so nobody is told. `verdicts` holds the last twenty, one bit
    each, newest lowest, 1: rejected.
    """

    __slots__ = ("high", "low", "recorded", "records", "tell", "verdicts")
    STATE: ClassVar[tuple[str, ...]] = ("recorded", "records", "low", "high", "verdicts")

    def __init__(self, channels: int) -> None:
        self.recorded = [-1] * channels
        #: How many values were recorded.
        self.records = 0
        self.low = [_LEAST] * channels
        self.high = [_MOST] * channels
        self.verdicts = 0
        self.tell: Callable[[int], None] = _nobody

    def record(self, now: int, channel: int, counts: int) -> None:
        """The sequence has recorded a value."""
        self.recorded[channel] = counts
        self.records += 1
        if not self.low[channel] <= counts <= self.high[channel]:
            self.tell(now)

    def verdict(self, now: int, rejected: bool) -> None:
        """A verdict was written."""
        self.verdicts = (self.verdicts << 1 | rejected) & _MASK
        if self.verdicts:
            self.tell(now)

    def quiet(self, channel: int, low: int | None, high: int | None) -> None:
        """From now on values in `low..high` mean nothing new (None: no bound)."""
        self.low[channel] = _LEAST if low is None else low
        self.high[channel] = _MOST if high is None else high
