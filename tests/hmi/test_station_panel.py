"""The station page, panel by panel."""

from __future__ import annotations

import pytest

from hmi.draw.ink import CAUTION
from hmi.draw.spans import length
from hmi.panels.station import station
from hmi.panels.station_alarms import station_alarms
from hmi.panels.station_limits import limits_of
from hmi.panels.station_marks import station_marks
from hmi.panels.station_state import station_state
from hmi.panels.station_values import station_values
from protocols.alarms.alarm import AlarmState, Beyond, Priority, status_word
from protocols.alarms.limits import VALUE_ALARMS
from protocols.packml import State
from protocols.reasons import START_INTERLOCKS, Reason
from protocols.stations.io_table import BY_NUMBER, STATIONS
from protocols.stations.station_io import StationIO
from tests.hmi.frames import frame, text
from tests.hmi.test_alarm_panel import standing


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
    for changes, stands in ((calm, False), (loud, True), (over, False)):
        for width in (80, 140):
            row = station_values(frame(changes).station(5), width)[2]
            assert ("!" in text([row]).partition("┤")[0]) is stands
            assert ("8.50 N·m ▲!" in text([row])) is stands
            assert any(style == CAUTION for _, style in row) is stands


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


def test_the_three_most_urgent_alarms_of_this_station_say_what_to_do() -> None:
    values = standing(
        (3, AlarmState.UNACKNOWLEDGED, 0, 0), (512, AlarmState.UNACKNOWLEDGED, 0, 261),
        (506, AlarmState.ACKNOWLEDGED, 0, 115), (714, AlarmState.LATCHED_UNACKNOWLEDGED, 0, 471),
        (513, AlarmState.ACKNOWLEDGED, 0, 480), (514, AlarmState.ACKNOWLEDGED, 0, 720),
    )  # fmt: skip
    for width in (80, 140):
        shown = text(station_alarms(frame(values).station(5), width))
        assert "1 more: A" in shown
        assert "*UNACK" in shown
        assert "1m00s  Joint press force high  26.1 > 25.0 kN" in shown
        assert "do: Look at the bearing magazine" in shown
        assert shown.count("\n") == (4 if width == 80 else 3)
        assert "Nut torque high" not in shown, "the fourth"
        assert "ell temperature" not in shown, "of another station"
    assert station_alarms(frame(values).station(6), 140) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"ST05.DegradedMode": 2, "ST05.DegradedPhase": 1, "ST05.DegradedLeft": 150},
         "■ DEGRADED  work by hand, setting up, 2m30s left"),
        ({"ST05.DegradedParts": 1}, "■ DEGRADED  parts: given away"),
        ({"ST05.InjectedFaults": 1, "ST05.InjectedKind": 1}, "! INJECTED  1 fault, newest"),
        ({"ST05.InjectedFaults": 2, "ST05.InjectedTerminals": 0b1_0000_0100, "ST05.InjectedMechanisms": 0b100},
         ": Clamped, Press force, nutrunner"),
        ({"ST05.ForcedInputs": 0b100, "ST05.ForceLeft": 33}, "F FORCED  Clamped; the next one ends in 33s"),
    ],
)  # fmt: skip
def test_what_is_not_as_it_should_be_is_said(changes: dict[str, int], words: str) -> None:
    said = text(station_marks(frame(changes).station(5), 140))
    assert words in said
    assert bool(said) is bool(changes)


def test_what_is_urgent_stands_above_what_is_not_on_a_small_terminal() -> None:
    values = standing((512, AlarmState.UNACKNOWLEDGED, 0, 261)) | {"ST05.InjectedFaults": 1, "ST05.DegradedMode": 2}
    first = text(station(frame(values, board=5).station(5), 80, 20, 0)[:20])
    for words in ("Start blocked by", "INJECTED", "DEGRADED", "ALARMS HERE", "Press force", "Nut torque"):
        assert words in first


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("reason", [Reason.NONE, Reason.SAFETY, Reason.STEP_TIMEOUT + 2])
def test_a_stop_says_what_to_do_and_every_condition_that_blocks_the_start(width: int, reason: int) -> None:
    changes = {"ST05.StateCurrent": State.ABORTED, "ST05.StopReason": reason, "ST05.StartInterlock": 0b11111}
    lines = station_state(frame(changes).station(5), width)
    assert all(length(line) <= width for line in lines)
    said = text(lines)
    for words in ("Start blocked by", *START_INTERLOCKS):
        assert words in said
    assert ("→" in said.partition("Stop reason")[2]) is bool(reason)
    assert ("J calls the attendant" in said) is (reason > 100)
