"""Finding by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing")


def score(typed: str, text: str) -> int:
    """How well `text` answers what was typed, 0 if not at all. Both in small letters.

    A word that begins with what was typed is best, then one that holds it, then one that has its letters in their
    order. Every typed word must be found.
    """
    total = 1
    for word in typed.split():
        at = text.find(word)
        if at == 0 or (at > 0 and not text[at - 1].isalnum()):
            total += 60
        elif (inner := _word_start(word, text)) >= 0:
            at, total = inner, total + 60
        elif at > 0:
            total += 30
        elif _in_order(word, text):
            at, total = 40, total + 5
        else:
            return 0
        total -= min(20, at // 2)
    return max(1, total)


def best(typed: str, things: Iterable[Thing], text: Callable[[Thing], str], most: int) -> list[Thing]:
    """The things that answer best, best first; those that answer equally stay in their order."""
    asked = typed.lower().strip()
    found = [(score(asked, text(thing).lower()), place, thing) for place, thing in enumerate(things)]
    found = sorted((one for one in found if one[0]), key=lambda one: (-one[0], one[1]))
    return [thing for _, _, thing in found[:most]]


def _word_start(word: str, text: str) -> int:
    at = text.find(word)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at


def _in_order(word: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in word)
