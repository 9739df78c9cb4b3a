"""A Modbus RTU master on a serial line in real time: retries, and counters of everything that went wrong.

A repeated exchange is harmless: the board's clock is in the request, so the same request again changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Final, Protocol

from hil.rtu import Garbled, Refused, check, missing
from protocols.errors import LinkError

#: The line is taken as silent after so long without a byte.
_SILENCE_S: Final = 0.005


class PortError(LinkError):
    """The port itself is gone: it must be opened anew."""


class ByteStream(Protocol):
    """A serial port: reading waits for the time given at most."""

    def read(self, size: int, wait_s: float) -> bytes:
        """At most `size` bytes, as soon as there are any; empty if none came."""
        ...

    def write(self, data: bytes) -> None:
        """Sends all of it."""
        ...

    def close(self) -> None:
        """Gives the port back."""
        ...


@dataclass(slots=True)
class Counters:
    """What happened on a line. `late`: answered, but not at the first attempt; `lost`: not answered at all."""

    asked: int = 0
    answered: int = 0
    retries: int = 0
    timeouts: int = 0
    garbled: int = 0
    refused: int = 0
    late: int = 0
    lost: int = 0
    rtt_us: int = 0
    rtt_min_us: int = 0
    rtt_max_us: int = 0
    rtt_sum_us: int = 0
    jitter_us: int = 0

    @property
    def rtt_mean_us(self) -> int:
        """Mean time from request to answer, with its retries."""
        return self.rtt_sum_us // self.answered if self.answered else 0

    def heard(self, rtt_us: int) -> None:
        """An answer came after `rtt_us`. Jitter is smoothed as in RFC 3550: a sixteenth of each difference."""
        if self.answered:
            self.jitter_us += (abs(rtt_us - self.rtt_us) - self.jitter_us) // 16
            self.rtt_min_us = min(self.rtt_min_us, rtt_us)
        else:
            self.rtt_min_us = rtt_us
        self.rtt_us = rtt_us
        self.rtt_max_us = max(self.rtt_max_us, rtt_us)
        self.rtt_sum_us += rtt_us
        self.answered += 1


class Link:
    """One master on one line. It gives up after `attempts`; with `within_s` when that time is over as well, which
    should be before the board's watchdog runs out. A process that stood still for that long asks once more."""

    def __init__(
        self,
        stream: ByteStream,
        *,
        timeout_s: float = 0.03,
        attempts: int = 3,
        within_s: float = 0.0,
        clock_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self.stream = stream
        self.timeout_s = timeout_s
        self.attempts = attempts
        self.within_s = within_s
        self.counters = Counters()
        self._clock_ns = clock_ns
        self._strays = True  # bytes may still be on their way that answer nothing we ask

    def ask(self, request: bytes) -> bytes:
        """The whole answer to a request. Raises Refused for an exception, LinkError when no attempt was answered."""
        counters = self.counters
        counters.asked += 1
        begin = self._clock_ns()
        for attempt in count():
            if attempt and self._over(attempt, begin):
                break
            counters.retries += attempt > 0
            if self._strays:
                self._drain()
            elif not attempt:
                self._flush()
            # the answer to an attempt that was given up answers the next one as well, and may come twice
            self._strays = attempt > 0
            self.stream.write(request)
            answer = self._listen(request)
            try:
                check(request, answer)
            except Refused:
                counters.refused += 1
                counters.heard((self._clock_ns() - begin) // 1000)
                raise
            except Garbled:
                counters.garbled += bool(answer)
                counters.timeouts += not answer
                self._strays = bool(answer)
                continue
            counters.late += attempt > 0
            counters.heard((self._clock_ns() - begin) // 1000)
            return answer
        counters.lost += 1
        self._strays = True
        span = f"for {self.within_s} s" if self.within_s else f"{self.attempts} attempts of {self.timeout_s} s"
        raise LinkError(f"slave {request[0]}", f"does not answer ({span})")

    def _over(self, attempt: int, begin: int) -> bool:
        elapsed_s = (self._clock_ns() - begin) / 1e9
        return attempt >= self.attempts and elapsed_s >= self.within_s - self.timeout_s

    def _listen(self, request: bytes) -> bytes:
        """Bytes until the answer is whole, or nothing has come for the time of an attempt: an answer that has begun is
        waited for, on however slow a machine or network."""
        data = b""
        while left := missing(request, data):
            got = self.stream.read(left, self.timeout_s)
            if not got:
                break
            data += got
        return data

    def _flush(self) -> None:
        """What came since the last answer answers nothing."""
        while self.stream.read(256, 0):
            pass

    def _drain(self) -> None:
        """Let what is still on the line pass by: an answer that comes late must not be taken for the next one."""
        end = self._clock_ns() + int(self.timeout_s * 1e9)
        while self.stream.read(256, _SILENCE_S) and self._clock_ns() < end:
            pass
