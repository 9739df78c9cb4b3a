"""The event log: what of the trace gets into it, and how an alarm is told apart from the rest."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from firmware_sim.plc.unit import LOG_REASON
from protocols.alarms.alarm import LOG_ALARM, AlarmState, alarm_logged, state_of
from protocols.alarms.table import BY_ALARM
from protocols.records.journal_files import EVENT_LOG, EVENT_WORDS
from protocols.stations.io_table import BY_NUMBER
from sector7.journal.folder import DATABASE
from sector7.masters.bulk import PlantFiles, StopEvents
from sector7.rig.rig import Rig
from sector7.rig.trace import STRIDE, Entry
from tests.sector7.journal.test_recorder import SECOND, Plant
from tests.sector7.lines import small

ALARM = "Line.Alarm.recovery_off"
NUMBER = next(number for number, alarm in BY_ALARM.items() if alarm.tag == ALARM)


def logged(rig: Rig, files: PlantFiles) -> list[tuple[int, int, int]]:
    """(station, what, value) of every event in file 2."""
    head = files.read(EVENT_LOG, 0, 2)
    assert head is not None
    words = files.read(EVENT_LOG, 2, head[0] * EVENT_WORDS) or ()
    rows = [words[i : i + EVENT_WORDS] for i in range(0, len(words), EVENT_WORDS)]
    return [(row[5], row[6], row[7] << 16 | row[8]) for row in rows]


async def test_transitions_of_alarms_are_events_and_keep_the_alarms_name(tmp_path: Path) -> None:
    plant = Plant(tmp_path, small())
    assert await plant.write("Line.AutoRecovery", 0)
    await plant.run(1810 * SECOND)
    assert await plant.write("Line.AutoRecovery", 1)
    await plant.run(1830 * SECOND)
    alarms = [row for row in logged(plant.rig, PlantFiles(plant.rig, plant.recorder.logs)) if row[1] > LOG_ALARM]
    stations = {station for station, _, _ in alarms}
    assert stations <= {0, *BY_NUMBER}
    mine = [AlarmState(state_of(word)) for station, what, word in alarms if (station, what) == (0, LOG_ALARM + NUMBER)]
    assert mine == [AlarmState.UNACKNOWLEDGED, AlarmState.RETURNED]
    await plant.close()
    with sqlite3.connect(tmp_path / DATABASE) as database:
        rows = database.execute("SELECT log, value FROM event WHERE tag = ? ORDER BY number", (ALARM,)).fetchall()
    assert [(alarm_logged(log), state_of(value)) for log, value in rows] == [(NUMBER, int(state)) for state in mine]


async def test_stops_go_on_over_a_restart_and_no_alarm_is_taken_for_one(tmp_path: Path) -> None:
    """The number of an alarm can look like the stop reason of a station that there is not."""
    seen: list[Entry] = []
    plant = Plant(tmp_path, small())
    assert await plant.write("Line.AutoRecovery", 0)
    for minute in range(60):
        at = plant.rig.trace.count
        await plant.run((minute + 1) * 60 * SECOND)
        seen += plant.rig.trace.since(at)
    await plant.crash()
    assert any(alarm_logged(log) for _, log, _ in seen)
    again = Plant(tmp_path, small())
    queue = StopEvents(again.rig.trace, again.carried.stops).registers()
    events = [queue[i : i + 4] for i in range(0, len(queue), 4)]
    reasons = {STRIDE * number + LOG_REASON for number in BY_NUMBER}
    stops = [(log // STRIDE, value) for _, log, value in seen if log in reasons]
    assert {number for _, number, _, _ in events} <= set(BY_NUMBER)
    assert [(station, reason) for _, station, reason, _ in events][-len(stops) :] == stops[-len(events) :]
    assert events[-1][0] >= len(stops)
    await again.close()
