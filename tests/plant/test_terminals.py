"""The terminal strip: sensors, injections, what is logged and who is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.terminals import LOG_CARRIER, SAFETY_BIT, Terminals

NAMES = ("a", "b", "c")
A, B, C = 1, 2, 4


class Strip:
    def __init__(self, base: int = 0) -> None:
        self.rows: list[tuple[int, int, int]] = []
        self.edges: list[tuple[int, int]] = []
        self.terminals = Terminals(NAMES, (), base, self.rows.append)
        self.terminals.edge = lambda now, bit: self.edges.append((now, bit))


def test_edges_are_logged_and_told_once() -> None:
    strip = Strip(base=64)
    t = strip.terminals
    t.set(5, B)
    t.set(6, B)
    t.clear(7, B)
    t.clear(8, B)
    t.clear(9, SAFETY_BIT)
    assert strip.rows == [(5, 65, 1), (7, 65, 0), (9, 70, 0)]
    assert strip.edges == [(5, B), (7, B), (9, SAFETY_BIT)]
    assert t.inputs == 0


def test_the_bit_without_a_sensor_is_never_there() -> None:
    strip = Strip()
    t = strip.terminals
    assert (t.bit("c"), t.bit("")) == (C, 0)
    t.set(1, t.bit(""))
    t.clear(2, t.bit(""))
    assert (strip.rows, t.inputs) == ([], SAFETY_BIT)
    with pytest.raises(ValueError, match="tuple"):
        t.bit("no such sensor")


def test_the_carrier_is_told_when_it_changes() -> None:
    strip = Strip()
    for t, word in ((1, 7), (2, 7), (3, 0)):
        strip.terminals.show_carrier(t, word)
    assert strip.rows == [(1, LOG_CARRIER, 7), (3, LOG_CARRIER, 0)]
    assert strip.edges == [(1, 0), (3, 0)]


@pytest.mark.parametrize("value", [True, False])
def test_a_stuck_input_keeps_its_value_until_mended(value: bool) -> None:
    strip = Strip()
    t = strip.terminals
    t.set(1, A)
    t.stick(2, A, value)
    assert bool(t.inputs & A) is value
    assert t.injected == A
    t.clear(3, A)
    t.set(4, A)
    t.clear(5, A)
    assert bool(t.inputs & A) is value
    t.mend(6, A)
    assert not t.inputs & A
    assert t.injected == 0
    assert strip.rows[-1] == ((6, 0, 0) if value else (2, 0, 0))


def test_an_inverted_input_reads_the_opposite_until_mended_or_inverted_again() -> None:
    t = Strip().terminals
    t.invert(1, A)
    assert t.inputs & A
    t.set(2, A)
    assert not t.inputs & A
    t.invert(3, A)
    assert t.inputs & A
    t.invert(4, A)
    t.mend(5, A)
    assert t.inputs & A


ACTIONS = ("set", "clear", "invert", "stick 0", "stick 1", "mend")
Action = st.tuples(st.sampled_from(ACTIONS), st.sampled_from((A, B, C)))


@given(st.lists(Action, max_size=40))
def test_the_strip_against_a_plain_model(actions: list[tuple[str, int]]) -> None:
    """Inputs are what the injections make of the sensors, and replaying the log gives the inputs."""
    strip = Strip()
    t = strip.terminals
    sensor = dict.fromkeys((A, B, C), False)
    inverted = dict.fromkeys((A, B, C), False)
    stuck: dict[int, bool | None] = dict.fromkeys((A, B, C), None)
    for now, (action, bit) in enumerate(actions):
        match action:
            case "set" | "clear":
                sensor[bit] = action == "set"
                (t.set if sensor[bit] else t.clear)(now, bit)
            case "invert":
                inverted[bit] = not inverted[bit]
                t.invert(now, bit)
            case "mend":
                inverted[bit], stuck[bit] = False, None
                t.mend(now, bit)
            case _:
                stuck[bit] = action == "stick 1"
                t.stick(now, bit, action == "stick 1")
        for b in sensor:
            wanted = stuck[b]
            if wanted is None:
                wanted = sensor[b] is not inverted[b]
            assert bool(t.inputs & b) is wanted
        assert t.injected == sum(b for b in sensor if inverted[b] or stuck[b] is not None)
        assert t.actual == SAFETY_BIT | sum(b for b in sensor if sensor[b])
    replayed = SAFETY_BIT
    for (_, number, value), (_, bit) in zip(strip.rows, strip.edges, strict=True):
        assert 1 << number == bit
        assert bool(replayed & bit) is not bool(value)
        replayed ^= bit
    assert replayed == t.inputs
