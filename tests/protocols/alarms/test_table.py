"""The declarations of the alarms: numbers, priorities, texts that help, and what they look at."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from firmware_sim.plc.sequence import Route
from firmware_sim.sequences.catalogue import SEQUENCES
from protocols.alarms.alarm import (
    ACTIVE,
    CONSEQUENCE,
    LOG_ALARM,
    SHELVE_LIMIT_MIN,
    AlarmState,
    Beyond,
    Priority,
    Stopped,
    alarm_logged,
    priority_of,
    state_of,
    status_word,
)
from protocols.alarms.table import ALARMS, BY_ALARM
from protocols.errors import MapError
from protocols.exports import alarm_list as export_alarms
from protocols.modbus.unit_image import UnitImage
from protocols.modbus.write_rules import WriteRules
from protocols.reasons import Reason
from protocols.roles import Role
from protocols.stations.io_table import STATIONS
from protocols.stations.station_io import StationIO
from protocols.stations.step_names import STEP_NAMES
from protocols.tags.alarm_map import COMMANDS, SERVICE, STATUS
from protocols.tags.line_map import LINE_MAP
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Table


def test_every_station_and_the_line_have_alarms_enough() -> None:
    counts = {number: sum(alarm.station == number for alarm in ALARMS) for number in range(13)}
    assert all(10 <= count <= 16 for count in counts.values()), counts


def test_priorities_split_as_operators_can_bear() -> None:
    """80/15/5 within a few per cent: where everything is urgent nothing is."""
    share = {p: sum(alarm.priority is p for alarm in ALARMS) / len(ALARMS) for p in Priority}
    assert share[Priority.LOW] == pytest.approx(0.80, abs=0.03)
    assert share[Priority.MEDIUM] == pytest.approx(0.15, abs=0.03)
    assert share[Priority.HIGH] == pytest.approx(0.05, abs=0.02)


def test_an_operator_is_told_what_to_do() -> None:
    for alarm in ALARMS:
        for words in (alarm.cause, alarm.consequence, alarm.action):
            assert len(words) > 15, alarm.tag
            assert words.endswith("."), alarm.tag
        assert len(alarm.title) <= 48, alarm.tag


def test_the_urgent_leaves_less_time_than_the_rest() -> None:
    assert max(a.respond_min for a in ALARMS if a.priority is Priority.HIGH) <= 5
    assert SHELVE_LIMIT_MIN[Priority.HIGH] < SHELVE_LIMIT_MIN[Priority.MEDIUM] < SHELVE_LIMIT_MIN[Priority.LOW]


@pytest.mark.parametrize("station", STATIONS, ids=lambda station: station.code)
def test_every_fault_that_stops_a_station_has_exactly_one_alarm(station: StationIO) -> None:
    number = station.number
    known: list[int] = []
    for alarm in ALARMS:
        if alarm.station == number and isinstance(alarm.condition, Stopped):
            known += map(int, alarm.condition.reasons)
    assert len(known) == len(set(known))
    general = {int(r) for r in Reason if r not in (Reason.NONE, Reason.OPERATOR, Reason.LINE, Reason.STEP_TIMEOUT)}
    steps = {Reason.STEP_TIMEOUT + step for step in range(len(STEP_NAMES[number]))}
    has_device = any(name.endswith("_fault") for name in station.inputs)
    # a lost board has an alarm of its own, whether the station stands or not
    assert set(known) == (general | steps) - {Reason.BOARD_LOST} - (set() if has_device else {Reason.DEVICE_FAULT})


def test_every_value_with_an_alarm_is_recorded_by_the_sequence() -> None:
    for station in STATIONS:
        program = SEQUENCES[station.number]({s.name: s.default for s in station.setpoints}, Route(12))
        recorded = {step.record for step in program.steps}
        for alarm in ALARMS:
            if alarm.station == station.number and isinstance(alarm.condition, Beyond):
                assert station.analog(alarm.condition.analog) in recorded, alarm.tag


# ---- what is refused
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number": 117}, "is not 100 x station"),
        ({"number": 1301}, "is not 100 x station"),
        ({"action": ""}, "no cause, consequence, action"),
        ({"respond_min": 0}, "time to respond"),
        ({"on_delay_s": -1.0}, "no multiple of the scan"),
        ({"off_delay_s": 0.005}, "no multiple of the scan"),
        ({"condition": Beyond("tray_mass", True, 2000, 10)}, "outside 0..2000"),
        ({"condition": Beyond("tray_mass", False, 1900, 150)}, "outside 0..2000"),
        ({"condition": Beyond("tray_mass", False, 1900, 0)}, "outside 0..2000"),
        ({"condition": Beyond("oil", False, 1900, 10)}, "is not one of tray_mass"),
    ],
)
def test_a_declaration_that_cannot_be_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(MapError, match=words):
        replace(BY_ALARM[112], **changes)  # type: ignore[arg-type]


# ---- words and numbers
def test_a_status_word_comes_apart_again() -> None:
    for state in AlarmState:
        for priority in Priority:
            word = status_word(state, priority, ACTIVE | CONSEQUENCE)
            assert (state_of(word), priority_of(word), word < 1 << 16) == (state, priority, True)


def test_alarms_stand_out_in_the_trace() -> None:
    assert alarm_logged(LOG_ALARM + 1213) == 1213
    assert alarm_logged(12 * 64 + 63) == 0
    assert alarm_logged(LOG_ALARM) == 0


def test_a_word_stands_where_its_number_says() -> None:
    assert PLANT_MAP["Line.Alarm.e_stop"].address == STATUS
    for alarm in ALARMS:
        assert PLANT_MAP[alarm.tag].address == 832 + 16 * (alarm.number // 100) + alarm.number % 100 - 1
        assert str(alarm.number) in PLANT_MAP[alarm.tag].doc


def test_who_may_do_what() -> None:
    rules = WriteRules(UnitImage(LINE_MAP), Table.HOLDING)
    begin, service = COMMANDS[0][0], SERVICE[0][0]
    assert rules.forbidden(begin, len(COMMANDS), Role.OPERATOR) == ""
    assert "operator" in rules.forbidden(service, 1, Role.OPERATOR)
    assert rules.forbidden(service, len(SERVICE), Role.ENGINEER) == ""
    assert rules.forbidden(begin, 1, Role.VIEWER)
    assert "AlarmShelveMinutes" in rules.problem(begin + 3, [481])


# ---- the list
def test_the_list_names_every_alarm_in_every_format() -> None:
    rows = list(csv.DictReader(io.StringIO(export_alarms.csv_text(ALARMS))))
    assert [int(row["number"]) for row in rows] == [alarm.number for alarm in ALARMS]
    assert all(row["action"] and row["condition"] for row in rows)
    text, page = export_alarms.text(ALARMS), export_alarms.markdown(ALARMS)
    for alarm in ALARMS:
        assert alarm.tag in text
        assert alarm.title in page
        assert alarm.action in page
