"""The PackML state machine as a table: which command is taken in which state, and where it leads."""

from __future__ import annotations

import pytest

from protocols.packml import COMMAND_LABELS, MODE_LABELS, STATE_LABELS, Command, Mode, State, accepts

# rows: states; columns: Reset Start Stop Hold Unhold Suspend Unsuspend Abort Clear Complete
COLUMNS = list(Command)[1:]
TABLE = """
UNDEFINED    .         .        .        .       .         .          .            .        .        .
CLEARING     .         .        .        .       .         .          .            ABORTING .        .
STOPPED      RESETTING .        .        .       .         .          .            ABORTING .        .
STARTING     .         .        STOPPING .       .         .          .            ABORTING .        .
IDLE         .         STARTING STOPPING .       .         .          .            ABORTING .        .
SUSPENDED    .         .        STOPPING HOLDING .         .          UNSUSPENDING ABORTING .        COMPLETING
EXECUTE      .         .        STOPPING HOLDING .         SUSPENDING .            ABORTING .        COMPLETING
STOPPING     .         .        .        .       .         .          .            ABORTING .        .
ABORTING     .         .        .        .       .         .          .            .        .        .
ABORTED      .         .        .        .       .         .          .            .        CLEARING .
HOLDING      .         .        STOPPING .       .         .          .            ABORTING .        .
HELD         .         .        STOPPING .       UNHOLDING .          .            ABORTING .        .
UNHOLDING    .         .        STOPPING .       .         .          .            ABORTING .        .
SUSPENDING   .         .        STOPPING .       .         .          .            ABORTING .        .
UNSUSPENDING .         .        STOPPING .       .         .          .            ABORTING .        .
RESETTING    .         .        STOPPING .       .         .          .            ABORTING .        .
COMPLETING   .         .        STOPPING .       .         .          .            ABORTING .        .
COMPLETE     RESETTING .        STOPPING .       .         .          .            ABORTING .        .
""".strip().splitlines()


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.split()[0])
def test_commands_in_a_state(row: str) -> None:
    state, *targets = row.split()
    for command, target in zip(COLUMNS, targets, strict=True):
        expected = None if target == "." else State[target]
        assert accepts(State[state], command) is expected, command


def test_every_state_is_in_the_table_and_no_command_means_none() -> None:
    assert [row.split()[0] for row in TABLE] == [state.name for state in State]
    assert {accepts(state, Command.NONE) for state in State} == {None}


def test_numbers_are_those_of_the_standard() -> None:
    assert (State.CLEARING, State.STOPPED, State.IDLE, State.EXECUTE, State.ABORTED) == (1, 2, 4, 6, 9)
    assert (State.HELD, State.RESETTING, State.COMPLETE) == (11, 15, 17)
    assert (Command.RESET, Command.START, Command.STOP, Command.ABORT, Command.CLEAR) == (1, 2, 3, 8, 9)
    assert (Mode.PRODUCE, Mode.MAINTENANCE, Mode.MANUAL) == (1, 2, 3)


def test_every_number_has_its_label() -> None:
    assert dict(STATE_LABELS)[State.EXECUTE] == "Execute"
    assert len(STATE_LABELS) == len(State)
    assert len(COMMAND_LABELS) == len(Command)
    assert len(MODE_LABELS) == len(Mode) + 1
