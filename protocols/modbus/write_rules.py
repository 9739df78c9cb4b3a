"""What a master may write where: roles and declared ranges, checked over a whole block before any of it counts."""

from __future__ import annotations

from collections.abc import Sequence

from protocols.modbus.unit_image import UnitImage
from protocols.roles import Role
from protocols.tags.codec import decode
from protocols.tags.tag import Kind, Table, Tag


class WriteRules:
    """The rules of one writable table (coils or holding registers). Padding takes any value, but not from a viewer."""

    def __init__(self, image: UnitImage, table: Table) -> None:
        self._image = image
        self._table = table
        self._single: list[tuple[Tag, int, int] | None] = [None] * image.sizes[table]
        self._wide: list[Tag] = []
        #: For each role the tags it may not write; a role that may write all of them is not here.
        self._closed: dict[Role, list[Tag]] = {}
        for tag in image.unit.of(table):
            for role in Role:
                if role not in tag.may_write:
                    self._closed.setdefault(role, []).append(tag)
            if tag.kind.words == 1:
                self._single[tag.address] = (tag, *tag.bounds)
            else:
                self._wide.append(tag)

    def forbidden(self, address: int, count: int, role: Role) -> str:
        """Why `role` must not write these cells; empty text if it may."""
        if role is Role.VIEWER:
            return f"the role {role} may not write"
        for tag in self._closed.get(role, ()):
            if tag.address < address + count and address < tag.end:
                return f"the role {role} may not write {tag.name}"
        return ""

    def problem(self, address: int, values: Sequence[int]) -> str:
        """Why `values` (words 0..65535 or bits) must not be written at `address`; empty text if they may.

        A block that covers only a part of a 32- or 64-bit value is judged together with the stored rest. The caller
        has checked the addresses.
        """
        for value, rule in zip(values, self._single[address : address + len(values)], strict=True):
            if rule is None:
                continue
            tag, low, high = rule
            if tag.kind is Kind.I16 and value > 0x7FFF:
                value -= 0x10000
            if not low <= value <= high:
                return _outside(tag, value)
        for tag in self._wide:
            if tag.address < address + len(values) and address < tag.end:
                raw = decode(tag, self._overlaid(tag, address, values))
                low, high = tag.bounds
                if not low <= raw <= high:
                    return _outside(tag, raw)
        return ""

    def _overlaid(self, tag: Tag, address: int, values: Sequence[int]) -> list[int]:
        words = self._image.cells(self._table, tag.address, tag.kind.words)
        for i in range(len(words)):
            offset = tag.address + i - address
            if 0 <= offset < len(values):
                words[i] = values[offset]
        return words


def _outside(tag: Tag, raw: int) -> str:
    low, high = tag.bounds
    return f"{tag.name} = {raw} lies outside {low}..{high}"
