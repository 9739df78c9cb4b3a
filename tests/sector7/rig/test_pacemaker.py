"""The clock: every way of pacing gives the same trace; lost time slips and is counted, never caught up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise

import pytest

from protocols.errors import Refusal
from sector7.rig.engine import SCAN_US
from sector7.rig.pacemaker import FASTEST, SLICE_S, SLOWEST, Pacemaker
from sector7.rig.rig import Rig
from tests.sector7.lines import MINUTE, SECOND, busy, small
from tests.sector7.rig.test_rig_hash import planned

#: What happens at which wall time.
Script = list[tuple[float, Callable[[Pacemaker], object]]]


class Wall:
    """A wall clock that goes on only when somebody sleeps, and by `cost` seconds for every plant second run."""

    def __init__(self, rig: Rig, cost: float = 0.0) -> None:
        self._rig = rig
        self._wall = 0.0
        self._paid_us = rig.now
        self.cost = cost

    def __call__(self) -> float:
        self._wall += (self._rig.now - self._paid_us) / SECOND * self.cost
        self._paid_us = self._rig.now
        return self._wall

    async def sleep(self, seconds: float) -> None:
        self.jump(seconds)
        await asyncio.sleep(0)

    def jump(self, seconds: float) -> None:
        """The process is stopped, or the machine is busy elsewhere."""
        self()
        self._wall += seconds


def unheard() -> None:
    pass


async def pace(rig: Rig, factor: float, until_us: int, script: Script, wall: Wall | None = None) -> Pacemaker:
    """Run on a wall of our own while the script happens."""
    wall = wall or Wall(rig)
    left = list(script)

    async def sleep(seconds: float) -> None:
        await wall.sleep(seconds)
        while left and left[0][0] <= wall():
            left.pop(0)[1](pacemaker)

    pacemaker = Pacemaker(rig, factor=factor, beat=unheard, clock=wall, sleep=sleep)
    await pacemaker.run(until_us)
    assert left == []
    assert rig.now == until_us
    return pacemaker


async def test_a_real_clock_at_full_speed_gives_the_same_trace() -> None:
    paced, fast = planned(busy()), planned(busy())
    await Pacemaker(paced, factor=1000, beat=unheard).run(8 * MINUTE)
    fast.run(8 * MINUTE)
    assert (paced.now, paced.trace.sha256()) == (fast.now, fast.trace.sha256())


async def test_pauses_steps_and_changes_of_speed_leave_the_trace_as_it_is() -> None:
    paced, fast = planned(busy()), planned(busy())

    def steps(pacemaker: Pacemaker) -> None:
        before = paced.now
        for width in (SCAN_US, 7, 123_456, SCAN_US):
            pacemaker.step(width)
        assert paced.now == before + 2 * SCAN_US + 7 + 123_456

    script: Script = [
        (1.0, Pacemaker.pause),
        (1.5, steps),
        (2.0, Pacemaker.resume),
        (3.0, lambda p: p.set_factor(333.3)),
        (3.2, Pacemaker.pause),
        (3.2, lambda p: p.set_factor(0.7)),
        (3.3, Pacemaker.resume),
        (3.4, Pacemaker.resume),
        (9.0, lambda p: p.set_factor(100)),
    ]
    await pace(paced, 12.5, 15 * MINUTE, script)
    fast.run(15 * MINUTE)
    assert paced.trace.sha256() == fast.trace.sha256()


async def test_paused_the_plant_stands_still_and_requests_wait_for_the_next_scan() -> None:
    rig = Rig(small(), 1)
    line = rig.line
    seen: list[int] = []

    def request(pacemaker: Pacemaker) -> None:
        rig.request("Line.OrderNumberRequest", 42)
        rig.request("Line.OrderChangeRequest", 1)
        seen.append(rig.now)

    def still_waiting(pacemaker: Pacemaker) -> None:
        assert rig.orders.requested["Line.OrderNumberRequest"] == 42
        assert line.order_number == 0
        seen.append(rig.now)

    def one_scan(pacemaker: Pacemaker) -> None:
        pacemaker.step()
        assert line.order_number == 42
        seen.append(rig.now)

    script: Script = [
        (1.0, Pacemaker.pause), (2.0, request), (12.0, still_waiting), (12.0, one_scan), (13.0, Pacemaker.resume)
    ]  # fmt: skip
    await pace(rig, 2, 10 * SECOND, script)
    assert seen[0] == seen[1] == seen[2] - SCAN_US


async def test_speed_is_kept() -> None:
    """At any time the plant is as far as the wall says, less what is due within one beat of 10 ms."""
    rig = Rig(small(), 1)
    behind: list[float] = []
    wall = Wall(rig)

    async def sleep(seconds: float) -> None:
        behind.append(wall() * 50 - rig.now / SECOND)
        await wall.sleep(seconds)

    await Pacemaker(rig, factor=50, beat=unheard, clock=wall, sleep=sleep).run(2 * MINUTE)
    assert -1e-5 < min(behind) <= max(behind) < 50 * 0.0101
    assert wall() == pytest.approx(120 / 50, abs=0.02)


async def test_time_that_was_lost_is_counted_and_never_caught_up() -> None:
    rig = Rig(small(), 1)
    wall = Wall(rig)
    pacemaker = await pace(rig, 4, 80 * SECOND, [(1.0, lambda _: wall.jump(10))], wall)
    # 20 s of work took 30 s
    assert wall() == pytest.approx(20 + 10, abs=0.1)
    assert pacemaker.lag_ms == pytest.approx(10_000, abs=100)


async def test_a_little_lateness_is_made_up_for() -> None:
    rig = Rig(small(), 1)
    wall = Wall(rig)
    pacemaker = await pace(rig, 4, 8 * SECOND, [(1.0, lambda _: wall.jump(0.2))], wall)
    assert wall() == pytest.approx(2, abs=0.02)
    assert pacemaker.lag_ms == 0


async def test_a_machine_that_is_too_slow_works_in_short_slices_and_counts_what_it_lacks() -> None:
    """It manages ten plant seconds a second where a hundred are wanted."""
    rig = Rig(small(), 1)
    wall = Wall(rig, cost=0.1)
    beats = [0]
    pacemaker = Pacemaker(rig, factor=100, beat=lambda: beats.append(rig.now), clock=wall, sleep=wall.sleep)
    await pacemaker.run(600 * SECOND)
    assert max(b - a for a, b in pairwise(beats)) * 0.1 / SECOND <= 2 * SLICE_S
    assert wall() == pytest.approx(60, abs=3)
    assert pacemaker.lag_ms / 1000 == pytest.approx(60 - 6, abs=3)


async def test_a_machine_that_becomes_slow_goes_back_to_short_slices() -> None:
    """Other work has come up: a thousand plant seconds a second, and from then on ten."""
    rig = Rig(small(), 1)
    wall = Wall(rig, cost=0.0001)
    beats: list[int] = []

    def beat() -> None:
        beats.append(rig.now)
        if rig.now >= 10 * MINUTE:
            wall.cost = 0.1

    await Pacemaker(rig, factor=1000, beat=beat, clock=wall, sleep=wall.sleep).run(12 * MINUTE)
    slices = [b - a for a, b in pairwise(beats)]
    assert max(slices) > 5 * SECOND
    assert max(slices[-100:]) * 0.1 / SECOND <= 2 * SLICE_S


async def test_a_machine_that_is_fast_enough_works_in_long_slices() -> None:
    """Ten thousand plant seconds a second: at x1000 a slice of 2 ms holds some 20 s, not one scan."""
    rig = Rig(small(), 1)
    wall = Wall(rig, cost=0.0001)
    beats: list[int] = []
    pacemaker = Pacemaker(rig, factor=1000, beat=lambda: beats.append(rig.now), clock=wall, sleep=wall.sleep)
    await pacemaker.run(10 * MINUTE)
    assert len(beats) < 200
    assert pacemaker.lag_ms == 0


async def test_a_change_of_speed_loses_nothing_that_was_due() -> None:
    rig = Rig(small(), 1)
    wall = Wall(rig)
    script: Script = [(0.01 * i, lambda p: p.set_factor(50)) for i in range(1, 100)]
    pacemaker = await pace(rig, 50, MINUTE, script, wall)
    assert wall() == pytest.approx(60 / 50, abs=0.05)
    assert pacemaker.lag_ms == 0


async def test_a_pause_is_no_lost_time_and_is_not_made_up_for() -> None:
    for length in (0.1, 0.2, 5.0):
        rig = Rig(small(), 1)
        wall = Wall(rig)
        script: Script = [
            (0.5, Pacemaker.pause),
            (0.5 + length / 2, lambda p: p.set_factor(50)),
            (0.5 + length, Pacemaker.resume),
        ]
        pacemaker = await pace(rig, 50, MINUTE, script, wall)
        assert wall() == pytest.approx(60 / 50 + length, abs=0.05)
        assert pacemaker.lag_ms == 0


@pytest.mark.parametrize("factor", [SLOWEST, 1, 2.5, FASTEST])
def test_speeds(factor: float) -> None:
    assert Pacemaker(Rig(small()), factor=factor, beat=unheard).factor == factor


@pytest.mark.parametrize("factor", [0, -1, 0.0999, 1000.1, float("nan"), float("inf")])
def test_speeds_that_are_refused(factor: float) -> None:
    rig = Rig(small())
    with pytest.raises(Refusal, match=r"must lie between x0\.1 and x1000"):
        Pacemaker(rig, factor=factor, beat=unheard)
    pacemaker = Pacemaker(rig, factor=3, beat=unheard)
    with pytest.raises(Refusal):
        pacemaker.set_factor(factor)
    assert pacemaker.factor == 3


def test_a_single_step_is_refused_while_the_plant_runs() -> None:
    rig = Rig(small())
    pacemaker = Pacemaker(rig, beat=unheard)
    with pytest.raises(Refusal, match="pause it first"):
        pacemaker.step()
    assert rig.now == 0
    pacemaker.pause()
    pacemaker.step()
    assert rig.now == SCAN_US
    pacemaker.resume()
    with pytest.raises(Refusal):
        pacemaker.step()


async def test_every_slice_is_told() -> None:
    rig = Rig(small())
    beats: list[int] = []
    wall = Wall(rig)
    pacemaker = Pacemaker(rig, factor=10, beat=lambda: beats.append(rig.now), clock=wall, sleep=wall.sleep)
    await pacemaker.run(SECOND)
    assert beats == sorted(set(beats))
    assert beats[-1] == SECOND


async def test_cancelling_ends_it_between_two_slices() -> None:
    rig, other = planned(small()), planned(small())
    begun = asyncio.Event()
    running = asyncio.create_task(Pacemaker(rig, factor=200, beat=begun.set).run())
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    rig.run(5 * MINUTE)
    other.run(5 * MINUTE)
    assert rig.trace.sha256() == other.trace.sha256()


def test_a_real_partner_keeps_the_plant_at_the_wall_clock() -> None:
    pacemaker = Pacemaker(Rig(small(), 1), factor=4, beat=unheard)
    pacemaker.lock("a board")
    assert pacemaker.factor == 1.0
    with pytest.raises(Refusal, match="speed x2 refused: a board"):
        pacemaker.set_factor(2)
    with pytest.raises(Refusal, match="single step refused: a board"):
        pacemaker.step()
    pacemaker.set_factor(1)
    pacemaker.lock("")
    pacemaker.set_factor(2)
    assert pacemaker.factor == 2


async def test_time_lost_with_a_real_partner_slips_at_once() -> None:
    """It is not led through the exchanges that it missed."""
    rig = Rig(small(), 1)
    wall = Wall(rig)
    slices: list[int] = []

    def beat() -> None:
        slices.append(rig.now)
        if len(slices) == 100:
            wall.jump(0.2)

    pacemaker = Pacemaker(rig, beat=beat, clock=wall, sleep=wall.sleep)
    pacemaker.lock("a board")
    await pacemaker.run(4 * SECOND)
    assert max(b - a for a, b in pairwise(slices)) <= 40_000
    assert pacemaker.lag_ms == pytest.approx(170, abs=20)
    assert wall() == pytest.approx(4 + pacemaker.lag_ms / 1000, abs=0.02)


@pytest.mark.parametrize("factor", [1, 1000])
async def test_there_is_a_beat_where_somebody_wants_one(factor: float) -> None:
    rig = Rig(small())
    beats: list[int] = []
    every = 333_333

    def stop() -> int:
        return (beats[-1] // every + 1) * every if beats else every

    wall = Wall(rig)
    pacemaker = Pacemaker(
        rig, factor=factor, beat=lambda: beats.append(rig.now), clock=wall, sleep=wall.sleep, stop=stop
    )  # fmt: skip
    await pacemaker.run(3 * SECOND)
    assert {at for at in beats if at % every == 0} == set(range(every, 3 * SECOND, every))
    pacemaker.pause()
    pacemaker.step(SECOND)
    assert beats[-1] == 4 * SECOND
    assert {at for at in beats if at % every == 0} == set(range(every, 4 * SECOND, every))
