"""The four rules of the event-driven scan (docs/decisions/0002): skipping what finds nothing changes nothing.

A line that fails often, with operators, cut serial lines and emergency stops, is scanned at every instant of the grid
and only when asked: the traces are equal, entry by entry. Then each rule is broken in turn, and the traces differ.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from firmware_sim.board.board import SimulatedBoard
from firmware_sim.board.profile import profile
from firmware_sim.plc.sequence import Step
from firmware_sim.plc.unit import Unit
from protocols.alarms.alarm import AlarmState, alarm_logged, state_of
from protocols.packml import Command, State
from protocols.ports import NEVER, Terminals
from protocols.reasons import Reason
from protocols.stations.io_table import BY_NUMBER
from sector7.recipe import Recipe, StationRecipe
from sector7.rig import rig as rig_module
from sector7.rig.cabinet import Cabinet
from sector7.rig.engine import EXCHANGE_US, SCAN_US
from sector7.rig.rig import Rig
from sector7.rig.trace import STRIDE, first_difference
from tests.sector7.lines import give, line

SECOND = 1_000_000
UNTIL = 600 * SECOND
SEEDS = (7, 21)
#: A broken rule shows early.
MUTANTS_UNTIL = 180 * SECOND

Entry = tuple[int, int, int]


def _recipe() -> Recipe:
    """Everything happens within minutes: jams, breakdowns, rejects, supplies that fail, tools that wear out."""
    return line(
        minor_stop_min=3.0, mtbf_h=0.5, mttr_min=1.0, hidden_defects=0.3, wear=20.0, utility_mtbf_h=0.3, crews=4,
    )  # fmt: skip


#: For one minute, from which it returns while the line works.
_SHELVE_THE_E_STOP = (("Command", 5), ("Number", 1), ("ShelveReason", 2), ("ShelveMinutes", 1), ("ChangeRequest", 1))


def _happenings() -> list[tuple[int, Callable[[Rig, int], None]]]:
    """What people do to the line, at any microsecond."""

    def cut(index: int, up: bool) -> Callable[[Rig, int], None]:
        return lambda rig, now: rig.cabinets[index].link(now, up)

    def press(pressed: bool) -> Callable[[Rig, int], None]:
        return lambda rig, now: rig.plant.e_stop(now, pressed)

    def command(owner: str, number: Command) -> Callable[[Rig, int], None]:
        return lambda rig, now: give(rig, owner, number)

    def write(name: str, raw: int) -> Callable[[Rig, int], None]:
        return lambda rig, now: rig.request(name, raw)

    return [
        (41_003_001, write("ST02.press_force_sp", 3000)),  # a ramp of five seconds
        (60_000_000, write("ST05.joint_force_sp", 170)),
        (65_000_000, command("ST04", Command.COMPLETE)),
        (75_123_457, cut(2, False)),  # shorter than the watchdog
        (75_189_999, cut(2, True)),
        (90_000_001, cut(6, False)),  # longer
        (92_000_000, cut(6, True)),
        (110_004_000, command("ST08", Command.HOLD)),
        (125_016_000, command("ST08", Command.UNHOLD)),
        (140_000_000, command("ST03", Command.SUSPEND)),
        (149_990_000, command("ST03", Command.UNSUSPEND)),
        (160_000_000, command("ST06", Command.START)),  # refused
        (181_234_567, press(True)),
        *((185_000_000, write(f"Line.Alarm{name}", raw)) for name, raw in _SHELVE_THE_E_STOP),
        (186_000_019, press(False)),
        (190_000_000, command("Line", Command.CLEAR)),
        (193_000_000, command("Line", Command.RESET)),
        (205_000_000, command("Line", Command.START)),
        (300_005_000, command("Line", Command.HOLD)),
        (310_015_001, command("Line", Command.UNHOLD)),
        (330_000_000, write("ST09.JamClear", 1)),
        (360_000_000, cut(10, False)),
        (360_030_000, cut(10, True)),
        (400_000_000, command("ST10", Command.STOP)),
        (404_000_000, command("ST10", Command.RESET)),
        (412_000_000, command("ST10", Command.START)),
        (420_000_000, command("ST01", Command.COMPLETE)),
    ]


def _run(seed: int, *, fixed: bool = False, board: type[SimulatedBoard] = SimulatedBoard, until: int = UNTIL) -> Rig:
    def fit(row: StationRecipe, terminals: Terminals, every: bool) -> SimulatedBoard:
        return board(profile(BY_NUMBER[row.number]), terminals, sampling=every)

    rig = Rig(_recipe(), seed, fixed=fixed, keep_trace=True, boards=fit)
    for at, happen in _happenings():
        if at < until:
            rig.run(at)
            happen(rig, at)
    rig.run(until)
    return rig


@cache
def _always(seed: int) -> Rig:
    """The rig that scans and exchanges at every instant of the grid."""
    return _run(seed, fixed=True)


# ---- the rules hold
@pytest.mark.parametrize("seed", SEEDS)
def test_scanning_when_asked_gives_the_trace_of_scanning_always(seed: int) -> None:
    always, asked = _always(seed), _run(seed)
    assert first_difference(always.trace.entries(), asked.trace.entries()) is None
    assert asked.trace.sha256() == always.trace.sha256()


@pytest.mark.parametrize("seed", SEEDS)
def test_asking_saves_nearly_everything(seed: int) -> None:
    always, asked = _always(seed), _run(seed)
    assert always.grid.visited == UNTIL // SCAN_US
    assert {c.scans for c in always.cabinets} == {UNTIL // SCAN_US}
    assert {c.exchanges for c in always.cabinets} == {UNTIL // EXCHANGE_US}
    assert asked.grid.visited < always.grid.visited / 4
    assert max(c.scans for c in asked.cabinets) < UNTIL // SCAN_US / 10
    assert max(c.exchanges for c in asked.cabinets) < UNTIL // EXCHANGE_US / 5


# ---- the equality means something
def test_the_traces_have_all_kinds_of_entries() -> None:
    numbers = {number for seed in SEEDS for _, number, _ in _always(seed).trace.entries()}
    for cabinet in _always(SEEDS[0]).cabinets:
        io, base = cabinet.unit.io, STRIDE * cabinet.unit.io.number
        kinds = {number - base for number in numbers if base <= number < base + STRIDE}
        assert kinds >= {0, 6}, f"{io.code}: pallets and safety chain"
        assert len(kinds & set(range(6))) >= 4, f"{io.code}: inputs"
        assert len(kinds & set(range(8, 13))) >= len(io.outputs) - 1, f"{io.code}: outputs"
        assert kinds >= {19, 20}, f"{io.code}: carrier and board status"
        assert kinds >= {32, 33, 34, 35}, f"{io.code}: state, step, reason, robots"
        if io.axis is not None:
            assert 16 in kinds, f"{io.code}: axis"
        if io.modulated:
            assert 17 in kinds, f"{io.code}: duty"
        assert any(40 <= kind < 44 for kind in kinds), f"{io.code}: measurements"
    assert numbers >= {STRIDE * 2 + 44, STRIDE * 5 + 44}, "set points"
    assert numbers >= {0, 32, 34}, "the line's emergency stop, states and reasons"
    assert numbers & {1, 2, 3, 4}, "supplies that fail"
    assert len({alarm_logged(number) for number in numbers}) > 10, "alarms"
    of_e_stop = {state_of(value) for _, number, value in _always(SEEDS[0]).trace.entries() if alarm_logged(number) == 1}
    assert of_e_stop == {AlarmState.UNACKNOWLEDGED, AlarmState.SHELVED, AlarmState.NORMAL}


def test_the_lines_went_through_everything() -> None:
    """Between them: all states of stations and line, every kind of stop reason, robots, rejects and rework."""
    states: set[int] = set()
    of_line: set[int] = set()
    reasons: set[int] = set()
    defective = robots = marks = 0
    for seed in SEEDS:
        rig = _always(seed)
        for _, number, value in rig.trace.entries():
            station, kind = divmod(number, STRIDE)
            if kind == 32:
                (states if station else of_line).add(value)
            reasons |= {value} if kind == 34 and station else set()
            defective += kind == 36
            marks += kind == 19
        robots += rig.plant.ledger.completed
    assert states == {int(state) for state in State if state is not State.UNDEFINED}
    assert of_line >= {State.ABORTING, State.CLEARING, State.HOLDING, State.UNHOLDING, State.EXECUTE}
    assert reasons >= {Reason.OPERATOR, Reason.SAFETY, Reason.BOARD_LOST, Reason.UTILITY, Reason.LINE}
    assert max(reasons) >= Reason.STEP_TIMEOUT
    assert defective
    assert robots
    assert marks > 100


# ---- broken rules: the boards
class LateEdges(SimulatedBoard):
    """Rule 1: an edge is announced one exchange too late."""

    __slots__ = ()

    def notice(self, now_us: int, bit: int) -> int:
        return super().notice(now_us, bit) + EXCHANGE_US


class NoEdges(SimulatedBoard):
    """Rule 1: an edge asks for nothing."""

    __slots__ = ()

    def notice(self, now_us: int, bit: int) -> int:
        return super().notice(now_us, bit) + UNTIL


class UndebouncedEdges(SimulatedBoard):
    """Rule 1: asked for when it is sampled, not when it can be accepted."""

    __slots__ = ()

    def notice(self, now_us: int, bit: int) -> int:
        super().notice(now_us, bit)
        return -(-now_us // EXCHANGE_US) * EXCHANGE_US


class NoSignals(SimulatedBoard):
    """Rule 1: another course of an analogue input is not noticed."""

    __slots__ = ()

    def signal_changed(self, now_us: int) -> int:
        return NEVER


class NoDeadlines(SimulatedBoard):
    """Rule 2: the board forgets its own next change."""

    __slots__ = ()

    def exchange(self, now_us: int, command: int) -> int:
        status = super().exchange(now_us, command)
        self.due_us = NEVER
        return status


class LateDeadlines(SimulatedBoard):
    """Rule 2: the board tells its own next change one exchange late."""

    __slots__ = ()

    def exchange(self, now_us: int, command: int) -> int:
        status = super().exchange(now_us, command)
        if self.due_us < NEVER:
            self.due_us += EXCHANGE_US
        return status


# ---- broken rules: the programs
class NoWake(Unit):
    """Rule 2: the program never wakes by itself."""

    def scan(self, now_us: int, status: int) -> int:
        command = super().scan(now_us, status)
        self.wake_us = NEVER
        return command


class LateWake(Unit):
    """Rule 2: the program wakes one scan late."""

    def scan(self, now_us: int, status: int) -> int:
        command = super().scan(now_us, status)
        if self.wake_us < NEVER:
            self.wake_us += SCAN_US
        return command


class NoRescanOfSteps(Unit):
    """Rule 3: a step that was entered is looked at only when something changes."""

    def _enter(self, now: int, status: int, step: Step) -> int:
        wake = super()._enter(now, status, step)
        return NEVER if wake == now + SCAN_US else wake


class NoRescanOfStates(Unit):
    """Rule 3: a state that was entered is looked at only when something changes."""

    def _go(self, now: int, state: int) -> int:
        super()._go(now, state)
        return NEVER


class Careless(Unit):
    """Rule 1: the program does not say which status bits it waits for."""

    def scan(self, now_us: int, status: int) -> int:
        command = super().scan(now_us, status)
        self.care = 0
        return command


class Taciturn(Unit):
    """Rule 3: the coordinator is not told that a station changed its state."""

    def scan(self, now_us: int, status: int) -> int:
        command = super().scan(now_us, status)
        self.speaks = False
        return command


# ---- broken rules: the cabinets
class SameInstant(Cabinet):
    """Rule 4: outputs reach the plant at the exchange that decided them."""

    def exchange(self, now: int) -> None:
        super().exchange(now)
        if self.applied != self.pending:
            self.commit(now)


class FreshImage(Cabinet):
    """Rule 4: the scan sees the exchange of its own instant."""

    def scan(self, now: int) -> None:
        if self._grid.left & self.exchange_bit:
            self.exchange(now)
        super().scan(now)


class LateNews(Cabinet):
    """Rule 1: a status change asks for a scan one grid instant late."""

    def ask_scan(self, at: int) -> None:
        super().ask_scan(at + SCAN_US)


class ForgottenPromise(Cabinet):
    """Rule 2: the promise of a program is not kept."""

    def _ask_wake(self, wake: int) -> None:
        super()._ask_wake(NEVER)


def _found_out(broken: Rig) -> None:
    """The trace differs from that of the rig that scans always, within the time that was run."""
    always = (entry for entry in _always(broken.seed).trace.entries() if entry[0] < broken.now)
    difference = first_difference(always, broken.trace.entries())
    assert difference is not None
    assert min(entry[0] for entry in difference if entry) < broken.now


@pytest.mark.parametrize(
    "board",
    [LateEdges, NoEdges, UndebouncedEdges, NoSignals, NoDeadlines, LateDeadlines],
    ids=lambda board: board.__name__,
)
def test_a_board_that_breaks_a_rule_is_found_out(board: type[SimulatedBoard]) -> None:
    _found_out(_run(SEEDS[0], board=board, until=MUTANTS_UNTIL))


@pytest.mark.parametrize(
    "unit",
    [NoWake, LateWake, NoRescanOfSteps, NoRescanOfStates, Careless, Taciturn],
    ids=lambda unit: unit.__name__,
)
def test_a_program_that_breaks_a_rule_is_found_out(unit: type[Unit], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rig_module, "Unit", unit)
    _found_out(_run(SEEDS[0], until=MUTANTS_UNTIL))


@pytest.mark.parametrize(
    "cabinet", [SameInstant, FreshImage, LateNews, ForgottenPromise], ids=lambda cabinet: cabinet.__name__
)
def test_a_cabinet_that_breaks_a_rule_is_found_out(cabinet: type[Cabinet], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rig_module, "Cabinet", cabinet)
    _found_out(_run(SEEDS[0], until=MUTANTS_UNTIL))
