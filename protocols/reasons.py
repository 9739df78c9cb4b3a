"""Stop reasons: why a station is not producing. Numbers below 100 are general; 100 + step is a step that timed out."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum


class Reason(IntEnum):
    """StopReason of a unit."""

    NONE = 0
    OPERATOR = 1
    SAFETY = 2
    INTERLOCK = 3
    BOARD_LOST = 4
    BOARD_TRIPPED = 5
    UTILITY = 6
    HOMING = 7
    DEVICE_FAULT = 8
    LINE = 9
    OWNER_LOST = 10
    STEP_TIMEOUT = 100


TEXTS = {
    Reason.NONE: "None",
    Reason.OPERATOR: "Operator command",
    Reason.SAFETY: "Safety chain open",
    Reason.INTERLOCK: "Board interlock",
    Reason.BOARD_LOST: "Board lost",
    Reason.BOARD_TRIPPED: "Board tripped",
    Reason.UTILITY: "Utility missing",
    Reason.HOMING: "Homing timed out",
    Reason.DEVICE_FAULT: "Device fault",
    Reason.LINE: "Line command",
    Reason.OWNER_LOST: "External owner lost",
}

#: Bits of StartInterlock: why Start would be refused.
START_INTERLOCKS = (
    "the safety chain is open",
    "the board does not answer",
    "the board is tripped",
    "the unit is not in Produce mode",
    "the station is not released (commissioning)",
)

#: Steps are numbered from 0; a sequence has at most 100 of them.
MAX_STEPS = 100


def reason_labels(step_names: Sequence[str] = ()) -> tuple[tuple[int, str], ...]:
    """Number and text of every reason; with the names of a station's steps the time-outs name their step."""
    steps = step_names or [f"Step {step}" for step in range(MAX_STEPS)]
    general = tuple((int(reason), text) for reason, text in TEXTS.items())
    return general + tuple((Reason.STEP_TIMEOUT + step, f"{name} timed out") for step, name in enumerate(steps))
