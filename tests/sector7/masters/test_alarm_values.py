"""The alarm that the server shows by itself, while the plant can be told nothing."""

from __future__ import annotations

import pytest

from protocols.alarms.alarm import AlarmState, ServiceCommand, priority_of, state_of
from protocols.alarms.table import BY_ALARM
from protocols.tags.tag import Table
from sector7.masters.values import UNWRITABLE, WRITTEN, PlantValues
from tests.sector7.lines import MINUTE, SECOND
from tests.sector7.test_alarms import running, trip

TAG = "Line.Alarm.journal_failed"
NUMBER = next(number for number, alarm in BY_ALARM.items() if alarm.tag == TAG)
COUNTERS = (
    "Line.AlarmsStanding",
    "Line.AlarmsUnacknowledged",
    "Line.AlarmsHigh",
    "Line.AlarmsMedium",
    "Line.AlarmTotal",
)


def test_it_stands_among_the_plants_alarms_and_goes_without_a_trace() -> None:
    rig = running()
    trip(rig, "air", True)
    rig.run(12 * MINUTE)
    values, trace = PlantValues(rig, 1), rig.trace.count
    generations: list[int] = []
    shown: list[list[int]] = []
    now = values.values(1)
    for state in (WRITTEN, UNWRITABLE, UNWRITABLE, WRITTEN, UNWRITABLE):
        values.journal_state = state
        now = values.values(1)
        assert now["Line.AlarmGenerationBefore"] == now["Line.AlarmGenerationAfter"]
        generations.append(now["Line.AlarmGenerationBefore"])
        shown.append([now[name] for name in COUNTERS])
    before = shown[0]
    assert shown[3] == before
    assert shown[1] == shown[2] == shown[4] == [before[0] + 1, before[1] + 1, before[2] + 1, before[3], before[4]]
    assert len(set(generations)) == 4
    assert generations == sorted(generations)
    assert state_of(now[TAG]) == AlarmState.UNACKNOWLEDGED
    first = [now[f"Line.Worst01.{item}"] for item in ("Number", "Word", "Time")]
    assert first == [NUMBER, now[TAG], rig.now], "before an alarm of medium priority"
    assert priority_of(now["Line.Worst02.Word"]) < priority_of(now[TAG])
    assert rig.trace.count == trace


@pytest.mark.parametrize("journal_state", [WRITTEN, UNWRITABLE])
def test_who_took_it_out_of_service_does_not_see_it(journal_state: int) -> None:
    rig = running(MINUTE)
    values = PlantValues(rig, 1)
    values.write(1, Table.HOLDING, 264, [int(ServiceCommand.OUT_OF_SERVICE), NUMBER, 1], "engineer")
    rig.run(rig.now + SECOND)
    values.journal_state = journal_state
    now = values.values(1)
    assert state_of(now[TAG]) == AlarmState.OUT_OF_SERVICE
    assert now["Line.AlarmsHigh"] == 0
