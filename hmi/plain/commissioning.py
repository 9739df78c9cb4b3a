"""Commissioning by words: the program, one step, what was seen, the crew, a release."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hmi.frame import Frame
from hmi.operations.commission import Commission
from hmi.operations.commission_words import crew, seen_input, seen_reading
from hmi.panels.commissioning_words import check_under_way
from hmi.plain.report import find_station
from hmi.plain.unclear import Unclear
from protocols.commissioning import FINDING_TEXTS, LOW_ITEM, Command, Finding
from protocols.stations.io_table import BY_NUMBER

WORDS: Final = ("commission", "step", "release", "saw", "crew")
_DIAGNOSES: Final = {
    FINDING_TEXTS[finding].lower().replace(" ", "-"): finding for finding in Finding if finding >= Finding.DEAD_BOARD
}


def operation(verb: str, rest: Sequence[str], frame: Frame) -> Commission:
    """What the words ask for. Raises Unclear."""
    if verb == "commission":
        return _program(rest)
    number = find_station(rest[0]) if rest else 0
    if not number:
        raise Unclear(f"{verb} wants a station 1 to {len(BY_NUMBER)}")
    if verb == "saw":
        return _saw(number, rest[1:], frame)
    if verb == "crew":
        return _crew(number, rest[1:])
    return Commission(Command.STEP if verb == "step" else Command.RELEASE, number)


def question(asked: Commission, frame: Frame) -> str:
    """What it would do, in sentences."""
    facts = [asked.title, *asked.facts(frame.raw)[1:]]
    return " ".join(f"{' '.join(fact.split()).replace('→', 'to').rstrip('.')}." for fact in facts)


def _program(rest: Sequence[str]) -> Commission:
    match [word.lower() for word in rest]:
        case []:
            return Commission(Command.AUTOMATIC)
        case ["produce"]:
            return Commission(Command.PRODUCE)
        case ["stop"]:
            return Commission(Command.STOP)
        case [word] if number := find_station(word):
            return Commission(Command.AUTOMATIC, number)
    raise Unclear(f"commission {' '.join(rest)}: commission, commission produce, commission 5, or commission stop")


def _saw(number: int, rest: Sequence[str], frame: Frame) -> Commission:
    io, word = BY_NUMBER[number], " ".join(rest).lower()
    check = check_under_way(frame.station(number))
    if check is None:
        raise Unclear(f"nothing waits to be confirmed at {io.code}")
    if check.item >= LOW_ITEM:
        if word not in ("right", "wrong"):
            raise Unclear("of a transmitter say right or wrong")
        return seen_reading(number, check, word == "right")
    if word != "nothing" and word not in io.inputs:
        raise Unclear(f"say nothing, or the input that changed: {', '.join(io.inputs)}")
    return seen_input(number, check, None if word == "nothing" else io.inputs.index(word))


def _crew(number: int, rest: Sequence[str]) -> Commission:
    inputs = BY_NUMBER[number].inputs
    finding = _DIAGNOSES.get(rest[0].lower()) if rest else None
    if finding is None:
        raise Unclear(f"crew wants a diagnosis: {', '.join(_DIAGNOSES)}")
    if (finding is Finding.SWAPPED) is not (len(rest) == 2 and rest[1] in inputs):
        raise Unclear(f"swapped inputs, and only they, want the other input: {', '.join(inputs)}")
    return crew(number, finding, inputs.index(rest[1]) if finding is Finding.SWAPPED else 0)
