"""Injected faults do to a board on C firmware what they do to one on the firmware in Python: the traces are equal."""

from __future__ import annotations

import pytest

from hil.emulated_board import EmulatedBoard, Start
from protocols.ports import Board, Terminals
from protocols.stations.io_table import BY_NUMBER
from sector7.recipe import StationRecipe
from sector7.rig.rig import Rig
from sector7.rig.trace import first_difference
from tests.hil.toolbox import need_emulator, starter
from tests.sector7.faults.siege import SIEGE, UNTIL, besiege
from tests.sector7.lines import busy


def besieged(start: Start | None) -> Rig:
    """The line with every kind of fault, its boards started by `start` (None: simulated)."""
    if start is None:
        return besiege(Rig(busy(), 3, keep_trace=True))

    def fit(row: StationRecipe, terminals: Terminals, every: bool) -> Board:
        return EmulatedBoard(BY_NUMBER[row.number], terminals, start, every=every)

    return besiege(Rig(busy(), 3, keep_trace=True, boards=fit))


def test_the_siege_has_resets_brown_outs_and_silences() -> None:
    kinds = {fault.kind for at, fault in SIEGE if at < UNTIL}
    assert kinds >= {"board_reset", "undervoltage", "board_hang", "link_cut", "link_loss", "link_delay", "destroyed"}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("target", ["host", pytest.param("emulated", marks=pytest.mark.nightly)])
def test_a_siege_on_c_firmware(target: str) -> None:
    if target == "emulated":
        need_emulator()
    c, python = besieged(starter(target)), besieged(None)
    assert first_difference(c.trace.entries(), python.trace.entries()) is None
    assert c.trace.sha256() == python.trace.sha256()
