"""Measurements on a board: times of its own clock are judged exactly, times of the wall clock with limits that a busy
machine keeps too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from firmware_sim.board.profile import profile
from hil import bench
from hil.link import Counters
from protocols.errors import LinkError
from protocols.stations.images import ACKNOWLEDGE, SAFETY_OK, TRIPPED
from protocols.stations.station_io import COUNTS, StationIO
from sector7.board_check.runner import Verdict
from sector7.board_check.serial_target import SerialSpecimen, SerialTarget
from sector7.board_check.specimen import Drive, Specimen, Target
from sector7.board_check.vector import EXCHANGE_US

EXCHANGES: Final = 200
_FINE_US: Final = 10_000
_MS: Final = 1000
_LEVELS: Final = (0, 1, 127, 256, 512, 767, 1000, 1022, COUNTS)
#: What the converter may be wrong: two counts are the ATmega328P's own absolute accuracy.
_COUNTS_LIMIT: Final = 2.0
#: With a voltage from outside there are its own error and the supply's, against which the converter measures.
_VOLTS_LIMIT: Final = 25.0
#: A quarter of the exchange grid; the bytes take a third.
_SCAN_LIMIT_US: Final = 5000.0
_SAMPLES: Final = 20
#: So many lost exchanges are a bad line; more are none.
_LOST: Final = 3
_ATTEMPTS: Final = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """What the user says of the bench: the slowest mean exchange to accept, ms, and a voltage that is wired to every
    analogue input (None: nothing known is)."""

    rtt_ms: float = 20.0
    volts: float | None = None


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value with its limits (None: not judged on that side). Without a value it could not be measured, or
    (`broken`) the board never did what was waited for; `reason` says which."""

    name: str
    title: str
    value: float | None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    reason: str = ""
    broken: bool = False

    @property
    def verdict(self) -> Verdict:
        """Whether the value is within its limits."""
        if self.value is None:
            return Verdict.FAILED if self.broken else Verdict.SKIPPED
        above = self.low is None or self.value >= self.low
        return Verdict.PASSED if above and (self.high is None or self.value <= self.high) else Verdict.FAILED


def measure(target: Target, io: StationIO, limits: Limits) -> Iterator[Measurement]:
    """Everything that can be measured on a board of station `io`, as it is measured."""
    with target.fit(io, Drive()) as board:
        yield _debounce(board)
    with target.fit(io, Drive()) as board:
        yield _watchdog(board)
    if not isinstance(target, SerialTarget):
        with target.fit(io, Drive()) as board:
            yield _accuracy(board)
        return
    with target.fit(io, Drive()) as specimen:
        yield from _line(specimen, limits)
    yield _dead_man(target, io, limits)


# ---- times of the board's own clock
def _debounce(board: Specimen) -> Measurement:
    """From the exchange that first sees an edge to the one that tells it."""
    expected = profile(board.io).debounce_us
    board.exchange(0, Drive())
    edge = _FINE_US
    measured = None
    for now in range(edge, edge + 4 * expected, _FINE_US):
        if board.exchange(now, Drive(SAFETY_OK | 1)).status & 1:
            measured = (now - edge) / _MS
            break
    limit = expected / _MS
    title = "debounce time, by the board's clock"
    return _found("debounce", title, measured, limit, "the input was never accepted")


