"""What stops a whole line, and what a stop in the middle of any step leaves behind."""

from __future__ import annotations

import pytest

from protocols.packml import Command, State
from protocols.reasons import Reason
from sector7.rig.rig import Rig
from tests.sector7.lines import MINUTE, QUIET, SECOND, give, line, look

MS = 1_000


def test_after_an_emergency_stop_every_station_names_the_cause() -> None:
    rig = Rig(line(**QUIET), 1)
    rig.run(90 * SECOND)
    rig.plant.e_stop(rig.now, True)
    rig.run(rig.now + 5 * SECOND)
    assert {State(unit.state) for unit in rig.line.units} == {State.ABORTED}
    assert {Reason(unit.reason) for unit in rig.line.units} == {Reason.SAFETY}
    assert rig.line.reason == Reason.SAFETY


def test_what_the_line_itself_aborts_names_the_line() -> None:
    rig = Rig(line(**QUIET), 1)
    rig.run(90 * SECOND)
    give(rig, "Line", Command.ABORT)
    rig.run(rig.now + 5 * SECOND)
    assert {Reason(unit.reason) for unit in rig.line.units} == {Reason.LINE}


@pytest.mark.parametrize("number", range(1, 13))
def test_a_station_may_be_held_and_released_in_any_step(number: int) -> None:
    """Held with its outputs kept or safe, it goes on where it was: no step is aborted by the release."""
    rig = Rig(line(**QUIET), 2)
    rig.run(60 * SECOND)
    unit = rig.line.units[number - 1]
    held = set()
    end = rig.now + 12 * MINUTE
    while rig.now < end:
        if unit.state == State.EXECUTE and unit.index not in held:
            held.add(unit.index)
            give(rig, unit.io.code, Command.HOLD)
            rig.run(rig.now + 2 * SECOND)
            give(rig, unit.io.code, Command.UNHOLD)
        rig.run(rig.now + 200 * MS)
        look(rig)
        assert (unit.failures, unit.defective) == (0, 0), (unit.step.name, Reason(unit.reason), State(unit.state).name)
    assert len(held) > 3
