"""Exercises in unit 1: what a trainee submits and what the server tells of it. Input registers 761-766, holding
registers 404-407. Nothing here says whether a diagnosis was right before the exercise is over."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from protocols.roles import COMMANDERS
from protocols.stations.io_table import STATIONS
from protocols.tags.fault_map import KIND_LABELS
from protocols.tags.tag import Kind, Table, Tag, Writer, command_register


class Submission(IntEnum):
    """What became of the last submission."""

    NONE = 0
    TAKEN = 1
    NO_EXERCISE = 2
    UNKNOWN_KIND = 3
    TOO_MANY = 4


STATE_LABELS: Final = ((0, "None"), (1, "Running"), (2, "Over"))
SUBMISSION_LABELS: Final = (
    (Submission.NONE, "Nothing submitted yet"),
    (Submission.TAKEN, "Taken"),
    (Submission.NO_EXERCISE, "Refused: no exercise is running"),
    (Submission.UNKNOWN_KIND, "Refused: no such kind of fault"),
    (Submission.TOO_MANY, "Refused: too many submissions"),
)
#: What reads where there is no exercise.
INPUTS: Final = (
    (761, "TrainingState", "", STATE_LABELS, "whether an exercise with hidden faults is running"),
    (762, "TrainingLeft", "s", (), "plant time until it is over, stops at 65535"),
    (763, "DiagnosisResult", "", SUBMISSION_LABELS, "what became of the last submission, right or wrong"),
    (764, "DiagnosesTaken", "", (), "submissions taken or refused, modulo 65536"),
    (765, "TrainingScore", "", (), "points of 100 when it is over, 0 before"),
)
COMMANDS: Final = (
    (404, "DiagnosisStation", 0, len(STATIONS), 0, (), "where something is wrong: the station, 0: the line"),
    (405, "DiagnosisKind", 0, 999, 0, KIND_LABELS, "what is wrong there: the kind of fault"),
    (406, "DiagnosisChangeRequest", 0, 1, 0, (), "0 to 1 submits the diagnosis"),
    (407, "FoundChangeRequest", 0, 1, 0, (), "0 to 1 marks that something is wrong at DiagnosisStation"),
)  # fmt: skip


def training_tags() -> list[Tag]:
    """All of them."""
    tags = [
        Tag(f"Line.{name}", Table.INPUT, address, Kind.U16, Writer.SERVER, doc, unit, labels=labels)
        for address, name, unit, labels, doc in INPUTS
    ]
    return tags + [
        command_register(f"Line.{name}", address, low, high, default, labels, doc, COMMANDERS)
        for address, name, low, high, default, labels, doc in COMMANDS
    ]
