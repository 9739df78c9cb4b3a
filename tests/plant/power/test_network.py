"""Mains, generator, transfer switch, UPS and feeders as one network."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.power.breaker import CLOSED, OPEN, TRIPPED
from plant.power.generator import AUTO, OFF, OUT_OF_FUEL, RUN, RUNNING, STARTING, STOPPED
from plant.power.generator import TRIPPED as STALLED
from plant.power.load import WATT_HOUR
from plant.power.network import GENERATOR, LOG_BREAKERS, LOG_GENERATOR, LOG_TRANSFER, MAINS
from plant.power.ups import CHARGING, EXHAUSTED, ON_BATTERY, ON_LINE
from tests.plant.bench import MS, SECOND
from tests.plant.power.switchboard import Switchboard

ALL = list(range(13))


# ---- sags
def test_a_sag_of_semi_f47_leaves_what_is_built_for_it() -> None:
    it = Switchboard()
    it.network.sag(it.run(10), ((700, 400 * MS),))
    it.run(0.5)
    assert it.closed == [0, 1, 2, 4, 5, 7, 8, 10, 12]
    it.run(5)
    assert it.closed == ALL  # the sequencer has brought the others back
    assert it.buses == it.controls == []


def test_contactors_come_back_one_by_one_in_the_order_of_the_recipe() -> None:
    it = Switchboard(order=(0, 11, 3), close_delay_us=2 * SECOND)
    it.network.sag(it.run(10), ((0, 50 * MS),))
    it.run(60)
    back = [(number, t) for t, number, closed in it.contactors if closed]
    assert [number for number, _ in back] == [0, 11, 3, 1, 2, 4, 5, 6, 7, 8, 9, 10, 12]
    first = back[0][1]
    assert first == 10 * SECOND + 50 * MS + 1 * SECOND
    assert [t - first for _, t in back] == [2 * SECOND * i for i in range(13)]


def test_a_sag_in_a_sag_replaces_it() -> None:
    it = Switchboard()
    it.network.sag(it.run(1), ((850, 2 * SECOND),))
    it.network.sag(it.run(0.5), ((950, SECOND),))
    it.run(0.1)
    assert it.network.bus == 950
    it.run(1)
    assert it.network.bus == 1000


@pytest.mark.parametrize("shape", [((1101, 5),), ((-1, 5),), ((500, 0),)])
def test_a_shape_that_cannot_be_is_refused(shape: tuple[tuple[int, int], ...]) -> None:
    it = Switchboard()
    with pytest.raises(ValueError, match=r"0\.\.1100 permille"):
        it.network.sag(0, shape)
    assert it.network.bus == 1000


# ---- generator and transfer switch
def test_an_outage_is_taken_over_by_the_generator_and_given_back_without_a_gap() -> None:
    it = Switchboard()
    it.network.fail(it.run(10))
    it.run(60)
    assert it.states(LOG_GENERATOR) == [(12.0, STARTING), (20.0, RUNNING)]
    assert it.states(LOG_TRANSFER) == [(20.0, GENERATOR)]
    assert it.closed == ALL
    it.network.mend(it.run(30))
    gone = len(it.contactors)
    it.run(60)
    assert it.states(LOG_GENERATOR)[2:] == [(130.0, STOPPED)]
    assert it.states(LOG_TRANSFER)[1:] == [(130.0, MAINS)]
    assert len(it.contactors) == gone
    assert it.buses == [(11 * SECOND, True), (20 * SECOND + 200 * MS, False)]


def test_a_short_outage_does_not_start_it() -> None:
    it = Switchboard()
    it.network.sag(it.run(10), ((0, 1_900 * MS),))
    it.run(60)
    assert it.states(LOG_GENERATOR) == []


def test_mains_that_return_while_it_starts_stay_in_charge() -> None:
    it = Switchboard()
    it.network.sag(it.run(10), ((0, 4 * SECOND),))
    it.run(120)
    assert it.states(LOG_TRANSFER) == []
    assert it.states(LOG_GENERATOR) == [(12.0, STARTING), (20.0, RUNNING), (44.0, STOPPED)]


def test_closing_everything_at_once_stalls_it() -> None:
    it = Switchboard(close_delay_us=0)
    it.network.fail(it.run(10))
    it.run(60)
    assert it.network.generator.state == STALLED
    assert it.closed == []
    it.network.sequencer.delay_us = SECOND
    it.network.generator.choose(it.now, OFF)
    it.network.generator.choose(it.run(1), AUTO)
    it.run(60)
    assert it.network.generator.state == RUNNING
    assert it.closed == ALL


def test_without_a_generator_the_bus_waits_for_the_mains() -> None:
    it = Switchboard(generator=False)
    it.network.fail(it.run(10))
    it.run(3600)
    assert it.network.bus == 0
    it.network.mend(it.now)
    it.run(60)
    assert it.closed == ALL


def test_it_runs_by_hand_and_takes_over_an_outage_at_once_after_the_delay() -> None:
    it = Switchboard()
    it.network.generator.choose(it.run(1), RUN)
    it.run(20)
    assert it.network.generator.state == RUNNING
    assert it.network.position == MAINS
    it.network.fail(it.run(0))
    it.run(2.1)
    assert it.network.position == GENERATOR
    it.network.generator.choose(it.run(10), OFF)
    assert it.network.bus == 0
    it.run(100)
    assert it.network.generator.state == STOPPED


def test_the_tank_runs_dry_when_its_energy_is_used() -> None:
    """Idle cabinets draw a constant power, so the end can be told beforehand."""
    it = Switchboard(fuel_l=1.0)
    network = it.network
    network.fail(it.run(10))
    it.run(60)
    now, left = it.now, network.generator.litres(it.now)
    watts = network.power(now) + 9_000
    it.run(left * 3700 / watts * 3600 - 5)
    assert network.ups.state == ON_LINE  # recharged: the power was not quite constant
    assert network.generator.state == RUNNING
    assert 0.0 < network.generator.litres(it.now) < 0.1
    it.run(60)
    assert network.generator.state == OUT_OF_FUEL
    assert network.generator.litres(it.now) == pytest.approx(0.0, abs=1e-4)
    network.generator.fill(it.now, 50)
    network.generator.choose(it.now, OFF)
    network.generator.choose(it.now, AUTO)
    it.run(30)
    assert it.closed == ALL


def test_a_drained_tank_stops_it_at_once() -> None:
    it = Switchboard()
    it.network.fail(it.run(10))
    it.network.generator.fill(it.run(60), 0)
    assert it.network.generator.state == OUT_OF_FUEL
    assert it.network.bus == 0


def test_what_cannot_be_is_refused_and_changes_nothing() -> None:
    it = Switchboard()
    with pytest.raises(ValueError, match="-1 l"):
        it.network.generator.fill(0, -1)
    with pytest.raises(ValueError, match="0 to 1"):
        it.network.ups.drain(0, 1.5)
    with pytest.raises(ValueError, match="-5 A"):
        it.network.overload(0, 3, -5)
    assert it.network.generator.litres(0) == pytest.approx(120.0)
    assert it.network.ups.charge(0) == 1.0


# ---- UPS
def test_the_battery_carries_the_control_bus_as_long_as_its_energy_lasts() -> None:
    it = Switchboard(generator=False, battery_wh=100.0)
    it.network.fail(it.run(10))
    it.run(899)
    assert it.network.ups.state == ON_BATTERY
    assert it.network.ups.runtime_s(it.now) == 1
    assert it.controls == []
    it.run(2)
    assert it.network.ups.state == EXHAUSTED
    assert it.controls == [(910 * SECOND + 1, False)]
    assert it.network.ups.decivolts(it.now) == 0
    it.network.switch(it.now, 3, close=False)
    assert it.network.feeders[3].breaker.state == CLOSED  # no coil moves without it
    it.network.mend(it.now)
    assert it.network.ups.state == CHARGING
    assert it.controls[1:] == [(it.now, True)]
    it.run(3601)
    assert it.network.ups.state == ON_LINE
    assert it.network.ups.charge(it.now) == 1.0


def test_a_transfer_that_takes_too_long_is_a_gap_in_the_control_bus() -> None:
    it = Switchboard(transfer_us=50 * MS)
    it.network.sag(it.run(10), ((0, SECOND),))
    it.run(5)
    assert [(t - 10 * SECOND, alive) for t, alive in it.controls] == [(20 * MS, False), (50 * MS, True)]


# ---- breakers
def test_a_breaker_cuts_cabinet_and_contactor_and_is_closed_by_command_only() -> None:
    it = Switchboard()
    it.network.trip_breaker(it.run(10), 4)
    it.run(600)
    feeder = it.network.feeders[4]
    assert (feeder.breaker.state, feeder.closed, feeder.rail.millivolts(it.now)) == (TRIPPED, False, 0)
    it.network.switch(it.now, 4, close=True)
    it.run(5)
    assert (feeder.breaker.state, feeder.closed, feeder.rail.millivolts(it.now)) == (CLOSED, True, 5000)
    it.network.switch(it.now, 4, close=False)
    assert feeder.breaker.state == OPEN
    everything = sum(1 << number for number in ALL)
    assert [value for _, value in it.states(LOG_BREAKERS)] == [everything ^ 16, everything, everything ^ 16]


@pytest.mark.parametrize(("amps", "after_s"), [(45, None), (80, 40 / 3), (120, 40 / 8), (481, 0.0)])
def test_an_overload_trips_in_its_own_time(amps: int, after_s: float | None) -> None:
    it = Switchboard()
    breaker = it.network.feeders[4].breaker  # 40 A
    it.network.overload(it.run(10), 4, amps)
    it.run(3600)
    tripped = [t - 10 for t, _ in it.states(LOG_BREAKERS)]
    assert tripped == ([] if after_s is None else [pytest.approx(after_s, abs=1e-5)])
    if after_s is not None:
        breaker.close(it.now)
        it.run(after_s + 0.001)
        assert breaker.state == TRIPPED  # what made it trip makes it trip again
        it.network.overload(it.now, 4, 0)
        breaker.close(it.now)
        it.run(3600)
        assert breaker.state == CLOSED


def test_an_inrush_trips_a_breaker_that_is_loaded_already() -> None:
    it = Switchboard(on=False)
    it.network.overload(it.run(1), 4, 300)  # below the magnetic release by itself
    it.network.run(it.now, True)
    it.run(0.1)
    assert it.network.feeders[4].breaker.state == CLOSED
    it.run(10)
    assert it.network.feeders[4].breaker.state == TRIPPED
    assert it.closed == [number for number in ALL if number != 4]


# ---- whatever happens
_KINDS = ("sag", "fail", "mend", "open", "close", "trip", "overload", "run", "stop", "auto", "drain", "fill")
_ACTS = st.lists(
    st.tuples(
        st.floats(0.0, 40.0),
        st.sampled_from(_KINDS),
        st.integers(0, 12),
        st.integers(0, 1000),
    ),
    max_size=14,
)


def _act(it: Switchboard, what: str, number: int, size: int) -> None:
    network, now = it.network, it.now
    match what:
        case "sag":
            network.sag(now, ((size, 1 + number * 90 * MS), (1000 - size, 70 * MS)))
        case "open" | "close":
            network.switch(now, number, close=what == "close")
        case "trip":
            network.trip_breaker(now, number)
        case "overload":
            network.overload(now, number, size)
        case "run" | "stop" | "auto":
            network.generator.choose(now, {"run": RUN, "stop": OFF, "auto": AUTO}[what])
        case "drain":
            network.generator.fill(now, size / 500)
        case "fill":
            network.ups.drain(now, size / 1000)
        case _:
            getattr(network, what)(now)


@settings(max_examples=60)
@given(_ACTS)
def test_energy_is_conserved_and_everything_comes_back(acts: list[tuple[float, str, int, int]]) -> None:
    it = Switchboard(fuel_l=2.0, battery_wh=5.0)
    network = it.network
    for after, what, number, size in acts:
        it.run(after)
        before = network.energy(it.now)
        _act(it, what, number, size)
        assert network.energy(it.now) == before
        assert network.imported(it.now, MAINS) + network.imported(it.now, GENERATOR) == before
        for feeder in network.feeders.values():
            assert not feeder.closed or feeder.breaker.closed
            assert 0 <= feeder.power(it.now) <= feeder.demand.most_w
        assert 0.0 <= network.ups.charge(it.now) <= 1.0
    network.mend(it.now)
    network.generator.choose(it.now, OFF)
    for number in ALL:
        network.overload(it.now, number, 0)
    it.run(60)
    for number in ALL:
        network.switch(it.now, number, close=True)
    it.run(60)
    assert it.closed == ALL
    assert network.ups.alive
    assert not network.missing
    assert network.energy(it.now) > network.imported(it.now, GENERATOR) >= 0


def test_nothing_is_scheduled_while_nothing_happens() -> None:
    it = Switchboard()
    it.run(86_400)
    assert len(it.agenda._queue) == 0
    assert it.network.energy(it.now) // WATT_HOUR == 24 * it.network.power(0)