def _watchdog(board: Specimen) -> Measurement:
    """The least number of missing exchanges that trips the board, as a time."""
    expected = profile(board.io).watchdog_us
    now = 0
    board.exchange(now, Drive())
    measured = None
    acknowledged = Drive(command=ACKNOWLEDGE)
    now += EXCHANGE_US
    board.exchange(now, acknowledged)
    for missing in range(1, 2 * expected // EXCHANGE_US):
        for _ in range(missing):
            now += EXCHANGE_US
            board.silence(now, acknowledged)
        now += EXCHANGE_US
        if board.exchange(now, acknowledged).status & TRIPPED:
            measured = missing * EXCHANGE_US / _MS
            break
    title = "watchdog time, by the board's clock"
    return _found("watchdog", title, measured, expected / _MS, "it never tripped")


def _found(name: str, title: str, value: float | None, exact: float, otherwise: str) -> Measurement:
    reason = "" if value is not None else otherwise
    return Measurement(name, title, value, "ms", exact, exact, reason, broken=value is None)


def _accuracy(board: Specimen) -> Measurement:
    """The largest difference between counts put to the inputs and counts read."""
    title = "analogue inputs: largest error"
    channels = len(board.io.analogs)
    if not channels:
        return Measurement("analogue", title, None, reason=f"{board.io.code} has no analogue input")
    worst = 0
    for n, level in enumerate(_LEVELS):
        given = tuple((level + 300 * channel) % (COUNTS + 1) for channel in range(channels))
        seen = board.exchange(n * EXCHANGE_US, Drive(counts=given)).counts
        worst = max(worst, *(abs(a - b) for a, b in zip(given, seen, strict=True)))
    return Measurement("analogue", title, float(worst), "counts", None, _COUNTS_LIMIT)


# ---- what a serial line shows
def _line(board: SerialSpecimen, limits: Limits) -> Iterator[Measurement]:
    line = board.line
    board.exchange(0, Drive())
    line.link.counters = counters = Counters()
    for n in range(1, EXCHANGES + 1):
        try:
            board.exchange(n * EXCHANGE_US, Drive())
        except LinkError:
            if counters.lost > _LOST:
                raise
    us, watchdog_ms = 1 / _MS, profile(board.io).watchdog_us / _MS
    yield Measurement("rtt_min", "exchange, request to answer: fastest", counters.rtt_min_us * us, "ms")
    yield Measurement("rtt_mean", "exchange: mean", counters.rtt_mean_us * us, "ms", None, limits.rtt_ms)
    high = max(watchdog_ms, 10 * limits.rtt_ms)
    yield Measurement("rtt_max", "exchange: slowest", counters.rtt_max_us * us, "ms", None, high)
    yield Measurement("rtt_jitter", "exchange: jitter", counters.jitter_us * us, "ms")
    yield Measurement("retries", f"repeated requests in {EXCHANGES}", float(counters.retries), "")
    yield Measurement("lost", f"exchanges lost in {EXCHANGES}", float(counters.lost), "", None, 0.0)
    for name, index, high_us in (("min", 14, None), ("mean", 15, None), ("max", 16, _SCAN_LIMIT_US)):
        value = float(board.words[index])
        yield Measurement(f"scan_{name}", f"firmware, whole frame to answer: {name}", value, "us", None, high_us)
    yield Measurement("stack_free", "stack never touched", float(board.words[bench.STACK_FREE]), "bytes", 128.0)
    yield from _pins(board, limits)


def _pins(board: SerialSpecimen, limits: Limits) -> Iterator[Measurement]:
    """The analogue inputs as they are wired."""
    channels = len(board.io.analogs)
    title = "analogue inputs: largest error"
    if not channels:
        yield Measurement("analogue", title, None, reason=f"{board.io.code} has no analogue input")
        return
    instants = (n * EXCHANGE_US for n in range(EXCHANGES + 1, EXCHANGES + _SAMPLES + 1))
    samples = [board.as_wired(now)[2 : 2 + channels] for now in instants]
    spread = max(max(each) - min(each) for each in zip(*samples, strict=True))
    yield Measurement("analogue_noise", "analogue inputs as wired: largest spread", float(spread), "counts")
    if limits.volts is None:
        reason = "say with --volts what voltage is wired to the analogue inputs"
        yield Measurement("analogue", title, None, reason=reason)
        return
    given = limits.volts / 5.0 * COUNTS
    worst = max(abs(given - value) for sample in samples for value in sample)
    yield Measurement("analogue", title, round(worst, 2), "counts", None, _VOLTS_LIMIT)


def _dead_man(target: SerialTarget, io: StationIO, limits: Limits) -> Measurement:
    """From the last exchange to the instant at which the pins are safe, by the wall clock: the shortest time that the
    answers prove. A machine that is interrupted measures too much, so the best of some attempts counts."""
    title = "dead-man: the pins are safe after"
    if not target.line.chain_closed:
        return Measurement("dead_man", title, None, reason="the safety input is open: connect D2 to ground")
    ruled = {output for output, _ in io.forbid}
    free = [name for name in io.outputs if name not in (*io.keep, io.modulated) and name not in ruled]
    watchdog_ms = profile(io).watchdog_us / _MS
    high = watchdog_ms + EXCHANGE_US / _MS + limits.rtt_ms
    best = float("inf")
    for _ in range(_ATTEMPTS):
        with target.fit(io, Drive()) as board:
            board.exchange(0, Drive())
            board.exchange(EXCHANGE_US, Drive(command=ACKNOWLEDGE | io.output(free[0])))
            best = min(best, board.line.dead_man_s(io.output(free[0])) * 1000)
        if best <= high:
            break
    return Measurement("dead_man", title, round(best, 1), "ms", None, high)
