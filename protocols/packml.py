"""PackML names and numbers (ANSI/ISA-TR88.00.02): states, commands, modes."""

from __future__ import annotations

from enum import IntEnum


class State(IntEnum):
    """StateCurrent. Suspended has an external cause (starved, blocked), Held an internal one."""

    UNDEFINED = 0
    CLEARING = 1
    STOPPED = 2
    STARTING = 3
    IDLE = 4
    SUSPENDED = 5
    EXECUTE = 6
    STOPPING = 7
    ABORTING = 8
    ABORTED = 9
    HOLDING = 10
    HELD = 11
    UNHOLDING = 12
    SUSPENDING = 13
    UNSUSPENDING = 14
    RESETTING = 15
    COMPLETING = 16
    COMPLETE = 17


class Command(IntEnum):
    """CntrlCmd, taken on a rising edge of CmdChangeRequest."""

    NONE = 0
    RESET = 1
    START = 2
    STOP = 3
    HOLD = 4
    UNHOLD = 5
    SUSPEND = 6
    UNSUSPEND = 7
    ABORT = 8
    CLEAR = 9
    COMPLETE = 10


class Mode(IntEnum):
    """UnitMode."""

    PRODUCE = 1
    MAINTENANCE = 2
    MANUAL = 3


#: State from which each command is accepted, and the acting state it leads to. Stop and Abort are handled apart:
#: they are accepted from almost everywhere.
TRANSITIONS: dict[Command, dict[State, State]] = {
    Command.RESET: {State.STOPPED: State.RESETTING, State.COMPLETE: State.RESETTING},
    Command.START: {State.IDLE: State.STARTING},
    Command.HOLD: {State.EXECUTE: State.HOLDING, State.SUSPENDED: State.HOLDING},
    Command.UNHOLD: {State.HELD: State.UNHOLDING},
    Command.SUSPEND: {State.EXECUTE: State.SUSPENDING},
    Command.UNSUSPEND: {State.SUSPENDED: State.UNSUSPENDING},
    Command.CLEAR: {State.ABORTED: State.CLEARING},
    Command.COMPLETE: {State.EXECUTE: State.COMPLETING, State.SUSPENDED: State.COMPLETING},
}

#: Where an acting state leads when its action is done.
NEXT_STATE: dict[State, State] = {
    State.CLEARING: State.STOPPED,
    State.RESETTING: State.IDLE,
    State.STARTING: State.EXECUTE,
    State.HOLDING: State.HELD,
    State.UNHOLDING: State.EXECUTE,
    State.SUSPENDING: State.SUSPENDED,
    State.UNSUSPENDING: State.EXECUTE,
    State.STOPPING: State.STOPPED,
    State.ABORTING: State.ABORTED,
    State.COMPLETING: State.COMPLETE,
}

#: Where Stop is not accepted: the unit is stopped, aborted, or on its way there.
NOT_STOPPABLE = frozenset(
    {State.UNDEFINED, State.STOPPED, State.STOPPING, State.ABORTING, State.ABORTED, State.CLEARING}
)

#: Where Abort is not accepted.
NOT_ABORTABLE = frozenset({State.UNDEFINED, State.ABORTING, State.ABORTED})


def accepts(state: State, command: Command) -> State | None:
    """The acting state that `command` leads to from `state`, or None where PackML refuses it."""
    if command is Command.ABORT:
        return None if state in NOT_ABORTABLE else State.ABORTING
    if command is Command.STOP:
        return None if state in NOT_STOPPABLE else State.STOPPING
    return TRANSITIONS.get(command, {}).get(state)


STATE_LABELS = tuple((int(s), s.name.title()) for s in State)
COMMAND_LABELS = tuple((int(c), c.name.title()) for c in Command)
MODE_LABELS = ((0, "Undefined"), *((int(m), m.name.title()) for m in Mode))
