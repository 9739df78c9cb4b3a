"""Fits lines and boards for tests: with simulated boards, emulated ones, or the real one behind a port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from protocols.ports import Board, Terminals
from protocols.stations.io_table import BY_NUMBER
from sector7 import recipe as recipes
from sector7.board_check.serial_target import SerialTarget
from sector7.board_check.specimen import Drive
from sector7.board_check.suite import is_port, open_target
from sector7.boards.kinds import fit, with_boards
from sector7.recipe import StationRecipe
from sector7.rig.rig import Rig
from sector7.testing.board import BoardUnderTest
from sector7.testing.expectation import UnknownName
from sector7.testing.line import LineUnderTest
from sector7.testing.rig_board import RigBoard
from sector7.testing.turn import turn
from sector7.usage import UsageError


@contextmanager
def fitted_board(target: str, station: int) -> Iterator[BoardUnderTest]:
    """The board of one station on the bench. Raises UsageError, LinkError."""
    if station not in BY_NUMBER:
        raise UnknownName("station", str(station), map(str, BY_NUMBER))
    with ExitStack() as stack:
        if is_port(target):
            stack.enter_context(turn(target))
        bench = open_target(target)
        stack.callback(bench.close)
        yield BoardUnderTest(stack.enter_context(bench.fit(BY_NUMBER[station], Drive())))


@contextmanager
def fitted_line(target: str, recipe: str, seed: int, station: int | None) -> Iterator[LineUnderTest]:
    """The line of a recipe. With `station` only that one has a board of the target's kind, all others are simulated;
    without it they all have (on a port there is only one). Raises UsageError, RecipeError, LinkError."""
    plan = with_boards(recipes.load(recipe), "simulated")
    if station is not None and all(row.number != station for row in plan.station):
        raise UnknownName("station", str(station), (str(row.number) for row in plan.station))
    with ExitStack() as stack:
        if is_port(target):
            if station is None:
                raise UsageError("--target", target, "one board for all: say @pytest.mark.sector7(station=...)")
            stack.enter_context(turn(target))
            bench = SerialTarget(target)
            stack.callback(bench.close)
            specimen = stack.enter_context(bench.fit(BY_NUMBER[station], Drive()))

            def at_the_port(row: StationRecipe, terminals: Terminals, every: bool) -> Board:
                if row.number == station:
                    return RigBoard(specimen, bench, terminals)
                return fit(row, terminals, every)

            yield LineUnderTest(Rig(plan, seed, boards=at_the_port))
            return
        if target not in ("simulated", "emulated"):
            open_target(target)  # says what is wrong with it
        if target == "emulated":
            chosen = [
                row.model_copy(update={"board": "emulated"}) if station in (None, row.number) else row
                for row in plan.station
            ]
            plan = plan.model_copy(update={"station": chosen})
        rig = Rig(plan, seed)
        for cabinet in rig.cabinets:
            if close := getattr(cabinet.board, "close", None):
                stack.callback(close)
        yield LineUnderTest(rig)
