"""The power network under a whole line: what a storm does to boards, stations and production, and the way back."""

from __future__ import annotations

import pytest

from firmware_sim.board.board import RESET_BROWN_OUT, RESET_POWER_ON, SimulatedBoard
from firmware_sim.board.profile import profile
from protocols.packml import Command, State
from protocols.reasons import Reason
from protocols.stations.images import LINK
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.line_map import UNIT
from sector7.masters.values import PlantValues
from sector7.recipe import Recipe
from sector7.rig import checkpoint
from sector7.rig.rig import Rig
from sector7.rig.trace import first_difference
from sector7.simulate import simulate
from tests.sector7.lines import MINUTE, QUIET, SECOND, advance, bring_back, give, line, look
from tests.sector7.storms import OVER_US, STRIKES, thunder

CALM = line(**QUIET)


def board_of(rig: Rig, number: int) -> SimulatedBoard:
    board = rig.cabinets[number - 1].board
    assert isinstance(board, SimulatedBoard)
    return board


def state_of(rig: Rig) -> State:
    return State(rig.line.state)


def closed(rig: Rig, number: int) -> bool:
    return rig.plant.power.feeders[number].breaker.closed


def test_the_line_produces_again_after_a_storm_by_itself() -> None:
    rig = Rig(CALM, 7)
    for at, strike in STRIKES:
        advance(rig, at - rig.now)
        strike(rig, at)
    advance(rig, 3 * MINUTE)
    assert {State(unit.state) for unit in rig.line.units} <= {State.EXECUTE, State.SUSPENDED}
    assert rig.line.state is State.EXECUTE
    before = rig.plant.ledger.completed
    advance(rig, 10 * MINUTE)
    assert rig.plant.ledger.completed >= before + 8


def test_boards_live_through_brown_out_or_start_from_power_on_by_the_length_of_the_sag() -> None:
    rig = Rig(CALM, 7)
    thunder(rig, 60 * SECOND)
    causes = {n: (board_of(rig, n).resets, board_of(rig, n).reset_cause) for n in range(1, 13)}
    assert causes[1] == (1, RESET_BROWN_OUT)  # below 50 % for 80 ms: past its hold-up time, before the rail was dead
    assert causes[2] == (0, RESET_POWER_ON)  # buffered: never reset
    assert causes[6] == (0, RESET_POWER_ON)  # needs 80 %: dead, and started anew
    assert board_of(rig, 2).exchanges(rig.now) == 3000
    assert board_of(rig, 6).exchanges(rig.now) < 1000


def test_a_board_without_power_is_lost_and_its_enable_has_dropped_out() -> None:
    rig = Rig(CALM, 7)
    rig.run(60 * SECOND)
    rig.plant.power.trip_breaker(rig.now, 4)
    rig.run(61 * SECOND)
    unit, cabinet = rig.line.units[3], rig.cabinets[3]
    assert cabinet.dark
    assert not cabinet.station.enabled
    assert not cabinet.applied & 0x1F
    assert (State(unit.state), unit.reason) in ((State.HELD, Reason.BOARD_LOST), (State.HELD, Reason.UTILITY))
    rig.run(300 * SECOND)
    assert State(unit.state) is State.HELD  # nobody closes a tripped breaker by himself
    rig.request("ST04.BreakerRequest", 1)
    rig.run(360 * SECOND)
    assert State(unit.state) in (State.EXECUTE, State.SUSPENDED)


def test_a_board_fitted_in_the_dark_starts_when_the_light_comes_back() -> None:
    rig = Rig(CALM, 7)
    rig.run(60 * SECOND)
    rig.plant.power.trip_breaker(rig.now, 4)
    rig.run(70 * SECOND)
    cabinet = rig.cabinets[3]
    cabinet.fit(rig.now, SimulatedBoard(profile(BY_NUMBER[4]), cabinet.station.terminals))
    rig.run(80 * SECOND)
    assert not cabinet.status & LINK
    rig.plant.power.switch(rig.now, 4, close=True)
    rig.run(81 * SECOND)
    assert cabinet.status & LINK
    assert board_of(rig, 4).reset_cause == RESET_POWER_ON


