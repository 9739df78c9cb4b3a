"""The promises of the coordinator: it need not look before `wake_us` unless a station speaks or something is asked."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from firmware_sim.plc.line import AIR_OK, COOLING_OK, E_STOP_OK, MAINS_OK, OIL_OK
from protocols.packml import Command, Mode, State
from protocols.reasons import Reason
from protocols.stations.images import LINK
from tests.firmware_sim.plc.line_bench import NUMBERS, LineBench

_LINE_COMMANDS = [command for command in Command if command is not Command.NONE]
_SUPPLIES = (AIR_OK, OIL_OK, COOLING_OK, MAINS_OK)


def _live(seed: int, *, when_asked: bool) -> LineBench:
    """A minute in which people, supplies and serial lines leave a line no peace."""
    random = Random(seed)
    bench = LineBench(boot=True, when_asked=when_asked).pass_s(5)
    for _ in range(random.randrange(10, 40)):
        _happen(bench, random)
        bench.pass_s(random.choice((0.0, 0.01, 0.02, 0.05, 0.5, 1.99, 2.0, 3.0)))
    return bench.pass_s(5)


def _happen(bench: LineBench, random: Random) -> None:
    kind, number = random.random(), random.choice(NUMBERS)
    unit = bench.units[number]
    if kind < 0.2:
        bench.guard(number, closed=random.random() < 0.7)
    elif kind < 0.5:
        bench.supply(random.choice(_SUPPLIES), there=random.random() < 0.6)
    elif kind < 0.6:
        bench.status[number] ^= LINK
    elif kind < 0.65:
        bench.e_stop(bool(bench.panel & E_STOP_OK))
    elif kind < 0.75:
        unit.detained = False
        unit.ask(random.choice((Command.UNHOLD, Command.START, Command.CLEAR, Command.RESET)), Reason.OPERATOR)
    elif kind < 0.8:
        bench.hold(number)
    elif kind < 0.83:
        unit.change_mode(bench.now, random.choice((Mode.PRODUCE, Mode.MAINTENANCE)))
    elif kind < 0.9:
        bench.ask(random.choice(_LINE_COMMANDS))
    else:
        bench.ask(_way_on(bench.line.state))


def _way_on(state: State) -> Command:
    wanted = {State.ABORTED: Command.CLEAR, State.STOPPED: Command.RESET, State.IDLE: Command.START,
              State.HELD: Command.UNHOLD, State.COMPLETE: Command.RESET}  # fmt: skip
    return wanted.get(state, Command.UNHOLD)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_a_coordinator_that_is_asked_does_what_one_that_always_looks_does(seed: int) -> None:
    always, asked = _live(seed, when_asked=False), _live(seed, when_asked=True)
    assert asked.log == always.log
    assert [unit.command for unit in asked.units.values()] == [unit.command for unit in always.units.values()]
    assert asked.line.ratios(asked.now) == always.line.ratios(always.now)


def test_a_coordinator_with_nothing_to_do_is_not_asked() -> None:
    bench = LineBench(boot=True, when_asked=True).pass_s(20)
    assert bench.line.state is State.EXECUTE
    before = bench.line_scans
    assert bench.pass_s(60).line_scans == before
