"""The event log's page: what is found, and that it fits."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hmi.draw.spans import length
from hmi.frame import Frame
from hmi.link.event_log import event_file, matching, told
from hmi.panels.event_log import Reading, event_log
from protocols.alarms.alarm import LOG_ALARM
from protocols.alarms.table import ALARMS
from protocols.modbus.server import PlantServer
from protocols.packml import State
from protocols.records.event_text import What
from protocols.records.journal_files import Event, event_words
from tests.hmi.bench import Bench
from tests.hmi.frames import frame, text
from tests.hmi.test_panels import any_frames
from tests.hmi.toy_plant import ToyPlant

HELD = Event(3, 61_000, 5, What.STATE, State.HELD)
AIR = Event(2, 60_000, 0, What.AIR, 0)
ALARM = next(one for one in ALARMS if one.station == 7)
RAISED = Event(9, 99_500, 7, LOG_ALARM + ALARM.number, 0x32)
ANY = st.builds(
    Event, st.integers(1, 99), st.integers(0, 2**40), st.integers(0, 12), st.sampled_from([*What, 4399, 77]),
    st.integers(0, 2**32 - 1),
)  # fmt: skip


def test_events_are_found_by_station_kind_and_text() -> None:
    file = event_file()
    file.entries = [event_words(RAISED), event_words(HELD), event_words(AIR), [1, 2]]
    events = told(file)
    assert [one.event for one in events] == [RAISED, HELD, AIR]

    def found(typed: str) -> list[Event]:
        return [one.event for one in matching(events, typed)]

    assert found("") == [RAISED, HELD, AIR]
    assert found("st05 held") == found("joint assembly") == [HELD]
    assert found("supply") == found("LINE missing") == [AIR]
    assert found("alarm") == found(ALARM.tag) == found(f"{ALARM.number}") == [RAISED]
    assert found("st05 alarm") == []
    assert found("-state -supply") == [RAISED]
    assert found("- line") == found("line -") == [AIR], "a minus alone is being typed"


def test_the_selected_alarm_tells_cause_and_action() -> None:
    file = event_file()
    file.entries = [event_words(RAISED), event_words(HELD)]
    said = text(event_log(frame({"Line.SimulatedTime": 100_000_000}), Reading(told(file), 2, "", 0, True), 140, 20))
    assert "ST07 Power cell  at 00:01:39.500, 0s ago  event 9" in said
    assert f"Cause   {ALARM.cause}"[:100] in said
    assert f"Action  {ALARM.action}"[:100] in said


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_frames(), st.lists(ANY, max_size=40), st.data(), st.integers(80, 220), st.integers(18, 60))
def test_it_fits(shown: Frame, events: list[Event], data: st.DataObject, width: int, height: int) -> None:
    file = event_file()
    file.entries = [event_words(event) for event in events]
    place = data.draw(st.integers(0, max(0, len(events) - 1)))
    lines = event_log(shown, Reading(told(file), len(events), "x", place, False), width, height)
    assert len(lines) <= height
    assert all(length(line) in (0, width) for line in lines)


async def test_a_plant_without_a_journal_has_no_such_page(bench: Bench, plant: ToyPlant, server: PlantServer) -> None:
    await bench.press("i")
    assert bench.last[1] == "the plant keeps no journal"
    plant.set(**{"Line.JournalState": 1})
    await bench.until(lambda: bench.desk.frame().raw("Line.JournalState"))
    await bench.press("i")
    assert bench.app.opened == "events"
