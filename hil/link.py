"""A Modbus RTU master on a serial line in real time: retries, and counters of everything that went wrong.

A repeated exchange is harmless: the board's clock is in the request, so the same request again changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from hil.rtu import Garbled, Refused, answer_length, check
from protocols.errors import LinkError

_MIN_ANSWER: Final = 5  # an exception
#: The line is taken as silent after so long without a byte.
_SILENCE_S: Final = 0.005


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
    """One master on one line. `attempts` times `timeout_s` should end before the board's watchdog does."""

    def __init__(
        self,
        stream: ByteStream,
        *,
        timeout_s: float = 0.03,
        attempts: int = 3,
        clock_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self.stream = stream
        self.timeout_s = timeout_s
        self.attempts = attempts
        self.counters = Counters()
        self._clock_ns = clock_ns

    def ask(self, request: bytes) -> bytes:
        """The whole answer to a request. Raises Refused for an exception, LinkError when no attempt was answered."""
        counters = self.counters
        counters.asked += 1
        begin = self._clock_ns()
        for attempt in range(self.attempts):
            if attempt:
                counters.retries += 1
                self._drain()
            self.stream.write(request)
            answer = self._listen(answer_length(request))
            try:
                check(request, answer)
            except Refused:
                counters.refused += 1
                counters.heard((self._clock_ns() - begin) // 1000)
                raise
            except Garbled:
                counters.garbled += bool(answer)
                counters.timeouts += not answer
                continue
            counters.late += attempt > 0
            counters.heard((self._clock_ns() - begin) // 1000)
            return answer
        counters.lost += 1
        self._drain()
        raise LinkError(f"slave {request[0]}", f"does not answer ({self.attempts} attempts of {self.timeout_s} s)")

    def _listen(self, length: int) -> bytes:
        """Bytes until the answer is whole, an exception is whole, or the time is over."""
        end = self._clock_ns() + int(self.timeout_s * 1e9)
        data = b""
        while len(data) < length:
            left = (end - self._clock_ns()) / 1e9
            got = self.stream.read(length - len(data), left) if left > 0 else b""
            if not got:
                break
            data += got
            if len(data) >= _MIN_ANSWER and data[1] & 0x80:
                return data[:_MIN_ANSWER]
        return data

    def _drain(self) -> None:
        """Let what is still on the line pass by: an answer that comes late must not be taken for the next one."""
        while self.stream.read(256, _SILENCE_S):
            pass
