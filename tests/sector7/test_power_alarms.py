"""Alarms of generator, UPS and breakers, and what stands behind them."""

from __future__ import annotations

from typing import Final

import pytest

from plant.power import network
from plant.power.generator import AUTO, OFF
from protocols.alarms import table as alarm_table
from protocols.alarms.alarm import AlarmState
from sector7.faults.fault import make
from sector7.rig.rig import Rig
from tests.sector7.lines import MINUTE, QUIET, SECOND, line

U, R, SUPPRESSED = AlarmState.UNACKNOWLEDGED, AlarmState.RETURNED, AlarmState.SUPPRESSED
GENERATOR, BATTERY, LOW = "Line.Alarm.generator_failed", "Line.Alarm.ups_on_battery", "Line.Alarm.ups_battery_low"
MAINS: Final = "Line.Alarm.mains_lost"
SERVICES, SEVERAL = "Line.Alarm.services_tripped", "Line.Alarm.breakers_tripped"


def running(**changes: object) -> Rig:
    """A line in which nothing fails by itself."""
    rig = Rig(line(**{**QUIET, **changes}), 3)
    rig.run(2 * MINUTE)
    return rig


def inject(rig: Rig, kind: str, target: str, parameters: dict[str, float] | None = None, seconds: int = 0) -> None:
    rig.faults.inject(rig.now, make(kind, target, parameters, lasts_us=seconds * SECOND), "the test")


def go(rig: Rig, seconds: float) -> dict[str, AlarmState]:
    """Run on; every alarm that is not Normal then."""
    rig.run(rig.now + int(seconds * SECOND))
    return {point.alarm.tag: AlarmState(point.state) for point in rig.alarms.standing}


def shown(rig: Rig, seconds: float) -> list[str]:
    """Run on; what an operator is shown then."""
    return sorted(tag for tag, state in go(rig, seconds).items() if state is not SUPPRESSED)


def test_plant_and_alarms_agree_about_the_bits() -> None:
    names = ("GENERATOR_FAILED", "ON_BATTERY", "BATTERY_LOW")
    assert [getattr(network, name) for name in names] == [getattr(alarm_table, name) for name in names]


def test_a_tripped_breaker_is_one_alarm_and_what_follows_stands_behind_it() -> None:
    rig = running()
    inject(rig, "breaker_trip", "ST05")
    assert shown(rig, 1) == ["ST05.Alarm.breaker_tripped"]
    standing = go(rig, 300)
    assert standing["ST05.Alarm.board_lost"] is SUPPRESSED
    assert [tag for tag, state in standing.items() if state is not SUPPRESSED] == ["ST05.Alarm.breaker_tripped"]
    point = next(p for p in rig.alarms.standing if p.alarm.tag == "ST05.Alarm.breaker_tripped")
    assert point.first_out
    assert rig.alarms.consequences(point.alarm.number) >= 1
    rig.request("ST05.BreakerRequest", 1)
    assert go(rig, 300) == {"ST05.Alarm.breaker_tripped": R}


def test_one_that_is_opened_after_its_trip_is_no_alarm_any_more() -> None:
    rig = running()
    inject(rig, "breaker_trip", "ST05")
    go(rig, 1)
    rig.request("ST05.BreakerRequest", 2)
    assert go(rig, 12)["ST05.Alarm.breaker_tripped"] is R


def test_a_strike_that_trips_many_is_one_alarm() -> None:
    rig = running()
    inject(rig, "lightning", "mains", {"amps": 250.0, "ms": 100.0})
    standing = go(rig, 60)
    tripped = [tag for tag in standing if tag.endswith(".breaker_tripped")]
    assert len(tripped) == 7
    assert {standing[tag] for tag in tripped} == {SUPPRESSED}
    assert [tag for tag, state in standing.items() if state is not SUPPRESSED] == [SEVERAL]
    for number, feeder in rig.plant.power.feeders.items():
        if not feeder.breaker.closed:
            rig.request(f"ST{number:02d}.BreakerRequest", 1)
    assert go(rig, 300) == {SEVERAL: R}


def test_without_compressor_and_pumps_there_is_one_alarm() -> None:
    rig = running()
    inject(rig, "breaker_trip", "services")
    assert shown(rig, 300) == [SERVICES]
    assert go(rig, 1)["Line.Alarm.air_low"] is SUPPRESSED


def test_the_battery_in_an_outage_stands_behind_the_mains() -> None:
    rig = running(power={"generator": False})
    inject(rig, "utility_loss", "mains", seconds=120)
    standing = go(rig, 60)
    assert standing[MAINS] is U
    assert standing[BATTERY] is SUPPRESSED
    assert LOW not in standing
    assert BATTERY not in go(rig, 300)


def test_a_battery_that_has_little_left_says_so_in_time() -> None:
    rig = running(power={"generator": False, "battery_wh": 40.0})
    inject(rig, "utility_loss", "mains")
    capacity_s = 40 * 3600 / 400
    assert LOW not in go(rig, capacity_s * 0.75 - 1)
    assert go(rig, 2)[LOW] is U
    assert rig.plant.power.ups.decivolts(rig.now) > 210
    go(rig, capacity_s)
    assert rig.plant.power.ups.decivolts(rig.now) == 0
    assert go(rig, 1)[LOW] is U
    rig.faults.clear(rig.now, 1, "the test")
    assert go(rig, 1)[LOW] is R


def test_a_dead_battery_is_low_as_soon_as_it_is_needed_and_not_before() -> None:
    rig = running()
    inject(rig, "battery_failed", "ups")
    assert LOW not in go(rig, 10)
    inject(rig, "sag", "mains", {"remaining": 0.5}, seconds=1)
    assert go(rig, 0.5)[LOW] is U
    assert not rig.plant.power.ups.alive


def test_a_generator_that_does_not_start_is_an_alarm_until_it_is_acknowledged() -> None:
    rig = running()
    inject(rig, "no_start", "generator", seconds=60)
    inject(rig, "utility_loss", "mains", seconds=300)
    assert GENERATOR not in go(rig, 9)
    assert go(rig, 3)[GENERATOR] is U
    assert go(rig, 60)[GENERATOR] is U  # nobody has looked at it
    rig.plant.power.generator.choose(rig.now, OFF)
    assert go(rig, 1)[GENERATOR] is R
    rig.plant.power.generator.choose(rig.now, AUTO)
    go(rig, 12)
    assert rig.plant.power.bus == 1000


@pytest.mark.parametrize("remaining", [0.0, 0.6, 0.84])
def test_a_sag_of_a_moment_is_no_alarm_of_the_battery(remaining: float) -> None:
    rig = running()
    inject(rig, "sag", "mains", {"remaining": remaining}, seconds=3)
    assert BATTERY not in go(rig, 60)
