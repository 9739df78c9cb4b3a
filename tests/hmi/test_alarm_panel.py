"""The alarm summary as lines: what is said of each alarm, and that nothing is said of what nobody knows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hmi.draw.spans import length
from hmi.link.snapshot import LinkState
from hmi.panels.alarm_rows import newest_worst
from hmi.panels.alarm_view import Shown, Summary, listing, rows
from hmi.panels.alarms import alarm_summary, visible
from hmi.panels.banner import banner
from protocols.alarms.alarm import CONSEQUENCE, FIRST_OUT, UNACKNOWLEDGED, Alarm, AlarmState, Priority, status_word
from protocols.alarms.table import ALARMS, BY_ALARM
from protocols.tags.alarm_map import WORST_COUNT
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
        lines = shown(values, width, height, alarm.number).splitlines()
        assert alarm in [row.alarm for row in listed]
        for row in listed:
            assert any(f" {row.alarm.group}" in line and row.short in line for line in lines), row.alarm.title


def test_without_a_link_every_row_says_so() -> None:
    lost = frame(standing((3, AlarmState.UNACKNOWLEDGED, 0, 0)), state=LinkState.LOST, age_s=5)
    (row,) = [
        line for line in text(alarm_summary(lost, 140, 30, Summary())).splitlines() if "Compressed air low" in line
    ]
    assert "?UNACK" in row


@pytest.mark.parametrize("width", [80, 140])
def test_the_banner_counts_by_priority_and_names_the_newest_worst(width: int) -> None:
    def told(values: dict[str, int]) -> str:
        lines = banner(frame(values), "1 OVERVIEW", width)
        assert [length(line) for line in lines] == [width, width]
        return text(lines).splitlines()[1]

    calm = told({"Line.FaultsActive": 0})
    assert calm.startswith(" ▲ 0 high ◆ 0 med · 0 low ")
    assert "unack" not in calm
    counts = {"Line.AlarmsHigh": 1, "Line.AlarmsMedium": 2, "Line.AlarmsLow": 12}
    waiting = standing(
        (714, AlarmState.ACKNOWLEDGED, 0, 471), (3, AlarmState.RETURNED, 0, 0), (506, AlarmState.UNACKNOWLEDGED, 0, 0),
        (4, AlarmState.UNACKNOWLEDGED, 0, 0), (202, AlarmState.UNACKNOWLEDGED, 0, 0),
    )  # fmt: skip
    # The acknowledged one is worse, the returned one changed last, but station 2 is what needs somebody now.
    waiting |= {"Line.Worst02.Time": NOW - 1_000_000, "Line.Worst05.Time": NOW - 30_000_000}
    seen = told(waiting | counts)
    assert " ▲ 1 high ◆ 2 med · 12 low  5 unack " in seen
    assert ("*◆ MED ST02 Chassis press: board does not answer" if width == 140 else "*◆ ST02 board does not") in seen
    assert "5 unack FLOOD " in told({**waiting, **counts, "Line.AlarmFlood": 1})
    hot = told(standing((714, AlarmState.UNACKNOWLEDGED, 0, 471)) | counts)
    assert "ST07 Cell temperature high" in hot
    assert width == 80 or "47.1 > 45.0 °C  1m00s" in hot


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(ALARMS), st.tuples(
    st.sampled_from(AlarmState), st.integers(0, 1 << 40), st.integers(-1000, 1000)), max_size=WORST_COUNT))  # fmt: skip
def test_the_newest_worst_is_what_an_operator_would_pick(chosen: dict[Alarm, tuple[AlarmState, int, int]]) -> None:
    values = standing(*((alarm.number, state, 0, value) for alarm, (state, _, value) in chosen.items()))
    values |= {f"Line.Worst{place:02d}.Time": since for place, (_, since, _) in enumerate(chosen.values(), 1)}
    picked = newest_worst(frame(values))
    waiting = {alarm: since for alarm, (state, since, _) in chosen.items() if state in UNACKNOWLEDGED}
    if picked is None:
        assert not waiting
        return
    assert all(alarm.priority <= picked.alarm.priority for alarm in waiting)
    rivals = [
        since for alarm, since in waiting.items()
        if alarm.priority == picked.priority
        and (chosen[alarm][0] == AlarmState.RETURNED) == (picked.state == AlarmState.RETURNED)
    ]  # fmt: skip
    assert picked.since_us == max(rivals)


def test_value_and_limit_have_columns_and_quality_is_told() -> None:
    values = standing(
        (714, AlarmState.UNACKNOWLEDGED, 0, 471), (812, AlarmState.UNACKNOWLEDGED, 0, -153),
        (510, AlarmState.ACKNOWLEDGED, 0, 5), (3, AlarmState.UNACKNOWLEDGED, 0, 0),
    )  # fmt: skip
    values["ST08.LinkOk"] = 0
    head, hot, drift, rejects, air = shown(values, width=140).splitlines()[1:6]
    columns = [head.index(name) for name in ("Tag", "Value", "Limit", "Qual.")]

    def cells(line: str) -> list[str]:
        ends = [*columns[1:], len(line)]
        return [line[a:b].split("  ")[0].strip() for a, b in zip(columns, ends, strict=True)]

    assert cells(hot) == ["ST07.cell_hot", "47.1 °C", "> 45.0 °C", "GOOD"]
    assert cells(drift) == ["ST08.offset_left", "-0.153 mm", "< -0.150 mm", "BAD"], "the board is lost: an old value"
    assert cells(rejects) == ["ST05.reject_rate", "5 of 20", "≥ 4 of 20", "GOOD"]
    assert cells(air) == ["Line.air_low", "—", "—", "GOOD"]
    assert "-0.153 < -0.150 mm" in shown(values, width=80, height=20), "and at 80 columns side by side"


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


def flood(alarms: Sequence[Alarm]) -> dict[str, int]:
    """All of these stand unacknowledged; the plant lists the worst of them."""
    worst = sorted(alarms, key=lambda alarm: -alarm.priority)[:WORST_COUNT]
    values = standing(*((alarm.number, AlarmState.UNACKNOWLEDGED, 0, 1) for alarm in worst))
    values |= {alarm.tag: status_word(AlarmState.UNACKNOWLEDGED, alarm.priority, 0) for alarm in alarms}
    return values | {"Line.AlarmFlood": 1, "Line.AlarmsStanding": len(alarms)}


@pytest.mark.parametrize(("width", "height"), [(80, 20), (140, 38)])
def test_a_flood_rolls_low_priorities_up_and_nothing_else(width: int, height: int) -> None:
    low = [alarm for alarm in ALARMS if alarm.priority is Priority.LOW]
    urgent = [alarm for alarm in ALARMS if alarm.priority is not Priority.LOW]
    values = flood(ALARMS)
    view = Summary()
    listed = listing(frame(values), view)
    assert {row.alarm for row in listed.rows} == set(urgent), "also those that the list of the worst has no room for"
    lines = alarm_summary(frame(values), width, height, view)
    assert all(length(line) in (0, width) for line in lines)
    assert f"+ {len(low)} low-priority alarms, {len(low)} unacknowledged; Z opens" in text(lines)
    assert all(row.priority > Priority.LOW for row in visible(frame(values), width, height, view)), "nor acknowledged"

    opened = listing(frame(values), Summary(unrolled=True))
    assert {row.alarm for row in opened.rows} == set(ALARMS)
    over = listing(frame({**values, "Line.AlarmFlood": 0}), view)
    assert not over.rolled
    assert len(over.rows) == len(ALARMS)
    assert not listing(frame(values), Summary(typed="kitting")).rolled, "what is looked for is shown"

    only = frame(flood(low[:7]))
    assert "+ 7 low-priority alarms" in text(alarm_summary(only, width, height, view))
    assert "No alarm" not in text(alarm_summary(only, width, height, view))


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
