"""What a mode is said to cost is what it costs: the arithmetic against simulated shifts."""

from __future__ import annotations

from functools import cache
from typing import Final

import pytest

from protocols.packml import Command
from protocols.tags.degraded_map import COST_FILE, ROW_WORDS, Cost, Degrade, Refusal, read_costs
from sector7 import recipe as recipes
from sector7.degraded.cost import costs, expected
from sector7.masters.bulk import PlantFiles
from sector7.masters.values import PlantValues
from sector7.rig.rig import Rig
from tests.sector7.degraded.test_shifts import ask
from tests.sector7.lines import HOUR, MINUTE, QUIET, SECOND, give, line

#: Stated in docs/degraded.md: a shift's rates lie this close to the figures, as a share and in robots per hour.
TOLERANCE: Final = 0.15
FEW: Final = 2.0

MODES: Final = (
    (5, Degrade.MANUAL), (9, Degrade.REROUTE), (11, Degrade.BYPASS), (7, Degrade.BYPASS),
)  # fmt: skip
MORE: Final = (
    (5, Degrade.NORMAL), (1, Degrade.MANUAL), (2, Degrade.MANUAL), (10, Degrade.MANUAL), (12, Degrade.MANUAL),
    (6, Degrade.REROUTE), (3, Degrade.BYPASS),
)  # fmt: skip


def stopped(station: int, seed: int = 1) -> Rig:
    """The castle line ten minutes after its start, with one station stopped by its operator."""
    rig = Rig(recipes.load("castle"), seed)
    rig.run(10 * MINUTE)
    give(rig, f"ST{station:02d}", Command.STOP)
    rig.run(rig.now + 5 * SECOND)
    return rig


def simulated(rig: Rig, hours: int) -> tuple[float, float]:
    """Good robots and rejects per hour in a shift that begins when what was on the line before is off it."""
    rig.run(rig.now + 2 * HOUR)
    ledger = rig.plant.ledger
    good, bad = ledger.completed, ledger.scrapped
    rig.run(rig.now + hours * HOUR)
    return (ledger.completed - good) / hours, (ledger.scrapped - bad) / hours


def compare(station: int, mode: Degrade, hours: int, seed: int) -> None:
    rig = stopped(station, seed)
    cost = expected(rig, station, mode)
    if mode is Degrade.NORMAL:
        give(rig, f"ST{station:02d}", Command.RESET)
    else:
        assert cost.advice is Refusal.ACCEPTED
        ask(rig, station, mode)
    good, bad = simulated(rig, hours)
    assert abs(good - cost.rate / 10) <= max(FEW, TOLERANCE * good), (good, cost)
    assert abs(bad - cost.rejects / 10) <= max(FEW, TOLERANCE * bad), (bad, cost)
    assert rig.plant.stand_ins[station].mode == mode


@pytest.mark.parametrize(("station", "mode"), MODES)
def test_a_shift_in_a_mode_makes_what_was_expected(station: int, mode: Degrade) -> None:
    compare(station, mode, 4, 1)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize(("station", "mode"), [*MODES, *MORE])
def test_long_shifts_in_every_mode_make_what_was_expected(station: int, mode: Degrade, seed: int) -> None:
    compare(station, mode, 12, seed)


def test_parts_of_a_bypassed_station_bring_a_broken_one_back_to_what_was_expected() -> None:
    rig = stopped(11)
    ask(rig, 11, Degrade.BYPASS)
    rig.run(rig.now + 5 * MINUTE)
    rig.plant.stations[2].people.breakdown.strike(rig.now)
    give(rig, "ST02", Command.STOP)
    rig.run(rig.now + 5 * SECOND)
    assert expected(rig, 2, Degrade.NORMAL).rate == 0  # nobody was called
    cost = expected(rig, 2, Degrade.CANNIBALISE, 11)
    assert cost.advice is Refusal.ACCEPTED
    ask(rig, 2, Degrade.CANNIBALISE, 11)
    begun = rig.now
    rig.run(rig.now + SECOND)
    while not rig.plant.stand_ins[2].idle:
        rig.run(rig.now + SECOND)
    assert cost.effect_s <= (rig.now - begun) / SECOND <= cost.effect_s + 5
    good, _ = simulated(rig, 4)
    assert abs(good - cost.rate / 10) <= TOLERANCE * good


def test_parts_of_a_station_that_works_cost_the_line_everything() -> None:
    rig = stopped(2)
    rig.plant.stations[2].people.breakdown.strike(rig.now)
    give(rig, "ST04", Command.STOP)
    rig.run(rig.now + 5 * SECOND)
    cost = expected(rig, 2, Degrade.CANNIBALISE, 4)
    assert (cost.advice, cost.rate) == (Refusal.ACCEPTED, 0)


@cache
def quiet() -> Rig:
    rig = Rig(line(**QUIET), 1)
    rig.run(MINUTE)
    return rig


def test_the_file_has_every_choice_and_reads_back_as_it_was_written() -> None:
    files = PlantFiles(quiet())
    head = files.read(COST_FILE, 0, 2)
    assert head is not None
    assert list(head) == [12 * len(Degrade), ROW_WORDS]
    words = files.read(COST_FILE, 0, 2 + head[0] * ROW_WORDS)
    assert words is not None
    assert read_costs(words) == costs(quiet())
    assert files.read(COST_FILE, 1, 2 + head[0] * ROW_WORDS) is None
    with pytest.raises(ValueError, match="9"):
        read_costs([1, 8, *range(8)])


def test_a_line_in_which_nothing_fails_loses_only_to_handwork() -> None:
    rows = {(c.station, c.mode): c for c in costs(quiet())}
    normal = rows[5, Degrade.NORMAL]
    assert 595 <= normal.rate <= 630
    assert normal.line_rate == normal.rate
    manual: Cost = rows[5, Degrade.MANUAL]
    assert manual.hand == pytest.approx(560, abs=20)
    assert manual.effect_s == 180
    assert 0 < manual.defects <= 10
    assert rows[1, Degrade.BYPASS].advice is rows[11, Degrade.MANUAL].advice is Refusal.NOT_POSSIBLE


def test_the_registers_tell_the_cost_of_the_request_that_stands_in_them() -> None:
    rig = stopped(6)
    for name, raw in (("Station", 6), ("Mode", int(Degrade.REROUTE))):
        rig.request(f"Line.Degrade{name}", raw)
    values = PlantValues(rig, 1).values(1)
    cost = expected(rig, 6, Degrade.REROUTE)
    assert values["Line.DegradeAdvice"] == Refusal.ACCEPTED
    assert (values["Line.DegradeExpectedRate"], values["Line.DegradeEffectTime"]) == (cost.rate, cost.effect_s)
    assert values["Line.DegradeTaken"] == 0
    assert values["Line.Degraded"] == 0
