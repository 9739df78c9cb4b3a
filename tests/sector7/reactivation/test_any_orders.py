"""Whatever anybody orders while a plant is commissioned: nothing unproved runs, and the trace is the same both ways."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from protocols.commissioning import Command, Stage
from protocols.packml import Command as PackML
from protocols.packml import State
from sector7.reactivation.recipe import DefectRecipe
from sector7.rig import checkpoint
from sector7.rig.rig import Rig
from sector7.rig.trace import first_difference
from tests.sector7.lines import MINUTE, SECOND, give, look
from tests.sector7.reactivation.team import ask, dormant

NUMBERS = (1, 3, 12)
DEFECTS: tuple[dict[str, Any], ...] = (
    {"kind": "dead_board", "on": "ST03"},
    {"kind": "swapped_inputs", "on": "ST03.clamped", "other": "ST03.gas_ok"},
    {"kind": "inverted_input", "on": "ST01.axis_home"},
    {"kind": "corroded_contact", "on": "ST12.lift_down"},
    {"kind": "drifted_sensor", "on": "ST12.robot_mass", "amount": 8.0},
    {"kind": "seized_axis", "on": "ST03.clamp"},
)
ORDERS = st.lists(
    st.one_of(
        st.tuples(
            st.just("commission"), st.sampled_from(Command), st.sampled_from((0, *NUMBERS)), st.integers(0, 15),
            st.integers(0, 5),
        ),
        st.tuples(
            st.just("packml"), st.sampled_from(list(PackML)[1:]), st.sampled_from(("Line", "ST03")), st.just(0),
            st.just(0),
        ),
        st.tuples(st.sampled_from(("e-stop", "jam")), st.just(0), st.just(0), st.integers(0, 1), st.just(0)),
    ),
    min_size=3, max_size=14,
)  # fmt: skip
FIXED = settings(
    derandomize=True, deadline=None, database=None, print_blob=False, suppress_health_check=list(HealthCheck)
)


def order(rig: Rig, what: tuple[Any, ...]) -> None:
    """Give one of the orders."""
    kind, first, second, value, other = what
    if kind == "commission":
        ask(rig, first, second, value, other, run=False)
    elif kind == "packml":
        give(rig, second, first)
    elif kind == "e-stop":
        rig.plant.e_stop(rig.now, bool(value))
    else:
        rig.request("ST03.JamClear", 0)
        rig.request("ST03.JamClear", 1)


def live(rigs: list[Rig], orders: list[tuple[Any, ...]], pause_us: int) -> None:
    """Give all orders to each rig, and see that nothing runs that was not proved."""
    for what in orders:
        for rig in rigs:
            order(rig, what)
            stages = [station.ledger.stage for station in rig.commissioning.program.stations]
            rig.run(rig.now + pause_us)
            look(rig)
            for station, before in zip(rig.commissioning.program.stations, stages, strict=True):
                released = station.ledger.stage == Stage.RELEASED
                assert station.unit.released is released
                assert released or before != Stage.RELEASED
                assert released or station.unit.state != State.EXECUTE


def agree(orders: list[tuple[Any, ...]], defects: list[dict[str, Any]], seed: int) -> None:
    """The trace of a rig that scans when asked is that of one that always does."""
    recipe = dormant(NUMBERS, *defects)
    rigs = [Rig(recipe, seed, fixed=fixed, keep_trace=True) for fixed in (False, True)]
    for rig in rigs:
        ask(rig, Command.AUTOMATIC)
    live(rigs, orders, 9 * SECOND)
    assert first_difference(rigs[0].trace.entries(), rigs[1].trace.entries()) is None


@given(ORDERS, st.lists(st.sampled_from(DEFECTS), max_size=3, unique_by=lambda d: d["on"]), st.integers(1, 9))
@settings(FIXED, max_examples=6)
def test_scans_when_asked_and_always_agree(
    orders: list[tuple[Any, ...]], defects: list[dict[str, Any]], seed: int
) -> None:
    agree(orders, defects, seed)


@given(ORDERS, st.lists(st.sampled_from(DEFECTS), max_size=3, unique_by=lambda d: d["on"]), st.integers(1, 9))
@settings(FIXED, max_examples=15)
def test_whatever_was_ordered_the_line_can_be_commissioned(
    orders: list[tuple[Any, ...]], defects: list[dict[str, Any]], seed: int
) -> None:
    rig = Rig(dormant(NUMBERS, *defects), seed)
    live([rig], orders, 41 * SECOND)
    rig.plant.e_stop(rig.now, False)
    ask(rig, Command.STOP)
    for number in NUMBERS:
        ask(rig, Command.STOP, number)
    copy = checkpoint.load(json.loads(json.dumps(checkpoint.save(rig))))
    for each in (rig, copy):
        while each.commissioning.program.released < len(NUMBERS):
            if each.commissioning.program.outcome != 1:
                ask(each, Command.PRODUCE)
            each.run(each.now + MINUTE)
            assert each.now < 600 * MINUTE, [s.ledger.stage for s in each.commissioning.program.stations]
        assert not each.faults.active
    assert copy.trace.sha256() == rig.trace.sha256()


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@given(ORDERS, st.lists(st.sampled_from(DEFECTS), max_size=3, unique_by=lambda d: d["on"]), st.integers(1, 99))
@settings(FIXED, max_examples=200)
def test_many_more_agree(orders: list[tuple[Any, ...]], defects: list[dict[str, Any]], seed: int) -> None:
    agree(orders, defects, seed)


def test_every_defect_here_can_be_listed() -> None:
    assert all(DefectRecipe.model_validate(defect) for defect in DEFECTS)
