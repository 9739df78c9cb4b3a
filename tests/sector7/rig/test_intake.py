"""What comes from outside without a journal, and what a board that is swapped leaves behind."""

from __future__ import annotations

import pytest

from firmware_sim.plc.seat import Owner
from hil.board_worker import LinkState
from hil.serial_board import SerialBoard
from protocols.packml import Command, State
from protocols.tags.boards_map import TIER_LABELS
from sector7.masters.partners import Partners
from sector7.masters.values import PlantValues
from sector7.rig.checkpoint import load, save
from sector7.rig.intake import PACEMAKER, Direct
from sector7.rig.rig import Rig
from tests.sector7.boards.test_serial_boards import serial
from tests.sector7.lines import SECOND, edge, give, small
from tests.sector7.real_time import cabinet_in, with_serial

TIERS = {name.lower(): number for number, name in TIER_LABELS}


def waiting(rig: Rig, name: str) -> list[object]:
    """What stands in the queue for a tag."""
    return [raw for _, tag, raw in rig.orders._queue if tag == name]


def test_what_the_pacemaker_tells_with_every_beat_of_a_pause_waits_once() -> None:
    rig = Rig(small(), 1)
    rig.run(20 * SECOND)
    give(rig, "ST05", Command.HOLD)
    rig.run(40 * SECOND)
    rig.request("ST05.OwnerRequest", Owner.EXTERNAL)
    rig.run(41 * SECOND)
    partners = Partners(rig, Direct(rig))
    for beat in range(1000):  # nobody writes the heartbeat, and the plant stands
        partners.look(beat * 0.01)
    assert waiting(rig, "ST05.ExternalAlive") == [0]
    rig.orders.requested["ST05.Heartbeat"] += 1
    for beat in range(1000, 1100):
        partners.look(beat * 0.01)
    rig.run(rig.now + SECOND)
    assert waiting(rig, "ST05.ExternalAlive") == []
    assert not cabinet_in(rig, 5).seat.alive


def test_a_link_lost_and_found_within_a_pause_is_told_as_both() -> None:
    rig = Rig(with_serial({5: serial("/dev/ttyNONE")}), 1)
    intake = Direct(rig)
    for alive in (1, 1, 0, 0, 1, 1):
        intake.write(PACEMAKER, 1, "ST05.BoardAlive", alive)
    assert waiting(rig, "ST05.BoardAlive") == [1, 0, 1]
    links = [PlantValues(rig, 1).values(1)["ST05.BoardLink"]]
    rig.run(SECOND)
    links.append(PlantValues(rig, 1).values(1)["ST05.BoardLink"])
    assert links == [LinkState.SEARCHING, LinkState.CONNECTED], "without a server too, as in a replay"
    intake.write(PACEMAKER, 1, "ST05.BoardAlive", 0)
    assert waiting(rig, "ST05.BoardAlive") == [0]


@pytest.mark.parametrize(("before", "after"), [("serial", "simulated"), ("simulated", "serial")])
def test_a_swap_keeps_forces_and_a_checkpoint_behind_it_goes_on(before: str, after: str) -> None:
    rig = Rig(with_serial({5: serial("/dev/ttyNONE")}, fitted=before == "serial"), 1)
    here = cabinet_in(rig, 5)
    rig.run(60 * SECOND)
    for name, raw in (("Station", 5), ("Terminal", 8), ("Value", 1), ("Seconds", 300)):
        rig.request(f"Line.Force{name}", raw)
    edge(rig, "Line.ForceChangeRequest")
    give(rig, "ST05", Command.HOLD)
    rig.run(80 * SECOND)
    assert here.unit.state in (State.HELD, State.ABORTED)
    rig.request("ST05.BoardRequest", TIERS[after])
    rig.run(81 * SECOND)
    assert isinstance(here.board, SerialBoard) == (after == "serial")
    assert here.forces.forced_outputs == 1
    restored = load(save(rig))
    assert type(cabinet_in(restored, 5).board) is type(here.board)
    for each in (rig, restored):
        give(each, "ST05", Command.CLEAR)
        each.run(400 * SECOND)
        assert not cabinet_in(each, 5).forces.active, "they have run out"
    assert (restored.trace.sha256(), restored.trace.count) == (rig.trace.sha256(), rig.trace.count)
    if after == "simulated":
        assert here.unit.state in (State.EXECUTE, State.SUSPENDED)
