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


def test_an_inverted_input_reads_the_opposite() -> None:
    t = Strip().terminals
    t.distort(1, inverted=A)
    assert t.inputs & A
    t.set(2, A)
    assert not t.inputs & A
    t.distort(3)
    assert t.inputs & A


def test_swapped_inputs_show_each_others_sensor() -> None:
    strip = Strip()
    t = strip.terminals
    t.set(1, A)
    t.distort(2, swapped=((A, B),))
    assert t.inputs & (A | B) == B
    t.clear(3, A)
    t.set(4, B)
    assert t.inputs & (A | B) == A
    assert strip.rows == [(1, 0, 1), (2, 0, 0), (2, 1, 1), (3, 1, 0), (4, 0, 1)]
    assert t.injected == A | B
    t.distort(5)
    assert (t.inputs & (A | B), t.injected) == (B, 0)


def test_cleaning_a_lens_mends_nothing_that_was_injected() -> None:
    t = Strip().terminals
    t.distort(1, on=A)
    t.stick(2, A, False)
    assert t.inputs & A
    t.mend(3, A)
    assert t.inputs & A
    t.distort(4)
    assert not t.inputs & A


ACTIONS = ("set", "clear", "invert", "on", "off", "swap", "right", "stick 0", "stick 1", "mend")
Action = st.tuples(st.sampled_from(ACTIONS), st.sampled_from((A, B, C)))


@given(st.lists(Action, max_size=40))
def test_the_strip_against_a_plain_model(actions: list[tuple[str, int]]) -> None:
    """Inputs are what the faults make of the sensors, and replaying the log gives the inputs."""
    strip = Strip()
    t = strip.terminals
    sensor = dict.fromkeys((A, B, C), False)
    stuck: dict[int, bool | None] = dict.fromkeys((A, B, C), None)
    wires = dict.fromkeys((A, B, C), "right")
    for now, (action, bit) in enumerate(actions):
        match action:
            case "set" | "clear":
                sensor[bit] = action == "set"
                (t.set if sensor[bit] else t.clear)(now, bit)
            case "mend":
                stuck[bit] = None
                t.mend(now, bit)
            case "stick 0" | "stick 1":
                stuck[bit] = action == "stick 1"
                t.stick(now, bit, action == "stick 1")
            case _:
                wires[bit] = action
                which = {kind: sum(b for b in wires if wires[b] == kind) for kind in ("on", "off", "invert")}
                swapped = ((A, B),) if wires[A] == "swap" else ()
                t.distort(now, on=which["on"], off=which["off"], inverted=which["invert"], swapped=swapped)
        for b in sensor:
            other = {A: B, B: A, C: C}[b] if wires[A] == "swap" else b
            wanted: bool | None = sensor[other] is not (wires[b] == "invert")
            wanted = wanted if stuck[b] is None else stuck[b]
            wanted = {"on": True, "off": False}.get(wires[b], wanted)
            assert bool(t.inputs & b) is wanted
        faulty = {b for b in sensor if wires[b] in ("on", "off", "invert") or stuck[b] is not None}
        assert t.injected == sum(faulty | ({A, B} if wires[A] == "swap" else set()))
        assert t.actual == SAFETY_BIT | sum(b for b in sensor if sensor[b])
    replayed = SAFETY_BIT
    for (_, number, value), (_, bit) in zip(strip.rows, strip.edges, strict=True):
        assert 1 << number == bit
        assert bool(replayed & bit) is not bool(value)
        replayed ^= bit
    assert replayed == t.inputs
