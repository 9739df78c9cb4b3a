"""The alarm summary as lines: what is said of each alarm, and that nothing is said of what nobody knows."""

from __future__ import annotations

import pytest

from hmi.draw.spans import length
from hmi.link.snapshot import LinkState
from hmi.panels.alarms import alarm_summary, rows
from hmi.panels.banner import banner
from protocols.alarm import CONSEQUENCE, FIRST_OUT, AlarmState, Priority, status_word
from protocols.alarm_map import WORST_COUNT
from protocols.alarm_table import ALARMS, BY_ALARM
from tests.hmi.frames import frame, text

NOW = 51_132_000_000


def standing(*alarms: tuple[int, AlarmState, int, int]) -> dict[str, int]:
    """Values of unit 1 with these alarms (number, state, flags, value) among the worst, a minute old."""
    values = {"Line.AlarmsStanding": len(alarms), "Line.AlarmsUnacknowledged": len(alarms)}
    for place, (number, state, flags, value) in enumerate(alarms, 1):
        word = status_word(state, BY_ALARM[number].priority, flags)
        name = f"Line.Worst{place:02d}"
        values |= {f"{name}.Number": number, f"{name}.Word": word, f"{name}.Time": NOW - 60_000_000,
                   f"{name}.Value": value, BY_ALARM[number].tag: word}  # fmt: skip
    return values


def shown(values: dict[str, int], width: int = 140, height: int = 30, number: int = 0) -> str:
    lines = alarm_summary(frame(values), width, height, number)
    assert len(lines) <= height
    assert all(length(line) in (0, width) for line in lines)
    return text(lines)


def test_nothing_stands() -> None:
    assert "No alarm stands." in shown({})
    assert rows(frame()) == []


def test_priority_and_state_are_told_in_words_and_shapes() -> None:
    seen = shown(standing(
        (714, AlarmState.LATCHED_UNACKNOWLEDGED, 0, 471), (3, AlarmState.UNACKNOWLEDGED, FIRST_OUT, 0),
        (506, AlarmState.ACKNOWLEDGED, 0, 115),
    ))  # fmt: skip
    lines = seen.splitlines()
    (hot,), (air,), (work,) = ([x for x in lines if BY_ALARM[n].title in x and "unack" not in x] for n in (714, 3, 506))
    assert "▲ HIGH   *LATCHED*" in hot
    assert "47.1 °C" in hot
    assert "1m00s" in hot
    assert "◆ MED    *UNACK" in air
    assert "[first out]" in air
    assert "· LOW     ACK" in work


def test_the_selected_alarm_is_explained() -> None:
    values = standing((3, AlarmState.UNACKNOWLEDGED, FIRST_OUT, 0), (506, AlarmState.UNACKNOWLEDGED, 0, 102))
    values["ST07.Alarm.utility_missing"] = status_word(AlarmState.SUPPRESSED, Priority.LOW, CONSEQUENCE)
    first, second = shown(values), shown(values, number=506)
    assert "SELECTED  3 " in first
    assert "1 consequences suppressed" in first
    assert BY_ALARM[3].action in first
    assert "SELECTED  506" in second
    assert "respond within 15 min" in second
    assert BY_ALARM[506].cause in second


def test_what_is_shelved_or_out_of_service_stands_below() -> None:
    values = standing((506, AlarmState.UNACKNOWLEDGED, 0, 102))
    values["ST01.Alarm.kit_light"] = status_word(AlarmState.SHELVED, Priority.LOW, 0)
    values["ST02.Alarm.homing"] = status_word(AlarmState.OUT_OF_SERVICE, Priority.LOW, 0)
    values["ST03.Alarm.homing"] = status_word(AlarmState.SUPPRESSED, Priority.LOW, 0)
    assert [row.alarm.number for row in rows(frame(values))] == [506, 112, 205]
    assert "SHELVED" in shown(values)


@pytest.mark.parametrize(("width", "height"), [(80, 20), (80, 8), (140, 38), (200, 60)])
def test_a_full_list_keeps_the_selected_alarm_in_sight(width: int, height: int) -> None:
    chosen = ALARMS[20 : 20 + WORST_COUNT]
    values = standing(*((alarm.number, AlarmState.UNACKNOWLEDGED, 0, 1) for alarm in chosen))
    for alarm in (chosen[0], chosen[15], chosen[-1]):
        assert alarm.title in shown(values, width, height, alarm.number)


def test_without_a_link_every_row_says_so() -> None:
    lost = frame(standing((3, AlarmState.UNACKNOWLEDGED, 0, 0)), state=LinkState.LOST, age_s=5)
    (row,) = [line for line in text(alarm_summary(lost, 140, 30, 0)).splitlines() if "Compressed air low" in line]
    assert "?UNACK" in row


def test_the_banner_counts_what_waits() -> None:
    assert "unack" not in text(banner(frame(), "1 OVERVIEW", 140))
    waiting = standing((3, AlarmState.UNACKNOWLEDGED, 0, 0))
    assert "A 1 unack " in text(banner(frame(waiting), "1 OVERVIEW", 140))
    assert "A 1 unack FLOOD" in text(banner(frame({**waiting, "Line.AlarmFlood": 1}), "1 OVERVIEW", 140))
