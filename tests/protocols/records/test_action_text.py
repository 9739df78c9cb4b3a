"""What people did to a plant, in words."""

from __future__ import annotations

import pytest

from protocols.records.action_text import action_text, is_logged, is_request
from protocols.roles import Role
from protocols.tags.fault_map import FAULT_COMMANDS
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.session_map import ActionResult, LoggedAction


def said(name: str, old: int, new: int, detail: int) -> str:
    unit, tag = PLANT_MAP.by_name[name]
    where = unit.unit, tag.table, tag.address
    return action_text(LoggedAction(1, 0, 0, Role.ENGINEER, ActionResult.DONE, *where, old, new, "me", detail))


@pytest.mark.parametrize(
    ("old", "new", "detail", "words"),
    [
        (1, 1 << 16 | 5 << 8 | 2, 60, "Inject stuck_on at ST05.clamped  for 60 s"),
        (20, 2 << 16 | 5 << 8, 0, "Inject jammed at ST05.clamp  until it is cleared"),
        (30, 1 << 16 | 4 << 8, 0, "Inject breakdown at ST04"),
        (60, 2 << 16, 90, "Inject utility_loss at air  for 90 min"),
        (1, 1 << 16 | 5 << 8 | 15, 5, "Inject stuck_on at station 5 place 15  for 5 s"),
        (999, 0, 0, "Inject fault kind 999"),
    ],
)
def test_an_injected_fault(old: int, new: int, detail: int, words: str) -> None:
    assert said("Line.FaultChangeRequest", old, new, detail) == words


def test_faults_that_are_cleared() -> None:
    assert said("Line.FaultClearRequest", 3, 0, 0) == "Clear fault 3"
    assert said("Line.FaultClearRequest", 0, 0, 0) == "Clear all injected faults"


def test_of_a_faults_registers_only_its_requests_are_entries() -> None:
    logged = [name for name in FAULT_COMMANDS if is_logged(PLANT_MAP[name])]
    assert logged == ["Line.FaultChangeRequest", "Line.FaultClearRequest"]
    assert all(is_request(PLANT_MAP[name]) for name in logged)
