"""Answers and diagnoses of commissioning as operations, with what they say."""

from __future__ import annotations

from hmi.operations.commission import Commission
from protocols.commissioning import FINDING_TEXTS, NOTHING_CHANGED, Command, Entry, Finding
from protocols.stations.io_table import BY_NUMBER


def seen(number: int, check: Entry | None, value: int, words: str) -> Commission:
    """The answer to a check that asks."""
    return Commission(Command.CONFIRM, number, value, words=words, item=check.item if check is not None else -1)


def seen_input(number: int, check: Entry, changed: int | None) -> Commission:
    """That an input changed; None: that nothing did."""
    if changed is None:
        return seen(number, check, NOTHING_CHANGED, "saw that nothing changed")
    return seen(number, check, changed, f"saw {BY_NUMBER[number].inputs[changed]} change")


def seen_reading(number: int, check: Entry, right: bool) -> Commission:
    """That a transmitter's reading is right, or not."""
    return seen(number, check, int(right), f"saw that the reading is {'right' if right else 'wrong'}")


def crew(number: int, finding: Finding, other: int = 0) -> Commission:
    """The crew for a defect; `other` is the other one of two swapped inputs."""
    with_ = f" with {BY_NUMBER[number].inputs[other]}" if finding is Finding.SWAPPED else ""
    return Commission(Command.REPAIR, number, int(finding), other, f"crew for {FINDING_TEXTS[finding].lower()}{with_}")
