"""What words come to, and what a frame comes to in words; nothing is connected."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmi.desk import desk
from hmi.link.connect import plant_client
from hmi.plain import report
from hmi.plain.changes import MOST_ALARMS, changes
from hmi.plain.commissioning import WORDS
from hmi.plain.orders import PACKML, Proposal, propose
from hmi.plain.unclear import Unclear
from protocols.alarms.alarm import AlarmState, Priority, status_word
from protocols.alarms.table import ALARMS
from protocols.stations.io_table import BY_NUMBER
from tests.hmi.frames import frame

COMMANDER = desk(plant_client("127.0.0.1", 1), time.monotonic).commander
#: Station 1 is released, 5 and 6 are in their input check, at an input and at a transmitter.
COMMISSIONING = {"ST01.CommissionStage": 7, "ST05.CommissionStage": 2, "ST05.CommissionItem": 3,
                 "ST05.CommissionActivity": 2, "ST06.CommissionStage": 2, "ST06.CommissionItem": 8}  # fmt: skip
FRAME = frame(COMMISSIONING)
_WORD = st.one_of(
    st.sampled_from(
        [
            "line",
            "all",
            "5",
            "ST05",
            "station",
            "501",
            "ST05.torque_low",
            "3",
            "30",
            "-1",
            "²",
            "1e9",
            "produce",
            "nothing",
            "clamped",
            "swapped-inputs",
            "dead-board",
        ]
    ),
    st.text(max_size=8),
)


_VERBS = [*PACKML, "jam", "set", "ack", "shelve", "unshelve", *WORDS]


@given(verb=st.sampled_from(_VERBS), rest=st.lists(_WORD, max_size=4))
def test_words_are_an_order_or_unclear(verb: str, rest: list[str]) -> None:
    try:
        found: Proposal | str = propose(verb, rest, COMMANDER, FRAME)
    except Unclear as unclear:
        found = str(unclear)
    if isinstance(found, Proposal):
        assert found.text.endswith(".")
        assert found.refusal(), "without a plant nothing can be given"
    else:
        assert found, "what is unclear is explained"


@pytest.mark.parametrize(("words", "expected"), [
    ("set ST05.torque_low", "set wants a set point and a value"),
    ("set ST05.nothing 5", "ST05.nothing is no set point"),
    ("shelve 501 0 30", "0 is no reason"),
    ("shelve 501 1 1000", "this alarm may be shelved for 1 to"),
    ("ack 99", "99 is no alarm"),
    ("step 13", "step wants a station 1 to 12"),
    ("commission everything", "commission, commission produce, commission 5"),
    ("saw 5 lamp", "say nothing, or the input that changed: pallet_present"),
    ("saw 6 lamp", "of a transmitter say right or wrong"),
    ("saw 1 nothing", "nothing waits to be confirmed at ST01"),
    ("crew 5 rust", "crew wants a diagnosis: dead-board"),
    ("crew 5 swapped-inputs", "want the other input: pallet_present"),
    ("hold 13", "13 is neither a station 1 to 12 nor the line"),
])  # fmt: skip
def test_what_was_expected_is_said(words: str, expected: str) -> None:
    verb, *rest = words.split()
    with pytest.raises(Unclear, match=expected):
        propose(verb, rest, COMMANDER, FRAME)


def test_commissioning_is_asked_for_and_told_in_sentences() -> None:
    name = BY_NUMBER[5].inputs[3]
    assert propose("step", ["5"], COMMANDER, FRAME).text == (
        "ST05 do the next step. Ledger Communicating to I/O checked. Mechanisms may move. Keep clear."
    )
    assert propose("saw", ["5", name], COMMANDER, FRAME).text.startswith(f"ST05 saw {name} change. Expected {name}")
    assert propose("crew", ["5", "swapped-inputs", name], COMMANDER, FRAME).text.startswith(
        f"ST05 crew for swapped inputs with {name}."
    )
    told = changes(frame({"ST01.CommissionStage": 6}), FRAME)
    assert "14:12:12 ST01 Kitting: commissioning, released" in told
    waits = f"ST05 Joint assembly: commissioning, communicating, waits for confirmation ({name})"
    assert f"14:12:12 {waits}" in told
    assert waits in report.ledger(FRAME)


def test_a_flood_is_told_by_its_worst_and_a_number() -> None:
    words = {
        one.tag: status_word(AlarmState.UNACKNOWLEDGED, one.priority, 0) for one in ALARMS if one.station
    }  # fmt: skip
    lines = changes(frame(), frame(words))
    told = [line for line in lines if "Alarm " in line]
    assert len(told) == MOST_ALARMS
    assert any(one.priority is Priority.HIGH for one in ALARMS if one.station)
    assert "high" in told[0]
    assert lines[-1].endswith(f"and {len(words) - MOST_ALARMS} more alarms changed; alarms lists them")


def test_alarms_are_listed_the_most_urgent_first() -> None:
    low = next(one for one in ALARMS if one.priority is Priority.LOW)
    high = next(one for one in ALARMS if one.priority is Priority.HIGH)
    shelved = next(one for one in ALARMS if one not in (low, high))
    lines = report.alarms(frame({
        shelved.tag: status_word(AlarmState.SHELVED, shelved.priority, 0),
        low.tag: status_word(AlarmState.UNACKNOWLEDGED, low.priority, 0),
        high.tag: status_word(AlarmState.UNACKNOWLEDGED, high.priority, 0),
    }))  # fmt: skip
    assert [line.split(",")[0] for line in lines] == [f"Alarm {one.number}" for one in (high, low, shelved)]


def test_stale_values_are_called_so() -> None:
    stale = frame(age_s=5.0)
    assert "OEE: last known 71.4 %" in report.figures(stale)
    assert "last known HELD" in report.stations(stale)[4]
    assert report.link(stale).startswith("Link lost")


def test_it_needs_no_screen() -> None:
    probe = "import sys, hmi.plain.console; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
