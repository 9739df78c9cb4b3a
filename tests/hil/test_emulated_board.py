"""What a plant server shows of a board on C firmware; and that looking changes nothing."""

from __future__ import annotations

from hil.emulated_board import EmulatedBoard
from sector7.masters.values import PlantValues
from sector7.rig.rig import Rig
from tests.hil.test_same_trace import CASTLE, SECOND, fitted
from tests.hil.toolbox import starter


def test_its_own_figures_are_shown_and_looking_changes_nothing() -> None:
    seen, unseen = fitted(starter("emulated"), 4), Rig(CASTLE, 7)
    values = PlantValues(seen, 1)
    shown: dict[str, int] = {}
    for second in range(1, 21):
        for rig in (seen, unseen):
            rig.run(second * SECOND + 130_000)
        for _ in range(3):
            shown = dict(values.values(14))
    board = {name.rsplit(".", 1)[1]: value for name, value in shown.items()}
    assert abs(board["supply"] - 5000) < 30
    assert board["exchanges"] > 200
    assert (board["reset_cause"], board["resets"], board["watchdog_trips"]) == (1, 0, 0)
    emulated = next(c.board for c in seen.cabinets if isinstance(c.board, EmulatedBoard))
    least, mean, longest = emulated.scans
    assert 0 < least <= mean <= longest < 2000
    assert seen.trace.sha256() == unseen.trace.sha256()
