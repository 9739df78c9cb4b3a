"""Whatever stands in for which machine, and whatever fails meanwhile: nothing is lost, and everything repeats."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.stand_in import RESTOCK_S, StandIn
from protocols.packml import Command
from protocols.tags.degraded_map import Degrade
from sector7.recipe import Recipe
from sector7.rig import checkpoint
from sector7.rig.rig import Rig
from tests.sector7.lines import MINUTE, SECOND, advance, bring_back, busy, edge, give, produces
from tests.sector7.test_conservation import ACTIONS, FIXED, Action, act, recipes

_STATION: Final = st.integers(1, 12)
#: An operator stops a station and asks for a mode, in earnest or without stopping it; a machine breaks.
_DEGRADE: st.SearchStrategy[Action] = st.one_of(
    st.tuples(st.just("degrade"), _STATION, st.sampled_from([int(mode) for mode in Degrade])),
    st.tuples(st.just("hold and degrade"), _STATION, st.sampled_from([int(mode) for mode in Degrade])),
    st.tuples(st.just("stop and degrade"), _STATION, st.sampled_from([int(mode) for mode in Degrade])),
    st.tuples(st.just("break"), _STATION, st.just(0)),
)
SHIFTS: Final = st.lists(
    st.tuples(st.integers(0, 400_000), st.one_of(_DEGRADE, _DEGRADE, ACTIONS)), min_size=2, max_size=14
)


def ask(rig: Rig, station: int, mode: Degrade, donor: int = 0, at_us: int = 0) -> None:
    """A request as a master makes it."""
    for name, raw in (
        ("ChangeRequest", 0), ("Station", station), ("Mode", int(mode)), ("Donor", donor), ("ChangeRequest", 1),
    ):  # fmt: skip
        rig.request(f"Line.Degrade{name}", raw, at_us)


def degrade(rig: Rig, action: Action) -> None:
    """One action of `_DEGRADE`, or of any other shift."""
    what, station, mode = action
    if what == "break":
        if station in rig.plant.stations:
            rig.plant.stations[station].people.breakdown.strike(rig.now)
        return
    if not what.endswith("degrade"):
        # without fuel or battery the next outage, in the hours until all is normal, aborts the line for good
        if what != "fuel":
            act(rig, action)
        return
    if "and" in what and station in rig.plant.stations:
        give(rig, f"ST{station:02d}", Command.HOLD if what.startswith("hold") else Command.STOP)
        advance(rig, 5 * SECOND)
    ask(rig, station, Degrade(mode), station % 12 + 1)


def back_to_normal(rig: Rig) -> None:
    """Everything that stands in is taken away, as often as it takes."""
    for _ in range(4):
        for number, stand_in in rig.plant.stand_ins.items():
            if not stand_in.idle:
                ask(rig, number, Degrade.NORMAL, at_us=rig.now + number * SECOND)
        advance(rig, 30 * MINUTE)
        if rig.degraded.active:
            advance(rig, RESTOCK_S * SECOND, MINUTE)
    assert all(stand_in.idle for stand_in in rig.plant.stand_ins.values()), states(rig)
    assert rig.plant.attendants.busy == 0
    assert not rig.degraded.active


def states(rig: Rig) -> list[tuple[int, int, int, int]]:
    return [(n, s.mode, s.phase, s.parts) for n, s in rig.plant.stand_ins.items() if not s.idle]


def shift(recipe: Recipe, seed: int, actions: list[tuple[int, Action]]) -> None:
    """Disturbances; afterwards the line is brought back and must produce by itself."""
    rig = Rig(recipe, seed)
    advance(rig, MINUTE)
    for after_ms, action in actions:
        advance(rig, after_ms * 1000)
        degrade(rig, action)
    advance(rig, 5 * MINUTE)
    rig.plant.e_stop(rig.now, False)
    back_to_normal(rig)
    bring_back(rig)
    produces(rig)


@settings(FIXED, max_examples=12)
@given(recipes(), st.integers(0, 1000), SHIFTS)
def test_any_shift(recipe: Recipe, seed: int, actions: list[tuple[int, Action]]) -> None:
    shift(recipe, seed, actions)


@pytest.mark.nightly
@pytest.mark.timeout(1200)
@settings(FIXED, max_examples=150)
@given(recipes(), st.integers(0, 1000), SHIFTS)
def test_many_shifts(recipe: Recipe, seed: int, actions: list[tuple[int, Action]]) -> None:
    shift(recipe, seed, actions)


# ---- the same trace
#: When (s), which station is held, and what is asked for (with the donor).
PLAN: Final = (
    (100, 5, Degrade.MANUAL, 0), (130, 6, Degrade.REROUTE, 0), (160, 11, Degrade.BYPASS, 0),
    (320, 3, Degrade.BYPASS, 0), (460, 2, Degrade.CANNIBALISE, 3), (550, 6, Degrade.NORMAL, 0),
    (700, 5, Degrade.NORMAL, 0), (900, 11, Degrade.NORMAL, 0),
)  # fmt: skip
UNTIL: Final = 35 * MINUTE


def planned(**options: Any) -> Rig:
    """A busy line in which PLAN happens."""
    rig = Rig(busy(), 5, **options)
    for at, station, mode, donor in PLAN:
        if mode is not Degrade.NORMAL:
            for name, raw in (("CmdChangeRequest", 0), ("CntrlCmd", int(Command.STOP)), ("CmdChangeRequest", 1)):
                rig.request(f"ST{station:02d}.{name}", raw, (at - 5) * SECOND)
        ask(rig, station, mode, donor, at * SECOND)
    return rig


def run_to(rig: Rig, until_us: int) -> Rig:
    """On to then; the press breaks on its way, so that the parts of another station are wanted."""
    if rig.now < 452 * SECOND <= until_us:
        rig.run(452 * SECOND)
        rig.plant.stations[2].people.breakdown.strike(rig.now)
    rig.run(until_us)
    return rig


@pytest.fixture(scope="module")
def whole() -> Rig:
    """A plain run, every mode of which was really there."""
    rig = planned(keep_trace=True)
    seen: set[tuple[int, int]] = set()
    for second in range(60, UNTIL // SECOND + 1, 60):
        run_to(rig, second * SECOND)
        seen |= {(s.mode, s.phase) for s in rig.plant.stand_ins.values()}
        seen |= {(-1, s.parts) for s in rig.plant.stand_ins.values()}
    assert {(1, 2), (2, 2), (3, 2), (-1, 1), (-1, 3)} <= seen, seen
    return rig


def test_scanning_when_asked_is_scanning_always() -> None:
    asked, fixed = (run_to(planned(fixed=fixed), 9 * MINUTE) for fixed in (False, True))
    assert asked.trace.sha256() == fixed.trace.sha256()
    assert {s.mode for s in asked.plant.stand_ins.values()} == {0, 1, 2, 3}


@pytest.mark.nightly
def test_scanning_when_asked_is_scanning_always_from_beginning_to_end(whole: Rig) -> None:
    fixed = run_to(planned(fixed=True), UNTIL)
    assert fixed.trace.sha256() == whole.trace.sha256()


@pytest.mark.parametrize("at", [135, 330, 475, 600, 901])
def test_a_checkpoint_goes_on_with_the_same_trace(whole: Rig, at: int) -> None:
    rig = run_to(planned(), at * SECOND)
    restored = checkpoint.load(json.loads(json.dumps(checkpoint.save(rig))))
    run_to(restored, UNTIL)
    assert restored.trace.sha256() == whole.trace.sha256()


def test_a_line_that_degrades_nothing_has_the_trace_that_it_always_had() -> None:
    """A request that is refused leaves no trace but in the register that tells so."""
    plain, refused = Rig(busy(), 5), Rig(busy(), 5)
    ask(refused, 5, Degrade.MANUAL, at_us=90 * SECOND)
    for rig in (plain, refused):
        rig.run(5 * MINUTE)
    assert refused.degraded.result
    assert plain.trace.sha256() == refused.trace.sha256()


def test_a_donor_gets_new_parts_before_it_is_normal_again(whole: Rig) -> None:
    rig = planned()
    run_to(rig, UNTIL)
    donor: StandIn = rig.plant.stand_ins[3]
    assert donor.parts == 1
    assert not rig.plant.stand_ins[2].broken
    ask(rig, 3, Degrade.NORMAL)
    advance(rig, RESTOCK_S * SECOND - MINUTE, MINUTE)
    assert (donor.mode, donor.parts) == (Degrade.BYPASS, 1)
    advance(rig, 3 * MINUTE)
    assert donor.idle
    edge(rig, "Line.JamClearAll")
    produces(rig)
