"""Downsampling of a value that holds until its next change."""

from __future__ import annotations

from collections.abc import Iterable

from protocols.tags.history_map import Bucket

#: A change: plant time in ms and the raw value from then on; None: unknown from then on.
Sample = tuple[int, int | None]


def downsample(
    before: int | None, samples: Iterable[Sample], start_ms: int, width_ms: int, count: int, now_ms: int
) -> list[Bucket | None]:
    """`count` buckets of `width_ms` from `start_ms` on; None where nothing is known.

    `before` is the value when the first bucket begins (None: unknown), `samples` are the changes from `start_ms` on in
    order of time, `now_ms` is up to when they are complete. The mean is weighted by time, over what is known of the
    bucket. A bucket without a change carries the value on.
    """
    end_ms = start_ms + width_ms * count
    known_ms = min(end_ms, now_ms)
    work = [_Work() for _ in range(count)]
    at, value = start_ms, before
    for next_at, next_value in samples:
        if next_at > known_ms or next_at >= end_ms:
            break
        _hold(work, value, at, next_at, start_ms, width_ms)
        if next_value is not None:
            work[(next_at - start_ms) // width_ms].see(next_value)
        at, value = next_at, next_value
    _hold(work, value, at, known_ms, start_ms, width_ms)
    return [each.bucket() for each in work]


class _Work:
    """A bucket while it is filled."""

    __slots__ = ("area", "high", "last", "low", "time")

    def __init__(self) -> None:
        self.low = self.high = self.last = 0
        self.area = 0
        self.time = -1

    def see(self, value: int) -> None:
        """The value at some instant."""
        if self.time < 0:
            self.low = self.high = value
            self.time = 0
        elif value < self.low:
            self.low = value
        elif value > self.high:
            self.high = value
        self.last = value

    def hold(self, value: int, time_ms: int) -> None:
        """The value for some time."""
        self.see(value)
        self.area += value * time_ms
        self.time += time_ms

    def bucket(self) -> Bucket | None:
        """What was seen; None if nothing was."""
        if self.time < 0:
            return None
        return Bucket(self.low, self.high, self.area / self.time if self.time else float(self.last), self.last)


def _hold(work: list[_Work], value: int | None, start: int, end: int, origin: int, width: int) -> None:
    """`value` holds from `start` until `end`, spread over the buckets."""
    while start < end:
        index = (start - origin) // width
        edge = min(end, origin + (index + 1) * width)
        if value is not None:
            work[index].hold(value, edge - start)
        start = edge
