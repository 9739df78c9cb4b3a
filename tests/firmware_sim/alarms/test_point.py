"""The state machine of one alarm: every state and event in a table, and random events against a plain model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.alarms.point import BY_CAUSE, IN_MAINTENANCE, Point
from protocols.alarms.alarm import AlarmState
from tests.firmware_sim.alarms.alarm_bench import alarm

EVENTS: Final[dict[str, Callable[[Point], object]]] = {
    "on": lambda point: None if point.active else point.activate(),
    "off": lambda point: point.clear() if point.active else None,
    "acknowledge": Point.acknowledge,
    "reset": Point.reset,
    "shelve": lambda point: point.shelve(1),
    "unshelve": Point.unshelve,
    "suppress": lambda point: point.suppress(BY_CAUSE, True),
    "release": lambda point: point.suppress(BY_CAUSE, False),
    "out": lambda point: point.serve(True),
    "back": lambda point: point.serve(False),
}

#: From Normal into each state, without and with the condition there.
WAYS: Final = {
    "1": "", "2": "on", "3": "on acknowledge", "4": "on off", "5": "shelve", "5+": "on shelve", "6": "suppress",
    "6+": "on suppress", "7": "out", "7+": "on out", "8": "on off", "9": "on acknowledge off",
}  # fmt: skip

#: State (with + the condition is there), then where each event leads; the last two rows are of alarms that latch.
TABLE: Final = """
state  on  off  acknowledge  reset  shelve  unshelve  suppress  release  out  back
1      2   1    1            1      5       1         6         1        7    1
2      2   4    3            2      5       2         6         2        7    2
3      3   1    3            3      5       3         6         3        7    3
4      2   4    1            4      5       4         6         4        7    4
5      5   5    5            5      5       1         6         5        7    5
5+     5   5    5            5      5       2         6         5        7    5
6      6   6    6            6      6       6         6         1        7    6
6+     6   6    6            6      6       6         6         2        7    6
7      7   7    7            7      7       7         7         7        7    1
7+     7   7    7            7      7       7         7         7        7    2
8      2   8    9            4      5       8         6         8        7    8
9      2   9    9            1      5       9         6         9        7    9
"""


def rows() -> list[tuple[str, str, int]]:
    head, *lines = (line.split() for line in TABLE.strip().splitlines())
    return [(row[0], event, int(to)) for row in lines for event, to in zip(head[1:], row[1:], strict=True)]


def brought(state: str) -> Point:
    point = Point(alarm(1, latching=state in "89"))
    for event in WAYS[state].split():
        EVENTS[event](point)
    assert point.state == int(state[0])
    return point


def test_the_table_is_whole() -> None:
    assert {int(state[0]) for state, _, _ in rows()} == {int(state) for state in AlarmState}
    assert {event for _, event, _ in rows()} == set(EVENTS)


@pytest.mark.parametrize(("state", "event", "to"), rows())
def test_where_an_event_leads(state: str, event: str, to: int) -> None:
    point = brought(state)
    EVENTS[event](point)
    assert point.state == to


@pytest.mark.parametrize("state", WAYS)
@pytest.mark.parametrize("event", ["acknowledge", "reset", "shelve", "unshelve", "out", "back"])
def test_a_command_says_whether_it_was_obeyed(state: str, event: str) -> None:
    point = brought(state)
    facts = point.state, point.shelved, point.out
    assert EVENTS[event](point) is ((point.state, point.shelved, point.out) != facts)


def test_what_latches_unacknowledged_and_is_reset_still_wants_to_be_seen() -> None:
    point = brought("8")
    assert point.reset()
    assert point.state == AlarmState.RETURNED


def test_a_shelf_holds_behind_a_suppression() -> None:
    point = brought("5+")
    point.suppress(IN_MAINTENANCE, True)
    point.suppress(BY_CAUSE, True)
    point.suppress(IN_MAINTENANCE, False)
    assert point.state == AlarmState.SUPPRESSED
    point.suppress(BY_CAUSE, False)
    assert point.state == AlarmState.SHELVED


class Facts:
    """The standard in plain words: what is known of an alarm, and the state that follows from it."""

    def __init__(self, latching: bool) -> None:
        self.latching = latching
        self.there = self.unseen = self.held = False
        self.shelved = self.suppressed = self.out = False

    @property
    def hidden(self) -> bool:
        return self.shelved or self.suppressed or self.out

    @property
    def state(self) -> int:
        for fact, state in ((self.out, 7), (self.suppressed, 6), (self.shelved, 5)):
            if fact:
                return state
        if self.there:
            return 2 if self.unseen else 3
        if self.held:
            return 8 if self.unseen else 9
        return 4 if self.unseen else 1

    def happen(self, event: str) -> None:
        before = self.hidden
        if event in ("on", "off"):
            self._condition(event == "on")
        elif event == "acknowledge" and not self.hidden:
            self.unseen = False
        elif event == "reset" and not self.hidden:
            self.held = False
        elif event == "shelve" and not self.hidden:
            self.shelved = True
        elif event == "unshelve":
            self.shelved = False
        elif event in ("suppress", "release"):
            self.suppressed = event == "suppress"
        elif event in ("out", "back"):
            self.out = event == "out"
        if before and not self.hidden:
            self.unseen, self.held = self.there, False

    def _condition(self, on: bool) -> None:
        if on and not self.there:
            self.unseen, self.held = True, False
        elif self.there and not on:
            self.held = self.latching
        self.there = on


@given(st.booleans(), st.lists(st.sampled_from(sorted(EVENTS)), max_size=40))
def test_random_lives_follow_the_standard(latching: bool, life: list[str]) -> None:
    point, facts = Point(alarm(1, latching=latching)), Facts(latching)
    for event in life:
        EVENTS[event](point)
        facts.happen(event)
        assert (point.state, point.active) == (facts.state, facts.there), event
