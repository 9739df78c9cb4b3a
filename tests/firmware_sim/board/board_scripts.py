"""Random lives of a station board: bouncing inputs, commands, courses of signals, silences and supply dips."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from plant.signal import Signal
from protocols.stations.images import (
    ACKNOWLEDGE,
    ANDON,
    DUTY,
    LIMIT,
    MARK,
    OUTPUTS,
    PROGRAM,
    SAFETY_OK,
    SPEED,
    TARGET,
    WORD,
)
from tests.firmware_sim.board.board_hosts import SECOND, EveryInstant, Happening

MS = 1_000
_GRID = 20 * MS

Fragment = Iterator[Happening]

#: From one fragment to the next: often they overlap, sometimes nothing happens for long.
_GAPS = st.one_of(
    st.integers(0, 3),
    st.integers(0, 2 * _GRID),
    st.sampled_from((10 * MS, 20 * MS, 30 * MS, 40 * MS, 60 * MS, 100 * MS, 120 * MS)),
    st.integers(0, SECOND),
    st.integers(0, 15 * SECOND),
)
_WORDS = st.one_of(st.sampled_from((0, 1, 31, 32, 1000, 16000, 65535)), st.integers(0, 65535))
_DUTIES = st.sampled_from((0, 200, 256, 300, 700, 1024, 65535))
# values on the lattice of the counts, so that goals and limits often coincide
_LIMITS = st.one_of(st.sampled_from((0, 1, 8, 9, 500, 508, 1023, 1024, 65535)), st.integers(0, 1023))
_VALUES = st.one_of(st.integers(0, 1023).map(float), st.sampled_from((500.0, 508.0, 492.0, 499.5, -20.0, 1100.0)))
_INPUTS = st.sampled_from((1, 2, 4, 8, 16, 32, SAFETY_OK))
_CHANNELS = st.integers(0, 2)


def signals() -> list[Signal]:
    """Three transmitters that begin below, within and in the middle of their range."""
    return [Signal(0.0, 1023.0), Signal(0.0, 1023.0, 500.0), Signal(-1023.0, 1023.0)]


def _edge(at: int, bit: int) -> Happening:
    return Happening(at, f"edge {bit:#04x}", lambda host, now: host.edge(now, bit))


def _supply(at: int, millivolts: int) -> Happening:
    return Happening(at, f"supply {millivolts}", lambda host, now: host.supply(now, millivolts))


def _write(at: int, mask: int, value: int) -> Happening:
    def happen(host: EveryInstant, now: int) -> None:
        host.write(now, host.command & ~mask | value)

    return Happening(at, f"write {value:#x} in {mask:#x}", happen)


def _register(at: int, register: int, value: int) -> Happening:
    return _write(at, WORD << 16 * register, value << 16 * register)


def _bounce(draw: st.DrawFn, at: int) -> Fragment:
    bit = draw(_INPUTS)
    for gap in draw(st.lists(st.integers(0, 25 * MS), min_size=1, max_size=5)):
        at += gap
        yield _edge(at, bit)


def _edges_around(draw: st.DrawFn, at: int, length: int) -> Fragment:
    bit = draw(_INPUTS)
    for offset in draw(st.lists(st.integers(-45 * MS, length + 25 * MS), max_size=4)):
        yield _edge(max(0, at + offset), bit)


def _silence(draw: st.DrawFn, at: int) -> Fragment:
    length = draw(st.one_of(st.integers(1, 30 * MS), st.integers(1, 90 * MS), st.integers(1, 300 * MS)))
    yield Happening(at, "link cut", lambda host, now: host.link(now, False))
    yield Happening(at + length, "link mended", lambda host, now: host.link(now, True))
    yield from _edges_around(draw, at, length)


def _dip(draw: st.DrawFn, at: int) -> Fragment:
    length = draw(st.one_of(st.integers(0, 30 * MS), st.integers(1, 300 * MS)))
    end = at + length
    for mv in draw(st.lists(st.sampled_from((0, 1099, 1100, 2699, 2700)), min_size=1, max_size=2)):
        yield _supply(at, mv)
        at += length // 3
    yield _supply(end, 5000)
    yield from _edges_around(draw, end, 70 * MS)


def _acknowledge(draw: st.DrawFn, at: int) -> Fragment:
    yield _write(at, ACKNOWLEDGE, ACKNOWLEDGE)
    yield _write(at + draw(st.integers(1, 60 * MS)), ACKNOWLEDGE, 0)


def _outputs(draw: st.DrawFn, at: int) -> Fragment:
    yield _write(at, OUTPUTS, draw(st.integers(0, OUTPUTS)))


def _move(draw: st.DrawFn, at: int) -> Fragment:
    yield _register(at, TARGET, draw(_WORDS))
    yield _register(at, SPEED, draw(_WORDS))


def _other_words(draw: st.DrawFn, at: int) -> Fragment:
    yield _register(at, PROGRAM, draw(st.integers(0, 9)))
    yield _write(at, MARK | ANDON, draw(st.integers(0, 7)) << 5)


def _duty(draw: st.DrawFn, at: int) -> Fragment:
    yield _register(at, DUTY, draw(_DUTIES))


def _limit(draw: st.DrawFn, at: int) -> Fragment:
    yield _register(at, LIMIT[draw(st.integers(0, 3))], draw(_LIMITS))


def _hold(draw: st.DrawFn, at: int) -> Fragment:
    channel, value = draw(_CHANNELS), draw(_VALUES)
    yield Happening(at, f"hold {channel} {value}", lambda host, now: host.signals[channel].hold(now, value))


def _ramp(draw: st.DrawFn, at: int) -> Fragment:
    channel, goal, rate = draw(_CHANNELS), draw(_VALUES), draw(st.sampled_from((0.1, 7.3, 100.0, 4000.0, 1e6)))
    yield Happening(at, f"ramp {channel} {goal} {rate}", lambda host, now: host.signals[channel].ramp(now, goal, rate))


def _approach(draw: st.DrawFn, at: int) -> Fragment:
    channel, goal, tau = draw(_CHANNELS), draw(_VALUES), draw(st.sampled_from((2e4, 3e5, 1.7e6, 3e8)))
    yield Happening(
        at, f"approach {channel} {goal} {tau}", lambda host, now: host.signals[channel].approach(now, goal, tau)
    )


def _watched(draw: st.DrawFn, at: int) -> Fragment:
    """A comparator whose signal really comes near its limit."""
    channel, limit = draw(_CHANNELS), draw(st.integers(20, 1000))
    yield _register(at, LIMIT[channel], limit)
    for goal in draw(st.lists(st.integers(limit - 20, limit + 12), min_size=2, max_size=6)):
        yield _course(at, channel, goal, draw(st.sampled_from(("hold", "ramp", "approach"))))
        at += draw(st.one_of(st.integers(0, 2 * _GRID), st.integers(0, 4 * SECOND)))


def _course(at: int, channel: int, counts: int, kind: str) -> Happening:
    def happen(host: EveryInstant, now: int) -> None:
        signal = host.signals[channel]
        goal = signal.low + counts * (signal.high - signal.low) / 1023.0
        if kind == "hold":
            signal.hold(now, goal)
        elif kind == "ramp":
            signal.ramp(now, goal, 30.0)
        else:
            signal.approach(now, goal, 4e5)

    return Happening(at, f"{kind} {channel} to {counts} counts", happen)


def _calm(draw: st.DrawFn, at: int) -> Fragment:
    yield _write(at, -1, 0)


def _carrier(draw: st.DrawFn, at: int) -> Fragment:
    word = draw(st.integers(0, 0xFFFF))
    yield Happening(at, f"carrier {word:#x}", lambda host, now: host.carrier(now, word))


_FRAGMENTS = (
    _bounce, _bounce, _bounce, _silence, _silence, _dip, _acknowledge, _acknowledge, _acknowledge, _outputs, _outputs,
    _move, _other_words, _duty, _duty, _limit, _hold, _ramp, _approach, _watched, _watched, _calm, _calm, _carrier,
)  # fmt: skip


@st.composite
def lives(draw: st.DrawFn) -> list[Happening]:
    """What happens to a board, in order of time, at any microsecond."""
    at, script = draw(st.integers(0, 30 * MS)), [*_acknowledge(draw, 40 * MS)]
    for fragment in draw(st.lists(st.sampled_from(_FRAGMENTS), min_size=10, max_size=50)):
        script += fragment(draw, at)
        at += draw(_GAPS)
    return sorted(script)
