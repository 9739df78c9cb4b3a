"""The alarm summary as lines: what is said of each alarm, and that nothing is said of what nobody knows."""

from __future__ import annotations

import pytest

from hmi.draw.spans import length
from hmi.link.snapshot import LinkState
from hmi.panels.alarms import Shown, Summary, alarm_summary, rows, visible
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
    lines = alarm_summary(frame(values), width, height, Summary(number=number))
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
        listed = visible(frame(values), width, height, Summary(number=alarm.number))
        assert all(row.alarm.title in shown(values, width, height, alarm.number) for row in listed)
        assert alarm.title in shown(values, width, height, alarm.number)


def test_without_a_link_every_row_says_so() -> None:
    lost = frame(standing((3, AlarmState.UNACKNOWLEDGED, 0, 0)), state=LinkState.LOST, age_s=5)
    (row,) = [
        line for line in text(alarm_summary(lost, 140, 30, Summary())).splitlines() if "Compressed air low" in line
    ]
    assert "?UNACK" in row


def test_the_banner_counts_what_waits() -> None:
    assert "unack" not in text(banner(frame(), "1 OVERVIEW", 140))
    waiting = standing((3, AlarmState.UNACKNOWLEDGED, 0, 0))
    assert "A 1 unack " in text(banner(frame(waiting), "1 OVERVIEW", 140))
    assert "A 1 unack FLOOD" in text(banner(frame({**waiting, "Line.AlarmFlood": 1}), "1 OVERVIEW", 140))


def test_the_list_is_narrowed_by_what_is_typed_and_by_state() -> None:
    values = standing((506, AlarmState.ACKNOWLEDGED, 0, 102), (3, AlarmState.UNACKNOWLEDGED, FIRST_OUT, 0))
    values["ST01.Alarm.kit_light"] = status_word(AlarmState.SHELVED, Priority.LOW, 0)
    values["ST07.Alarm.utility_missing"] = status_word(AlarmState.SUPPRESSED, Priority.LOW, CONSEQUENCE)
    told = frame(values)
    assert [row.alarm.number for row in rows(told, typed="compressed LOW")] == [3]
    assert [row.alarm.number for row in rows(told, typed="shelved")] == [112]
    assert [row.alarm.number for row in rows(told, Shown.WAITING)] == [3]
    assert [row.alarm.number for row in rows(told, Shown.ASIDE)] == [112]
    assert [row.alarm.name for row in rows(told, Shown.BEHIND)] == ["utility_missing"]
    assert "No alarm is among these" in text(alarm_summary(told, 100, 30, Summary(typed="nothing has this")))


def test_consequences_stand_behind_the_first_out_alarm() -> None:
    values = standing((3, AlarmState.UNACKNOWLEDGED, FIRST_OUT, 0))
    values["ST07.Alarm.utility_missing"] = status_word(AlarmState.SUPPRESSED, Priority.LOW, CONSEQUENCE)
    seen = shown(values)
    assert "[first out, 1 behind it] Compressed air low" in seen
    assert "Behind  ST07" in seen


def test_the_health_of_the_alarm_system() -> None:
    values = {"Line.AlarmRate": 12, "Line.AlarmPeak": 20, "Line.AlarmTotal": 40, "Line.AlarmTotalHigh": 2,
              "Line.AlarmTotalLow": 30, "Line.AlarmTotalMedium": 8,
              "Line.AlarmsStale": 1, "Line.AlarmFloods": 3, "Line.AlarmFlood": 1,
              "Line.Top01.Number": 506, "Line.Top01.Count": 17, "Line.AlarmFloodShare": 123}  # fmt: skip
    short = shown(values | standing((506, AlarmState.UNACKNOWLEDGED, 0, 102)), height=38)
    for part in ("12/10 min", "flood above 10", "high 5 %", "low 75 %", f"{BY_ALARM[506].title} (17)"):
        assert part in short
    assert "ALARM SYSTEM HEALTH" not in shown(values, height=20), "the list comes first"
    lines = alarm_summary(frame(values), 80, 20, Summary(health=True))
    page = text(lines)
    assert all(length(line) == 80 for line in lines)
    for part in ("FLOOD now", "floods 3", "1.23 %", "20.0 % ━━━━━━", "17  ━━━━━━━━━━━━"):
        assert part in page
    assert "none yet" in text(alarm_summary(frame(), 80, 20, Summary(health=True)))
