"""PackML states as an operator sees them: a shape, a name, an ink. Execute is plain grey: normal is not news."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.style import Style

from hmi.draw.ink import ALARM, ALARM_BLOCK, CAUTION, CAUTION_BLOCK, LABEL, PLAIN, STRONG
from protocols.packml import State


@dataclass(frozen=True, slots=True)
class Mark:
    """How a state is drawn. `level` is 0 for normal, 1 for on its way or waiting, 2 for caution, 3 for alarm."""

    shape: str
    name: str
    ink: Style
    level: int = 0

    @property
    def block(self) -> Style:
        """The ink as a filled block where the state wants attention."""
        return {2: CAUTION_BLOCK, 3: ALARM_BLOCK}.get(self.level, self.ink)

    def as_intended(self) -> Mark:
        """The same state where it is what somebody asked for."""
        return replace(self, ink=STRONG, level=1)

    @property
    def text(self) -> str:
        """Shape and name."""
        return f"{self.shape} {self.name}"


_ACTING = {
    State.CLEARING,
    State.STARTING,
    State.UNHOLDING,
    State.UNSUSPENDING,
    State.RESETTING,
    State.COMPLETING,
    State.SUSPENDING,
}

_MARKS = {
    State.UNDEFINED: Mark("?", "UNDEFINED", LABEL, 1),
    State.EXECUTE: Mark("●", "EXECUTE", PLAIN),
    State.IDLE: Mark("○", "IDLE", STRONG, 1),
    State.STOPPED: Mark("□", "STOPPED", STRONG, 1),
    State.COMPLETE: Mark("◉", "COMPLETE", STRONG, 1),
    State.SUSPENDED: Mark("◌", "SUSPENDED", LABEL, 1),
    State.STOPPING: Mark("»", "STOPPING", STRONG, 1),
    State.HOLDING: Mark("»", "HOLDING", CAUTION, 2),
    State.HELD: Mark("■", "HELD", CAUTION, 2),
    State.ABORTING: Mark("»", "ABORTING", ALARM, 3),
    State.ABORTED: Mark("×", "ABORTED", ALARM, 3),
    **{state: Mark("»", state.name, STRONG, 1) for state in _ACTING},
}

_STARVED = Mark("◁", "STARVED", LABEL, 1)
_BLOCKED = Mark("▷", "BLOCKED", LABEL, 1)


def mark(state: int, starved: bool = False, blocked: bool = False) -> Mark:
    """The mark of a PackML state number; Suspended says why if it is known."""
    if state == State.SUSPENDED and starved != blocked:
        return _STARVED if starved else _BLOCKED
    try:
        return _MARKS[State(state)]
    except ValueError:
        return Mark("?", f"STATE {state}", LABEL, 1)
