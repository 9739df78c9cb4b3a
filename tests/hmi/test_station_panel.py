"""The station page, panel by panel."""

from __future__ import annotations

import pytest

from hmi.draw.ink import CAUTION
from hmi.panels.station_limits import limits_of
from hmi.panels.station_values import station_values
from protocols.alarm import AlarmState, Beyond, Priority, status_word
from protocols.alarm_limits import VALUE_ALARMS
from protocols.io_table import BY_NUMBER, STATIONS
from protocols.station_io import StationIO
from tests.hmi.frames import frame, text


def test_value_set_points_and_alarm_limits_share_a_bar() -> None:
    rows = text(station_values(frame({"ST05.nut_torque": 600}).station(5), 140)).splitlines()
    assert "◇ set point" in rows[0]
    force = rows[1]
    assert "◇" in force, "the joint force that is asked for"
    assert "alarm >25.0" in force
    torque = rows[2]
    bar = torque[torque.index("├") + 1 : torque.index("┤")]
    order = [bar.index(mark) for mark in ("|", "[", "◆", "]")] + [bar.rindex("|")]
    assert order == sorted(order), bar
    assert "6.00 N·m" in torque
    assert "alarm <5.00 >7.00" in torque


def test_a_standing_alarm_is_told_by_shape_and_in_words() -> None:
    calm = {"ST05.nut_torque": 850}
    alarm = next(alarm for alarm in VALUE_ALARMS if alarm.name == "torque_high")
    loud = {**calm, alarm.tag: status_word(AlarmState.UNACKNOWLEDGED, Priority.LOW, 0)}
    over = {**calm, alarm.tag: status_word(AlarmState.RETURNED, Priority.LOW, 0)}
    for changes, standing in ((calm, False), (loud, True), (over, False)):
        for width in (80, 140):
            row = station_values(frame(changes).station(5), width)[2]
            assert ("!" in text([row]).partition("┤")[0]) is standing
            assert ("8.50 N·m ▲!" in text([row])) is standing
            assert any(style == CAUTION for _, style in row) is standing


def test_the_active_set_point_is_drawn_not_the_one_that_is_asked_for() -> None:
    io = BY_NUMBER[1]
    view = frame({"ST01.kit_mass_active": 1200, "ST01.kit_mass_sp": 1300, "ST01.kit_tolerance_active": 40}).station(1)
    found = limits_of(view, io.analogs[0])
    assert found.target == 12.0
    assert found.marks[:2] == [(11.6, "["), (12.4, "]")]


@pytest.mark.parametrize("io", STATIONS, ids=lambda io: io.code)
def test_every_alarm_on_a_value_is_on_its_bar(io: StationIO) -> None:
    view = frame().station(io.number)
    for analog in view.io.analogs:
        limits = [a.condition for a in VALUE_ALARMS if a.station == view.number and isinstance(a.condition, Beyond)]
        wanted = {limit.limit / 10**analog.decimals for limit in limits if limit.analog == analog.name}
        assert {value for value, mark in limits_of(view, analog).marks if mark == "|"} == wanted
