"""The event log in words."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from protocols.alarms.alarm import LOG_ALARM, AlarmState, Priority, status_word
from protocols.alarms.table import BY_ALARM
from protocols.packml import Mode, State
from protocols.reasons import Reason
from protocols.records.event_text import What, event_kind, event_owner, event_text
from protocols.records.journal_files import Event
from sector7.journal.events import LINE, STATION


def test_everything_that_makes_an_event_has_a_name() -> None:
    assert {*LINE, *STATION} == {int(what) for what in What}


@given(st.integers(0, 13), st.one_of(st.sampled_from(What), st.integers(0, 6000)), st.integers(0, 2**32 - 1))
@example(0, What.OWNER, 1)
@example(0, What.STAND_IN, 0x120)
def test_any_event_has_words(station: int, what: int, value: int) -> None:
    event = Event(1, 0, station, what, value)
    assert event_text(event)
    assert event_kind(event).isalpha()
    assert event_owner(event)


@pytest.mark.parametrize(("station", "what", "value", "kind", "text"), [
    (0, What.E_STOP, 0, "safety", "EMERGENCY STOP"),
    (0, What.AIR, 1, "supply", "Compressed air is back"),
    (0, What.STATE, State.EXECUTE, "state", "Execute"),
    (0, What.REASON, Reason.SAFETY, "reason", "Stop reason: Safety chain open"),
    (5, What.REASON, 104, "reason", "Stop reason: Seat joint 1 timed out"),
    (5, What.REASON, 0, "reason", "Stop reason gone"),
    (5, What.MODE, Mode.MANUAL, "mode", "Mode: Manual"),
    (5, What.OWNER, 1, "owner", "Owner: External PLC"),
    (5, What.OWNER_ALIVE, 0, "owner", "The owner's heartbeat is lost"),
    (5, What.FORCED_INPUTS, 0b101 | 0b100 << 8, "force", "Forced inputs: pallet_present off, clamped on"),
    (5, What.FORCED_OUTPUTS, 0, "force", "No outputs are forced"),
    (5, What.STAND_IN, 1 << 8 | 2 << 4, "degraded", "In the machine's place: Bypass, In place"),
])  # fmt: skip
def test_what_happened_is_said(station: int, what: What, value: int, kind: str, text: str) -> None:
    event = Event(1, 0, station, what, value)
    assert (event_kind(event), event_text(event)) == (kind, text)


def test_an_alarm_says_its_title_state_and_priority() -> None:
    number, alarm = next(iter(BY_ALARM.items()))
    word = status_word(AlarmState.LATCHED_UNACKNOWLEDGED, Priority.HIGH, 0)
    event = Event(1, 0, number // 100, LOG_ALARM + number, word)
    assert event_kind(event) == "alarm"
    assert event_text(event) == f"{alarm.title}: latched unacknowledged, high"
