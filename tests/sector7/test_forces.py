"""Forces on a running line: asked for over the map, marked, in the trace, gone when their time is over."""

from __future__ import annotations

import json
import random
from typing import Final

import pytest

from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Writer
from sector7.masters.values import PlantValues
from sector7.rig import checkpoint
from sector7.rig.rig import Rig
from tests.sector7.lines import SECOND, line, look

ON, OFF, RELEASE = 1, 0, 2
FORCED, RELEASED, REFUSED = 1, 2, 3
REQUESTS: Final = [tag for _, tag in PLANT_MAP.rows() if tag.name.startswith("Line.Force") and tag.table.is_writable]


def force(rig: Rig, station: int, terminal: int, value: int, seconds: int = 60, at_us: int = 0) -> None:
    """Ask for a force as an engineer does."""
    rows = {"Station": station, "Terminal": terminal, "Value": value, "Seconds": seconds}
    for name, raw in (*rows.items(), ("ChangeRequest", 0), ("ChangeRequest", 1)):
        rig.request(f"Line.Force{name}", raw, at_us)


def values(rig: Rig) -> dict[str, int]:
    return dict(PlantValues(rig, 1).values(1))


def test_only_an_engineer_may_force() -> None:
    assert len(REQUESTS) == 6
    for tag in REQUESTS:
        assert tag.may_write == {Role.ENGINEER}
        assert tag.writer is Writer.MASTER


def test_a_force_is_marked_and_ends() -> None:
    rig = Rig(line(), 1)
    rig.run(30 * SECOND)
    clamp = rig.cabinets[4].unit.io.output("clamp").bit_length() - 1
    force(rig, 5, 8 + clamp, OFF, 20)
    force(rig, 2, 1, ON, 40)
    rig.run(31 * SECOND)
    seen = values(rig)
    assert (seen["Line.ForcesActive"], seen["Line.ForceResult"]) == (2, FORCED)
    assert (seen["ST05.ForcedOutputs"], seen["ST05.ForcedInputs"], seen["ST05.ForceLeft"]) == (1 << clamp, 0, 19)
    assert (seen["ST02.ForcedOutputs"], seen["ST02.ForcedInputs"], seen["ST02.ForceLeft"]) == (0, 0b10, 39)
    while rig.now < 50 * SECOND:
        assert not rig.cabinets[4].applied >> clamp & 1
        rig.run(rig.now + SECOND)
        look(rig)
    rig.run(51 * SECOND)
    seen = values(rig)
    assert (seen["Line.ForcesActive"], seen["ST05.ForcedOutputs"], seen["ST05.ForceLeft"]) == (1, 0, 0)
    force(rig, 2, 1, RELEASE)
    rig.run(52 * SECOND)
    seen = values(rig)
    assert (seen["Line.ForcesActive"], seen["Line.ForceResult"]) == (0, RELEASED)


def test_a_forced_output_is_withheld_by_the_board_as_a_commanded_one_is() -> None:
    rig = Rig(line(), 1)
    rig.run(30 * SECOND)
    rig.plant.e_stop(rig.now, True)
    rig.run(31 * SECOND)
    for terminal in range(8, 13):
        force(rig, 5, terminal, ON)
    rig.run(35 * SECOND)
    assert rig.cabinets[4].command & 0x1F == 0x1F
    look(rig)
    io = rig.cabinets[4].unit.io
    kept = sum(io.output(name) for name in io.keep)
    assert rig.cabinets[4].applied & 0x1F & ~kept == 0


@pytest.mark.parametrize(("station", "terminal"), [(3, 0), (5, 6), (5, 7)])
def test_what_is_not_there_is_refused(station: int, terminal: int) -> None:
    rig = Rig(line((1, 5, 10, 12), pallets=8), 1)
    force(rig, station, terminal, ON)
    rig.run(SECOND)
    seen = values(rig)
    assert (seen["Line.ForcesActive"], seen["Line.ForceResult"]) == (0, REFUSED)


def test_everything_is_released_by_one_edge() -> None:
    rig = Rig(line(), 1)
    for station in range(1, 13):
        force(rig, station, 0, ON)
        rig.run(rig.now + SECOND)
    assert values(rig)["Line.ForcesActive"] == 12
    rig.request("Line.ForceReleaseAll", 1)
    rig.run(rig.now + SECOND)
    seen = values(rig)
    assert (seen["Line.ForcesActive"], seen["Line.ForceResult"]) == (0, RELEASED)


def disturbed(rig: Rig, seed: int, until_us: int) -> None:
    """Random forces at random scans, from where the rig stands."""
    stream = random.Random(seed)
    for _ in range(60):
        at = stream.randrange(0, until_us, 10_000)
        terminal = stream.choice((0, 1, 2, 3, 8, 9, 10))
        asked = (stream.randint(1, 12), terminal, stream.choice((OFF, ON, RELEASE)), stream.randint(1, 40))
        force(rig, *asked, at_us=at)
    rig.request("Line.ForceReleaseAll", 1, until_us // 2)


@pytest.mark.parametrize("seed", range(2))
def test_forces_change_the_trace_alike_in_every_scan_and_over_a_checkpoint(seed: int) -> None:
    end = 100 * SECOND
    rigs = [Rig(line(), 7), Rig(line(), 7, fixed=True), Rig(line(), 7)]
    for rig in rigs:
        disturbed(rig, seed, end)
    for rig in rigs[:2]:
        rig.run(end)
    saved = rigs[2]
    for at in (20 * SECOND + 3, 47 * SECOND, 80 * SECOND):
        saved.run(at)
        saved = checkpoint.load(json.loads(json.dumps(checkpoint.save(saved))))
    saved.run(end)
    hashes = {rig.trace.sha256() for rig in (*rigs[:2], saved)}
    assert len(hashes) == 1
    free = Rig(line(), 7)
    free.run(end)
    assert free.trace.sha256() not in hashes


def test_a_station_that_a_master_owns_can_be_saved_and_forced() -> None:
    rig = Rig(line(), 1)
    rig.run(5 * SECOND)
    rig.request("ST05.CntrlCmd", 3)
    rig.request("ST05.CmdChangeRequest", 1)
    rig.run(40 * SECOND)
    rig.request("ST05.CntrlCmd", 4)
    rig.request("ST05.CmdChangeRequest", 0)
    rig.request("ST05.CmdChangeRequest", 1)
    rig.run(50 * SECOND)
    rig.request("ST05.OwnerRequest", 1)
    rig.run(51 * SECOND)
    assert rig.cabinets[4].seat.taken
    force(rig, 5, 2, ON, 5)
    rig.run(52 * SECOND)
    again = checkpoint.load(json.loads(json.dumps(checkpoint.save(rig))))
    for each in (rig, again):
        each.run(90 * SECOND)
    assert again.trace.sha256() == rig.trace.sha256()
    assert again.cabinets[4].seat.taken
