"""One firmware behaviour: a line on C firmware gives the trace of a line on the firmware in Python, entry by entry."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from firmware_sim.board.board import SimulatedBoard
from firmware_sim.board.profile import profile
from hil.emulated_board import EmulatedBoard, Start
from protocols.ports import Board, Terminals
from protocols.stations.io_table import BY_NUMBER
from sector7.boards.kinds import with_boards
from sector7.recipe import Recipe, StationRecipe, load
from sector7.rig.rig import Rig
from sector7.rig.trace import STRIDE, first_difference, name
from sector7.simulate import simulate
from tests.hil.toolbox import mutated_hex, need_emulator, starter

SECOND = 1_000_000
CASTLE = load("castle")


def fitted(start: Start, *stations: int) -> Rig:
    """A rig whose `stations` (all, if none is named) have boards on C firmware."""

    def fit(row: StationRecipe, terminals: Terminals, every: bool) -> Board:
        io = BY_NUMBER[row.number]
        if stations and row.number not in stations:
            return SimulatedBoard(profile(io), terminals, sampling=every)
        return EmulatedBoard(io, terminals, start, every=every)

    return Rig(CASTLE, 7, keep_trace=True, boards=fit)


def difference(rig: Rig, seconds: int) -> str:
    """Where the trace of this rig first differs from that of a simulated one, in words; nothing if it does not."""
    simulated = Rig(CASTLE, 7, keep_trace=True)
    for each in (simulated, rig):
        each.run(seconds * SECOND)
    found = first_difference(simulated.trace.entries(), rig.trace.entries())
    if found is None:
        assert simulated.trace.sha256() == rig.trace.sha256()
        return ""
    at = min(entry for entry in found if entry is not None)
    io = BY_NUMBER.get(at[1] // STRIDE)
    return f"{name(at[1], io.inputs if io else (), io.outputs if io else ())} at {at[0]} us: {found}"


def boards_of(rig: Rig) -> list[EmulatedBoard]:
    return [c.board for c in rig.cabinets if isinstance(c.board, EmulatedBoard)]


def test_ten_minutes_on_the_host_build() -> None:
    assert difference(fitted(starter("host")), 600) == ""


@pytest.mark.timeout(300)
def test_five_minutes_of_the_castle_on_emulated_boards() -> None:
    need_emulator()
    hashes = {}
    for tier in ("simulated", "emulated"):
        outcome = simulate(with_boards(CASTLE, "emulated" if tier == "emulated" else "simulated"), 7, 300 * SECOND)
        hashes[tier] = outcome.report["trace_sha256"]
        assert outcome.passed
    assert hashes["emulated"] == hashes["simulated"]


def test_a_mixed_recipe() -> None:
    need_emulator()
    rows = [row.model_copy(update={"board": "emulated"}) if row.number == 5 else row for row in CASTLE.station]
    mixed = Rig(Recipe.model_validate(CASTLE.model_dump() | {"station": [r.model_dump() for r in rows]}), 7)
    plain = Rig(CASTLE, 7)
    for rig in (mixed, plain):
        rig.run(240 * SECOND)
    assert [board.io.number for board in boards_of(mixed)] == [5]
    assert mixed.trace.sha256() == plain.trace.sha256()


@pytest.mark.parametrize("target", ["host", "emulated"])
def test_lines_that_are_cut_and_mended(target: str) -> None:
    """Silences of all lengths at odd moments: watchdog trips, safe outputs, recovery."""
    cut = fitted(starter(target), *((5, 8, 11) if target == "emulated" else ()))
    plain = Rig(CASTLE, 7, keep_trace=True)
    for rig in (cut, plain):
        random = Random(3)
        for _ in range(12 if target == "emulated" else 40):
            rig.run(rig.now + random.randrange(50, 8000) * 1000)
            random.choice(rig.cabinets).link(rig.now, random.random() < 0.6)
            if random.random() < 0.3:
                for cabinet in rig.cabinets:
                    cabinet.link(rig.now, True)
    assert first_difference(cut.trace.entries(), plain.trace.entries()) is None
    assert sum(c.board.watchdog_trips for c in plain.cabinets if isinstance(c.board, SimulatedBoard)) > 0


def test_every_exchange_gives_what_few_exchanges_give() -> None:
    start = starter("host")

    def fit(row: StationRecipe, terminals: Terminals, _: bool) -> Board:
        return EmulatedBoard(BY_NUMBER[row.number], terminals, start, every=True)

    few = fitted(start)
    every = Rig(CASTLE, 7, keep_trace=True, boards=fit)
    assert difference(every, 60) == ""
    assert difference(few, 60) == ""
    assert sum(b.exchanges for b in boards_of(every)) > 3 * sum(b.exchanges for b in boards_of(few))


@pytest.mark.nightly
@pytest.mark.timeout(1200)
def test_an_hour_on_emulated_boards() -> None:
    assert difference(fitted(starter("emulated")), 3600) == ""


def test_a_mutation_is_found_and_named(tmp_path: Path) -> None:
    start = mutated_hex(tmp_path, "app/logic.c", "#define SOFT_STEP 256", "#define SOFT_STEP 255")
    found = difference(fitted(start, 2, 4), 60)
    assert found.startswith(("ST02.duty at", "ST04.duty at"))
    assert "256" in found
    assert "255" in found