def test_a_station_whose_drives_drop_out_is_held_and_goes_on() -> None:
    rig = Rig(CALM, 7)
    rig.run(60 * SECOND)
    rig.plant.power.sag(rig.now, ((750, 150_000),))  # ordinary equipment only
    rig.run(61 * SECOND)
    reasons = {unit.io.number: unit.reason for unit in rig.line.units if unit.reason}
    assert set(reasons) == {3, 6, 9, 11}
    assert (reasons[3], reasons[11]) == (Reason.UTILITY, Reason.UTILITY)
    advance(rig, MINUTE)
    assert not any(unit.reason for unit in rig.line.units)


def test_an_empty_battery_drops_the_safety_relays_and_nothing_moves_until_an_operator_starts() -> None:
    recipe = line(**QUIET, power={"generator": False, "battery_wh": 2.0})
    rig = Rig(recipe, 7)
    rig.run(60 * SECOND)
    rig.plant.power.fail(rig.now)
    rig.run(70 * SECOND)
    assert state_of(rig) is State.EXECUTE  # the programs run on the battery
    rig.run(90 * SECOND)
    assert state_of(rig) is State.ABORTED
    assert not rig.plant.panel.inputs & 1
    rig.plant.e_stop(rig.now, True)
    rig.plant.power.mend(rig.now)
    rig.run(100 * SECOND)
    assert not rig.plant.panel.inputs & 1  # still pressed
    rig.plant.e_stop(rig.now, False)
    advance(rig, 5 * MINUTE)
    assert state_of(rig) is State.ABORTED
    bring_back(rig)
    assert state_of(rig) is State.EXECUTE


def test_a_dormant_line_closes_its_contactors_at_the_first_reset() -> None:
    rig = Rig(line(**QUIET, start="dormant"), 1)
    rig.run(5 * SECOND)
    feeders = rig.plant.power.feeders
    assert [f.closed for f in feeders.values()] == [False] * 13
    assert {f.rail.millivolts(rig.now) for f in feeders.values()} == {5000}
    give(rig, "Line", Command.CLEAR)
    rig.run(20 * SECOND)
    give(rig, "Line", Command.RESET)
    rig.run(24 * SECOND)
    assert 1 < sum(f.closed for f in feeders.values()) < 13
    rig.run(30 * SECOND)
    assert all(f.closed for f in feeders.values())


# ---- nothing hidden, nothing ticked
@pytest.mark.parametrize("seed", [7, 21])
def test_scanning_every_instant_gives_the_same_trace_in_a_storm(seed: int) -> None:
    rigs = [Rig(CALM, seed, fixed=fixed, keep_trace=True) for fixed in (False, True)]
    for rig in rigs:
        thunder(rig, 260 * SECOND)
    assert first_difference(rigs[0].trace.entries(), rigs[1].trace.entries()) is None


def test_a_snapshot_in_the_storm_goes_on_as_if_nothing_had_been() -> None:
    whole = Rig(CALM, 7)
    thunder(whole, 260 * SECOND)
    for at in (40_050_000, 40_300_000, 110_300_000, 111_095_000, 161_000_000, 172_000_000, 216_000_000):
        rig = Rig(CALM, 7)
        thunder(rig, at)
        other = checkpoint.load(checkpoint.save(rig))
        thunder(other, 260 * SECOND)
        assert other.trace.sha256() == whole.trace.sha256(), at
        for number, feeder in whole.plant.power.feeders.items():
            assert other.plant.power.feeders[number].energy(other.now) == feeder.energy(whole.now)


def test_a_calm_day_costs_no_event() -> None:
    rig = Rig(CALM, 7)
    slots = len(rig.agenda._queue)
    rig.run(10 * SECOND)
    network = rig.plant.power
    assert slots < 60
    for slot in (network._start, network._return, network._monitor, network.mains._slot, network.ups._slot):
        assert slot.at == -1


def test_every_declared_consumer_exists_and_none_draws_more_than_declared() -> None:
    rig = Rig(CALM, 7)
    for number, feeder in rig.plant.power.feeders.items():
        there = rig.plant.stations[number].mechanisms if number else rig.plant.services
        assert set(feeder.demand.motors) <= {each.name for each in there}
    drawn = dict.fromkeys(rig.plant.power.feeders, 0)
    while rig.now < 10 * MINUTE:
        rig.run(rig.now + 997_000)
        for number, feeder in rig.plant.power.feeders.items():
            assert feeder.power(rig.now) <= feeder.demand.most_w
            assert feeder.amperes(rig.now) <= 10 * feeder.demand.rated_a
            drawn[number] = max(drawn[number], feeder.power(rig.now))
    assert all(drawn[n] > f.demand.control_w + f.demand.standby_w for n, f in rig.plant.power.feeders.items())


