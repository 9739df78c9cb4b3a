"""What the operations that write one value have in common: whose tag it is, and the range that it must keep."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.link.operation import Operation, Read
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Tag


@dataclass(frozen=True)
class TagWrite(Operation):
    """A raw value for the tag `name`."""

    name: str
    raw: int

    @property
    def writes(self) -> tuple[str]:
        """See `Operation`."""
        return (self.name,)

    @property
    def tag(self) -> Tag:
        """The declaration: unit, range, roles."""
        return PLANT_MAP[self.name]

    def refusal(self, read: Read) -> str:
        """See `Operation`: the server checks the same range again."""
        low, high = self.tag.bounds
        return "" if low <= self.raw <= high else f"outside {range_text(self.tag)}"


def range_text(tag: Tag) -> str:
    """The values it takes, with their unit."""
    low, high = tag.bounds
    return f"{tag.digits(low)}..{tag.digits(high)} {tag.unit}".rstrip()
