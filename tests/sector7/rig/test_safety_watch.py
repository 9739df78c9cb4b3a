"""The safety invariants, looked at in every instant: a plant that was sabotaged is found out, a sound one is not."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from plant.axis import Axis
from plant.cylinder import Cylinder
from plant.mechanism import Mechanism
from plant.press import Press
from plant.safety import CURTAIN
from protocols.faults.kinds import KINDS
from protocols.faults.targets import targets
from protocols.packml import Command, State
from sector7.faults.fault import FaultError, make
from sector7.rig.rig import Rig
from sector7.rig.safety_watch import SafetyWatch, Violation
from sector7.scenario.load import parse
from sector7.scenario.run import perform
from tests.sector7.lines import QUIET, SECOND, busy, give, line


class Runaway(Press):
    """A ram that does not care for the safety relay."""

    __slots__ = ()

    def freeze(self, now: int) -> None:
        pass


class Eager(Press):
    """A ram that advances as soon as it has power again."""

    __slots__ = ()

    def inhibit(self, now: int, cause: int, on: bool) -> None:
        super().inhibit(now, cause, on)
        if not on:
            self._position.ramp(now, 400.0, 60.0)


class Unstoppable(Cylinder):
    """A cylinder whose valve is no safety valve."""

    __slots__ = ()

    def freeze(self, now: int) -> None:
        pass


def mechanism(rig: Rig, station: int, name: str) -> Mechanism:
    return next(m for m in rig.plant.stations[station].mechanisms if m.name == name)


def sabotaged(station: int, name: str, kind: type[Mechanism]) -> tuple[Rig, SafetyWatch]:
    """A line with one mechanism of another kind, and its watch."""
    rig = Rig(line(**QUIET), 3)
    mechanism(rig, station, name).__class__ = kind
    return rig, SafetyWatch(rig)


def until_it_moves(rig: Rig, watch: SafetyWatch, station: int, name: str) -> None:
    moving = mechanism(rig, station, name)
    while not (moving.driven and moving.moves(rig.now)):
        watch.run(rig.now + 50_000)


def interrupt(rig: Rig, watch: SafetyWatch, station: int, seconds: float = 2.0) -> None:
    """Something trips the light curtain's relay for a while; somebody clears the station and does not reset it."""
    rig.request("Line.AutoRecovery", 0)
    chain = rig.plant.stations[station].chain
    chain.trip(rig.now, CURTAIN)
    watch.run(rig.now + int(seconds * SECOND))
    chain.close(rig.now, CURTAIN)
    watch.run(rig.now + SECOND)
    give(rig, f"ST{station:02d}", Command.CLEAR)
    watch.run(rig.now + 5 * SECOND)


@pytest.mark.parametrize(
    ("station", "name", "kind", "declared"),
    [
        (2, "ram", Runaway, "stands within 0.20 s"),
        (2, "ram", Eager, "nothing moves until the station is reset"),
        (5, "clamp", Unstoppable, "stands within 0.12 s"),
    ],
)
def test_sabotage_is_found_out(station: int, name: str, kind: type[Mechanism], declared: str) -> None:
    rig, watch = sabotaged(station, name, kind)
    until_it_moves(rig, watch, station, name)
    at = rig.now
    assert watch.violations == []
    interrupt(rig, watch, station)
    found = watch.violations[0]
    assert (found.station, found.mechanism, found.declared) == (f"ST{station:02d}", name, declared)
    assert at < found.at_us < at + 4 * SECOND
    assert "(light curtain)" in found.seen


@pytest.mark.parametrize(("station", "name"), [(2, "ram"), (5, "clamp")])
def test_without_sabotage_nothing_is_found(station: int, name: str) -> None:
    rig, watch = sabotaged(station, name, type(mechanism(Rig(line(), 3), station, name)))
    until_it_moves(rig, watch, station, name)
    interrupt(rig, watch, station)
    rig.plant.e_stop(rig.now, True)
    watch.run(rig.now + 5 * SECOND)
    rig.plant.e_stop(rig.now, False)
    for command in (Command.CLEAR, Command.RESET, Command.START):
        give(rig, "Line", command)
        watch.run(rig.now + 30 * SECOND)
    assert rig.line.state is State.EXECUTE
    assert watch.violations == []


def test_the_first_instant_after_the_stopping_time_tells() -> None:
    """Even if nothing else happens then."""
    rig, watch = sabotaged(2, "ram", Runaway)
    until_it_moves(rig, watch, 2, "ram")
    at = rig.now
    rig.plant.stations[2].chain.trip(at, CURTAIN)
    watch.run(at + 300_000)
    assert [v.at_us for v in watch.violations] == [at + 200_001]


def test_two_valves_of_a_ram_on_together_are_found_out() -> None:
    rig = Rig(line(**QUIET), 3)
    watch = SafetyWatch(rig)
    watch.run(30 * SECOND)
    assert watch.violations == []
    ram = mechanism(rig, 2, "ram")
    assert isinstance(ram, Press)
    ram.retract(rig.now, True)
    ram.advance(rig.now, True)
    watch.run(rig.now + 1)
    assert watch.violations == [
        Violation(30 * SECOND, "ST02", "ram", "advance and return are on together", "never both")
    ]