def test_the_report_of_a_run_tells_its_energy() -> None:
    energy = simulate(CALM, 7, 20 * MINUTE).report["energy"]
    parts = [energy["services_kwh"], *energy["by_station_kwh"].values()]
    assert energy["used_kwh"] == pytest.approx(sum(parts) + 0.4 / 3, abs=0.01)  # and the control bus
    assert energy["generated_kwh"] == 0.0
    assert 1.0 < energy["per_robot_kwh"] < 3.0


# ---- what masters see and do
def test_unit_one_shows_the_network() -> None:
    rig = Rig(CALM, 7)
    values = PlantValues(rig, 1)
    rig.run(3 * MINUTE)
    told = values.values(UNIT)
    assert (told["Line.MainsFrequency"], told["Line.BusVoltage"], told["Line.TransferSwitch"]) == (5000, 400, 1)
    assert (told["Line.GeneratorState"], told["Line.GeneratorFuel"]) == (0, 1200)
    assert (told["Line.UpsState"], told["Line.UpsCharge"], told["Line.ControlVoltage"]) == (1, 1000, 240)
    parts = [told["Line.ServicesFeederPower"], *(told[f"ST{n:02d}.FeederPower"] for n in range(1, 13)), 400]
    assert told["Line.BusPower"] == sum(parts)
    energy = told["Line.ServicesFeederEnergy"] + sum(told[f"ST{n:02d}.FeederEnergy"] for n in range(1, 13))
    assert told["Line.EnergyUsed"] == pytest.approx(energy + 20, abs=14)  # each is cut to whole watt hours
    assert told["Line.EnergyPerRobot"] == told["Line.EnergyUsed"] // told["Line.RobotsCompleted"]
    assert told["ST04.FeederCurrent"] == 10 * told["ST04.FeederPower"] // 624
    rig.plant.power.fail(rig.now)
    rig.run(rig.now + SECOND)
    told = values.values(UNIT)
    assert (told["Line.MainsVoltage"], told["Line.MainsFrequency"], told["Line.UpsState"]) == (0, 0, 3)
    assert 215 <= told["Line.ControlVoltage"] < 240
    assert (told["ST04.RailVoltage"], told["ST04.ContactorClosed"], told["ST04.FeederPower"]) == (0, 0, 0)


def test_breakers_and_generator_obey_changes_only() -> None:
    rig = Rig(CALM, 7)
    rig.run(30 * SECOND)
    network = rig.plant.power
    for raw in (2, 2, 2):
        rig.request("ST06.BreakerRequest", raw)
    rig.run(31 * SECOND)
    assert not closed(rig, 6)
    network.switch(rig.now, 6, close=True)  # by hand, at the switchboard
    rig.request("ST06.BreakerRequest", 2)
    rig.run(32 * SECOND)
    assert closed(rig, 6)
    rig.request("Line.ServicesBreakerRequest", 2)
    rig.request("Line.GeneratorMode", 1)
    rig.request("Line.FeederDelay", 20)
    rig.run(50 * SECOND)
    assert not closed(rig, 0)
    assert network.generator.state == 2
    assert network.sequencer.delay_us == 2 * SECOND
    look(rig)


def test_the_recipe_says_what_the_switchboard_has() -> None:
    recipe = Recipe.model_validate(
        CALM.model_dump() | {"power": {"fuel_l": 20.0, "close_delay_s": 1.5, "close_order": [12, 3], "transfer_ms": 30}}
    )
    rig = Rig(recipe, 1)
    told = PlantValues(rig, 1).values(UNIT)
    assert (told["Line.GeneratorFuel"], told["Line.FeederDelay"]) == (200, 15)
    assert rig.plant.power.equipment.order == (12, 3)
    assert rig.plant.power.equipment.transfer_us == 30_000


@pytest.mark.parametrize("order", [[3, 3], [0, 4]])
def test_an_order_of_feeders_that_are_not_there_is_refused(order: list[int]) -> None:
    with pytest.raises(ValueError, match=r"close_order names each feeder of the line once"):
        line((1, 3, 12), power={"close_order": order})


def test_the_storm_is_over_when_the_tests_think_so() -> None:
    assert max(at for at, _ in STRIKES) == OVER_US
