"""Nothing is lost, nothing moves without permission and no line is stuck for ever, whatever recipe and operators do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from firmware_sim.plc.seat import Owner
from protocols.packml import Command, Mode, State
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.station_map import COMMAND_BITS
from sector7.recipe import PowerRecipe, Recipe
from sector7.rig.rig import Rig
from tests.sector7.lines import HOUR, MINUTE, SECOND, advance, bring_back, edge, give, line, produces, small

Action = tuple[str, int, int]

#: Derandomised: the same examples on every machine and in every run, so a failure is a change of ours.
FIXED = settings(
    derandomize=True, deadline=None, database=None, print_blob=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)  # fmt: skip


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    """Any line that a recipe may describe, with machines that fail every few minutes."""
    inner = draw(st.sets(st.integers(2, 11)))
    numbers = sorted({1, 12, *inner, *([5] if 10 in inner else [])})
    start = draw(st.sampled_from(("warm", "dormant")))
    places = {n: draw(st.integers(1, 3)) for n in numbers}
    rework = draw(st.integers(1, 4))
    loop = sum(places[n] + 1 for n in numbers if 5 <= n <= 10) + rework if 10 in numbers else 256
    fewest = max(8 if 11 in numbers else 1, sum(8 if n == 11 else 1 for n in numbers[1:]) if start == "warm" else 1)
    assume(fewest < loop)
    # the fullest line that is allowed is the one that would lock up first
    pallets = draw(st.one_of(st.integers(fewest, min(loop - 1, fewest + 12)), st.just(min(loop - 1, 40))))
    stations: list[dict[str, Any]] = [
        {
            "number": n,
            "places": pallets if n == 1 else places[n],
            "transit_s": float(draw(st.integers(1, 20))),
            "mtbf_h": draw(st.sampled_from((0.5, 1.0, 4.0, 1000.0))),
            "mttr_min": draw(st.sampled_from((0.1, 1.0, 4.0))),
            "minor_stop_min": draw(st.sampled_from((4.0, 15.0, 60.0))),
            "hidden_defects": draw(st.sampled_from((0.0, 0.05, 0.6))),
            "wear": draw(st.sampled_from((0.0, 1.0, 20.0))),
        }
        for n in numbers
    ]
    return Recipe.model_validate(
        {
            "name": "any",
            "start": start,
            "dormant": {"commissioned": True},
            "pallets": pallets,
            "crews": draw(st.integers(1, 3)),
            "rework_places": rework,
            "rework_transit_s": float(draw(st.integers(1, 60))),
            "utility_mtbf_h": draw(st.sampled_from((2.0, 10.0, 1000.0))),
            "station": stations,
        }
    )


_STATION = st.integers(1, 12)
_COMMAND = st.sampled_from([int(command) for command in Command])
_MODE = st.sampled_from([int(mode) for mode in Mode])
ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.tuples(st.just("line command"), st.just(0), _COMMAND),
    st.tuples(st.just("station command"), _STATION, _COMMAND),
    st.tuples(st.just("station command"), _STATION, _COMMAND),
    st.tuples(st.just("station mode"), _STATION, _MODE),
    st.tuples(st.just("line mode"), st.just(0), _MODE),
    st.tuples(st.just("set point"), st.integers(0, 47), st.integers(0, 100)),
    st.tuples(st.just("jam clear"), _STATION, st.just(0)),
    st.tuples(st.just("jam clear all"), st.just(0), st.just(0)),
    st.tuples(st.just("e-stop"), st.just(0), st.integers(0, 1)),
    st.tuples(st.just("auto recovery"), st.just(0), st.integers(0, 1)),
    st.tuples(st.just("order"), st.integers(0, 9), st.integers(0, 5)),
    st.tuples(st.just("link"), _STATION, st.integers(0, 1)),
    st.tuples(st.just("owner"), _STATION, st.integers(0, 2)),
    st.tuples(st.just("take over"), _STATION, st.integers(0, 511)),
    st.tuples(st.just("owner's state"), _STATION, st.integers(0, 17)),
    st.tuples(st.just("owner's outputs"), _STATION, st.integers(0, 511)),
    st.tuples(st.just("owner's outputs"), _STATION, st.integers(0, 511)),
    st.tuples(st.just("sag"), st.integers(0, 1000), st.integers(1, 1500)),
    st.tuples(st.just("mains"), st.just(0), st.integers(0, 1)),
    st.tuples(st.just("breaker"), st.integers(0, 12), st.integers(1, 3)),
    st.tuples(st.just("generator"), st.just(0), st.integers(0, 2)),
    st.tuples(st.just("fuel"), st.integers(0, 3), st.integers(0, 20)),
)
#: Whole shifts: what is done, and how long after the action before it (milliseconds: also in the middle of a step).
SHIFTS = st.lists(st.tuples(st.integers(0, 240_000), ACTIONS), min_size=2, max_size=14)


def act(rig: Rig, action: Action) -> None:
    """One action of an operator, or of somebody at the emergency stop or the cables."""
    _ACTS[action[0]](rig, action[1], action[2])


def _set_point(rig: Rig, which: int, share: int) -> None:
    io = BY_NUMBER[1 + which % 12]
    setpoint = io.setpoints[which // 12 % len(io.setpoints)]
    rig.request(f"{io.code}.{setpoint.name}_sp", setpoint.low + (setpoint.high - setpoint.low) * share // 100)


def _mode(rig: Rig, owner: str, mode: int) -> None:
    rig.request(f"{owner}.UnitMode", mode)
    edge(rig, f"{owner}.UnitModeChangeRequest")


def _order(rig: Rig, number: int, target: int) -> None:
    rig.request("Line.OrderNumberRequest", number)
    rig.request("Line.OrderTargetRequest", target)
    edge(rig, "Line.OrderChangeRequest")


def _outputs(rig: Rig, number: int, bits: int) -> None:
    """An owner writes its whole coil table: outputs, verdict, stack light, acknowledge."""
    io = BY_NUMBER[number]
    names = [*io.outputs, *(name for _, name, _ in COMMAND_BITS)]
    for i, name in enumerate(names):
        rig.request(f"{io.code}.Board.{name}", bits >> i & 1)


def _take_over(rig: Rig, number: int, bits: int) -> None:
    """Held, given to an external PLC, and commanded by it."""
    give(rig, f"ST{number:02d}", Command.HOLD)
    rig.request(f"ST{number:02d}.OwnerRequest", Owner.EXTERNAL, rig.now + SECOND)
    advance(rig, 2 * SECOND)
    _outputs(rig, number, bits)


def _link(rig: Rig, number: int, up: int) -> None:
    for cabinet in rig.cabinets:
        if cabinet.station.number == number:
            cabinet.link(rig.now, bool(up))


def _mains(rig: Rig, _: int, there: int) -> None:
    (rig.plant.power.mend if there else rig.plant.power.fail)(rig.now)


def _breaker(rig: Rig, number: int, what: int) -> None:
    """Closed or opened by an engineer, or tripped by a short circuit."""
    if number not in rig.plant.power.feeders:
        return
    if what == 3:
        rig.plant.power.trip_breaker(rig.now, number)
    else:
        rig.request(f"ST{number:02d}.BreakerRequest" if number else "Line.ServicesBreakerRequest", what)


def _fuel(rig: Rig, litres: int, charge: int) -> None:
    rig.plant.power.generator.fill(rig.now, litres)
    rig.plant.power.ups.drain(rig.now, charge / 100)


_ACTS: dict[str, Callable[[Rig, int, int], None]] = {
    "line command": lambda rig, _, command: give(rig, "Line", Command(command)),
    "station command": lambda rig, number, command: give(rig, f"ST{number:02d}", Command(command)),
    "station mode": lambda rig, number, mode: _mode(rig, f"ST{number:02d}", mode),
    "line mode": lambda rig, _, mode: _mode(rig, "Line", mode),
    "set point": _set_point,
    "jam clear": lambda rig, number, _: edge(rig, f"ST{number:02d}.JamClear"),
    "jam clear all": lambda rig, _number, _raw: edge(rig, "Line.JamClearAll"),
    "e-stop": lambda rig, _, pressed: rig.plant.e_stop(rig.now, bool(pressed)),
    "auto recovery": lambda rig, _, on: rig.request("Line.AutoRecovery", on),
    "order": _order,
    "link": _link,
    "owner": lambda rig, number, owner: rig.request(f"ST{number:02d}.OwnerRequest", owner),
    "take over": _take_over,
    "owner's state": lambda rig, number, state: rig.request(f"ST{number:02d}.ExternalState", state),
    "owner's outputs": _outputs,
    "sag": lambda rig, permille, ms: rig.plant.power.sag(rig.now, ((permille, ms * 1000), (1000 - permille, 50_000))),
    "mains": _mains,
    "breaker": _breaker,
    "generator": lambda rig, _, mode: rig.request("Line.GeneratorMode", mode),
    "fuel": _fuel,
}


def shift(recipe: Recipe, seed: int, actions: list[tuple[int, Action]]) -> Rig:
    """A shift of disturbances; afterwards the operator brings the line back and it must produce by itself."""
    rig = Rig(recipe, seed)
    advance(rig, MINUTE)
    for after_ms, action in actions:
        advance(rig, after_ms * 1000)
        act(rig, action)
    advance(rig, 5 * MINUTE)
    bring_back(rig)
    produces(rig)
    return rig


@settings(FIXED, max_examples=50)
@given(recipes(), st.integers(0, 1000), SHIFTS)
def test_any_shift(recipe: Recipe, seed: int, actions: list[tuple[int, Action]]) -> None:
    shift(recipe, seed, actions)


@pytest.mark.nightly
@settings(FIXED, max_examples=600)
@given(recipes(), st.integers(0, 1000), SHIFTS)
def test_many_shifts(recipe: Recipe, seed: int, actions: list[tuple[int, Action]]) -> None:
    shift(recipe, seed, actions)


# ---- what shifts have found, told plainly
def test_robots_sent_back_are_worked_on_again_where_no_machining_stands_before_assembly() -> None:
    """The operation that stays valid after a rework is that of the station before joint assembly, whichever it is."""
    rig = Rig(small(hidden_defects=0.9), 1)
    for _ in range(4):
        advance(rig, HOUR, MINUTE)
        produces(rig, idle_us=HOUR)
    assert rig.plant.ledger.completed + rig.plant.ledger.scrapped > 60
    assert any(len(robot.results) > 4 for robot in rig.plant.ledger.finished)


def test_a_reject_that_was_gripped_when_pack_out_was_aborted_is_lifted_off_afterwards() -> None:
    """After the reset the gripper has only begun to open when it is asked to grip again."""
    rig = Rig(line((1, 3, 12), pallets=4, wear=100.0, mtbf_h=1e6, minor_stop_min=1e5, utility_mtbf_h=1e6), 1)
    pack_out = rig.line.units[-1]
    for _ in range(3):
        while "reject" not in pack_out.step.name:
            assert rig.now < 5 * HOUR
            advance(rig, 10_000)
        while pack_out.step.name != "Lift robot":
            advance(rig, 10_000)
        give(rig, "ST12", Command.ABORT)
        advance(rig, 5 * SECOND)
        give(rig, "ST12", Command.CLEAR)
        before = rig.plant.ledger.scrapped
        advance(rig, 3 * MINUTE)
        assert rig.plant.ledger.scrapped > before


def test_a_line_with_an_empty_tank_goes_dark_and_is_brought_back_with_a_full_one() -> None:
    """Without control voltage the safety relays drop: an operator starts the line again, and fills the tank first."""
    recipe = line((1, 2, 12), pallets=3, mtbf_h=1e6, minor_stop_min=1e5, utility_mtbf_h=1e6)
    rig = Rig(recipe.model_copy(update={"power": PowerRecipe(generator=True)}), 1)
    advance(rig, MINUTE)
    _fuel(rig, 0, 5)
    _mains(rig, 0, 0)
    advance(rig, 10 * MINUTE)
    _mains(rig, 0, 1)
    advance(rig, 10 * MINUTE)
    dark = rig.line.state
    bring_back(rig)
    _mains(rig, 0, 0)
    advance(rig, 10 * MINUTE)
    assert (dark, rig.line.state) == (State.ABORTED, State.EXECUTE)
    produces(rig)


def test_a_line_cannot_be_suspended_and_says_so() -> None:
    """Nothing is up- or downstream of it; taken all the same, it would never end."""
    rig = Rig(small(), 1)
    advance(rig, 30 * SECOND)
    give(rig, "Line", Command.SUSPEND)
    advance(rig, SECOND)
    assert rig.line.refused
    assert rig.line.state is State.EXECUTE
