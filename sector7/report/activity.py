"""What a station does, in the eight words of the report: PackML states, with the wait they are for and the mode."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from firmware_sim.plc.sequence import BLOCKED, STARVED
from protocols.packml import Mode, State


class Activity(IntEnum):
    """The groups of PackML states that the report tells apart. The three from HELD on want somebody."""

    EXECUTE = 0
    STARVED = 1
    BLOCKED = 2
    SUSPENDED = 3
    STOPPED = 4
    MAINTENANCE = 5
    HELD = 6
    ABORTED = 7


#: How the report calls them.
LABELS: Final = {
    Activity.EXECUTE: "Execute",
    Activity.STARVED: "Suspended: starved",
    Activity.BLOCKED: "Suspended: blocked",
    Activity.SUSPENDED: "Suspended by command",
    Activity.STOPPED: "Stopped, idle",
    Activity.MAINTENANCE: "Maintenance",
    Activity.HELD: "Held",
    Activity.ABORTED: "Aborted",
}
#: Nobody planned to produce in these (the same states as in firmware_sim.plc.clockwork).
UNPLANNED: Final = (Activity.STOPPED, Activity.MAINTENANCE)
#: Waiting for somebody else: the station itself holds nothing up.
WAITING: Final = (Activity.STARVED, Activity.BLOCKED)
#: The station goes on, or waits for its neighbours.
UP: Final = frozenset((Activity.EXECUTE, *WAITING))

_BY_STATE: Final = {
    State.EXECUTE: Activity.EXECUTE,
    State.STARTING: Activity.SUSPENDED,
    State.HOLDING: Activity.HELD,
    State.HELD: Activity.HELD,
    State.UNHOLDING: Activity.HELD,
    State.ABORTING: Activity.ABORTED,
    State.ABORTED: Activity.ABORTED,
    State.CLEARING: Activity.ABORTED,
}
_SUSPENDED: Final = (State.SUSPENDING, State.SUSPENDED, State.UNSUSPENDING)
_WAITS: Final = {STARVED: Activity.STARVED, BLOCKED: Activity.BLOCKED}


def activity(state: int, waits: int, mode: int) -> Activity:
    """The activity of a unit in PackML `state` whose present step waits for what is upstream (1) or downstream (2)."""
    if mode != Mode.PRODUCE:
        return Activity.MAINTENANCE
    if state in _SUSPENDED:
        return _WAITS.get(waits, Activity.SUSPENDED)
    return _BY_STATE.get(State(state), Activity.STOPPED)
