"""When a PackML command counts as carried out: judged by the state that comes back, never by the command sent."""

from __future__ import annotations

from enum import Enum

from protocols.packml import Command, State, accepts

#: States that prove a command: where it ends, and what can follow by itself before the next poll sees it.
_REACHED: dict[Command, frozenset[State]] = {
    Command.RESET: frozenset({State.IDLE, State.STARTING, State.EXECUTE}),
    Command.START: frozenset({State.EXECUTE, State.SUSPENDING, State.SUSPENDED, State.COMPLETING, State.COMPLETE}),
    Command.STOP: frozenset({State.STOPPED}),
    Command.HOLD: frozenset({State.HELD}),
    Command.UNHOLD: frozenset({State.EXECUTE, State.SUSPENDING, State.SUSPENDED, State.COMPLETING, State.COMPLETE}),
    Command.SUSPEND: frozenset({State.SUSPENDED}),
    Command.UNSUSPEND: frozenset({State.EXECUTE, State.COMPLETING, State.COMPLETE}),
    Command.ABORT: frozenset({State.ABORTED}),
    Command.CLEAR: frozenset({State.STOPPED, State.RESETTING, State.IDLE}),
    Command.COMPLETE: frozenset({State.COMPLETE}),
}


class Progress(Enum):
    """How far a command has come."""

    NONE = "no feedback yet"
    ACTING = "under way"
    REACHED = "reached"


def progress(command: Command, before: State, now: int) -> Progress:
    """What the state `now` says about a `command` given in state `before`."""
    if now == before:
        return Progress.NONE
    if now in _REACHED.get(command, frozenset()):
        return Progress.REACHED
    return Progress.ACTING if now == accepts(before, command) else Progress.NONE