def test_a_watched_run_is_the_run() -> None:
    """Weeks of breakdowns in an hour, e-stops and curtains in between: nothing is found, and the trace is the same."""
    stream = random.Random(8)
    alone, rig = Rig(busy(), 6), Rig(busy(), 6)
    watch = SafetyWatch(rig)
    for _ in range(12):
        step, station = stream.randrange(20 * SECOND, 400 * SECOND), stream.randrange(1, 13)
        for each, run in ((alone, alone.run), (rig, watch.run)):
            run(each.now + step)
            each.plant.stations[station].chain.trip(each.now, CURTAIN)
            each.plant.e_stop(each.now, station > 9)
            run(each.now + 3 * SECOND)
            each.plant.stations[station].chain.close(each.now, CURTAIN)
            each.plant.e_stop(each.now, False)
    assert [str(violation) for violation in watch.violations] == []
    assert rig.trace.sha256() == alone.trace.sha256()
    rig.run(rig.now + 1)


def test_a_line_that_is_brought_back_by_hand_breaks_none() -> None:
    rig = Rig(busy(), 2)
    watch = SafetyWatch(rig)
    rig.run(100 * SECOND)
    rig.plant.e_stop(rig.now, True)
    watch.run(110 * SECOND)
    rig.plant.e_stop(rig.now, False)
    watch.run(111 * SECOND)
    give(rig, "Line", Command.CLEAR)
    watch.run(113 * SECOND)
    assert State.STOPPED in {unit.state for unit in rig.line.units} <= {State.STOPPED, State.ABORTED}
    watch.run(140 * SECOND)
    give(rig, "Line", Command.RESET)
    watch.run(200 * SECOND)
    assert watch.violations == []


def storm(seed: int, acts: int) -> SafetyWatch:
    """Faults of every kind, orders of every kind, e-stops, curtains, breakers closed: all at random."""
    stream, rig = random.Random(seed), Rig(busy(), seed)
    watch = SafetyWatch(rig)
    owners = ["Line", *(f"ST{n:02d}" for n in range(1, 13))]
    for _ in range(acts):
        watch.run(rig.now + stream.randrange(1, 60 * SECOND))
        match stream.choices(("e-stop", "curtain", "order", "fault", "breakers"), (2, 1, 3, 3, 1))[0]:
            case "e-stop":
                rig.plant.e_stop(rig.now, True)
                watch.run(rig.now + stream.randrange(1, 3 * SECOND))
                rig.plant.e_stop(rig.now, False)
            case "curtain":
                chain = rig.plant.stations[stream.randrange(1, 13)].chain
                chain.trip(rig.now, CURTAIN)
                watch.run(rig.now + stream.randrange(1, 3 * SECOND))
                chain.close(rig.now, CURTAIN)
            case "order":
                give(rig, stream.choice(owners), stream.choice(tuple(Command)))
            case "fault":
                kind = stream.choice(KINDS)
                given = {p.name: stream.uniform(max(p.low, -5.0), min(p.high, 5.0)) for p in kind.parameters}
                lasts = 0 if kind.momentary else stream.randrange(1, 100 * SECOND)
                with suppress(FaultError):
                    fault = make(kind.name, stream.choice(targets(kind.name)), given, lasts_us=lasts)
                    rig.faults.inject(rig.now, fault, "the storm")
            case _:
                for number in rig.plant.power.feeders:
                    rig.plant.power.switch(rig.now, number, close=True)
    return watch


@pytest.mark.parametrize("seed", [4, *(pytest.param(n, marks=pytest.mark.nightly) for n in range(20, 40))])
def test_nothing_moves_that_should_not_whatever_happens(seed: int) -> None:
    """Seed 4 found that an abort in Stopped closed a clamp that had been let go."""
    assert [str(violation) for violation in storm(seed, 60 if seed == 4 else 200).violations] == []


# ---- in a verdict
SCENARIO = """
name = "curtain"
duration = "90s"
invariants = ["safety"]
[[timeline]]
at = "40s"
do = [{ e_stop = "press" }]
"""


def test_a_scenario_is_judged_by_them(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = parse("test.toml", SCENARIO)
    sound = perform(plan)
    assert (sound.failed, sound.report["safety"]) == ([], [])
    monkeypatch.setattr(Axis, "freeze", Unstoppable.freeze)
    outcome = perform(plan)
    rows = outcome.report["safety"]
    assert len(outcome.failed) == len(rows) > 0
    first = rows[0]
    assert set(first) == {"at_s", "station", "mechanism", "seen", "declared"}
    assert 40.15 < first["at_s"] < 40.16
    what = f"{first['station']}: {first['mechanism']}: {first['seen']}"
    assert outcome.failed[0] == f"at {first['at_s']:.2f} s: {what}; declared: stands within 0.15 s"
    assert 'testcase classname="sector7.scenario" name="safety"><failure' in outcome.to_junit()


def test_what_is_not_judged_is_not_watched() -> None:
    plan = parse("test.toml", SCENARIO.replace('["safety"]', '["conservation"]'))
    outcome = perform(plan)
    assert outcome.performance.guard is None
    assert outcome.report["safety"] == []


def test_a_welded_contactor_that_is_freed_by_its_repair_breaks_none() -> None:
    """Found by a study: the repair ends the weld behind the open guard, and the contactor drops then."""
    calm = 'name = "calm"\nduration = "15m"\nseed = 5863774501882036210\nsample = "1m"\n'
    assert perform(parse("calm.toml", calm)).failed == []
