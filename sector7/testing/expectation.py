"""Engineering values of tags, what a test may expect of one, and the words when it is not so."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from protocols.errors import EmulatorError
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Kind, Tag

#: A value as tests write and read it: bits are bools, the rest numbers in the tag's unit.
Value = bool | int | float


class UnknownName(EmulatorError):
    """A test names something that is not there."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = list(known)
        close = difflib.get_close_matches(name, names, 3)
        hint = f": did you mean {' or '.join(close)}?" if close else ""
        if name.isdigit():
            hint = f": there are {', '.join(names)}"
        super().__init__(f"there is no {kind} {name!r}{hint}")
        self.kind = kind
        self.name = name


class WrongValue(EmulatorError):
    """A test gives a tag what it cannot take."""

    def __init__(self, tag: str, value: object, expected: str) -> None:
        super().__init__(f"{tag}: {value!r} is not {expected}")
        self.tag = tag
        self.value = value


def tag_of(name: str) -> Tag:
    """The tag of that name. Raises UnknownName."""
    found = PLANT_MAP.by_name.get(name)
    if found is None:
        raise UnknownName("tag", name, PLANT_MAP.by_name)
    return found[1]


def value_of(tag: Tag, raw: int) -> Value:
    """A raw value as tests read it."""
    if tag.kind is Kind.BOOL:
        return bool(raw)
    return raw / 10**tag.decimals if tag.decimals else raw


def raw_of(tag: Tag, value: Value | str) -> int:
    """What a test writes or expects, as raw value; a text is one of the tag's labels. Raises WrongValue."""
    if isinstance(value, str):
        for raw, label in tag.labels:
            if label.lower() == value.lower():
                return raw
        labels = ", ".join(label for _, label in tag.labels)
        raise WrongValue(tag.name, value, f"one of {labels}" if labels else "a number")
    scale: int = 10**tag.decimals
    return round(value * scale)


def in_words(tag: Tag, raw: int) -> str:
    """A raw value as a reader of a failure wants it: label or number with its unit."""
    if tag.kind is Kind.BOOL:
        return "on" if raw else "off"
    return f"{tag.text(raw)} {tag.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a tag's value shall be: equal to `raw`, at least `above`, at most `below` (raw values)."""

    tag: Tag
    raw: int | None = None
    above: int | None = None
    below: int | None = None

    def met(self, raw: int) -> bool:
        """Whether a raw value will do."""
        return (
            (self.raw is None or raw == self.raw)
            and (self.above is None or raw >= self.above)
            and (self.below is None or raw <= self.below)
        )

    def words(self) -> str:
        """It in words."""
        parts = (("", self.raw), ("at least ", self.above), ("at most ", self.below))
        return " and ".join(f"{how}{in_words(self.tag, raw)}" for how, raw in parts if raw is not None)


def wanted(tag: Tag, value: Value | str | None, above: float | None, below: float | None) -> Wanted:
    """What a test expects of a tag. Raises WrongValue when it expects nothing."""
    if value is None and above is None and below is None:
        raise WrongValue(tag.name, None, "something to expect: give a value, above= or below=")
    return Wanted(tag, *(None if each is None else raw_of(tag, each) for each in (value, above, below)))
