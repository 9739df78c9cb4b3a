"""A plant made of plain cells: the source and the sink of the server under test, and a model to compare with."""

from __future__ import annotations

from collections.abc import Mapping

from protocols.errors import Refusal
from protocols.roles import Role
from protocols.tags.tag import Kind, PlantMap, Table, Tag

#: What the server itself is the writer of.
SERVERS = {
    f"Line.{name}"
    for name in (
        "MapVersion", "MapFingerprint", "GenerationBefore", "GenerationAfter", "Requests", "Exceptions", "Clients",
        "BytesReceived", "BytesSent",
    )
}  # fmt: skip


class DictPlant:
    """Keeps every word and bit of a plant in dictionaries and works out tag values by hand, not with our codec.

    `written` lists the writes that arrived. With `refuse` set, writes are refused for that reason; with `broken`
    set, reading the values fails as a faulty source would.
    """

    def __init__(self, plant_map: PlantMap) -> None:
        self.plant_map = plant_map
        self.generation = 0
        self.cells: dict[tuple[int, Table], dict[int, int]] = {
            (number, table): {} for number in plant_map.units for table in Table
        }
        self.written: list[tuple[int, Table, int, list[int], str]] = []
        self.refuse = ""
        self.broken = False
        self.asked = 0
        for unit, tag in plant_map.rows():
            self._put(unit.unit, tag, tag.default)

    def values(self, unit: int) -> Mapping[str, int]:
        self.asked += 1
        if self.broken:
            raise RuntimeError("the source is broken")
        return {tag.name: self._raw(unit, tag) for tag in self.plant_map.units[unit].tags}

    def refused(self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role) -> None:
        """Nothing is remembered."""

    def newest(self, unit: int, address: int) -> int | None:
        """Everything can be read back at once."""
        return None

    def write(self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role) -> None:
        if self.refuse:
            raise Refusal(who, f"{table} {address}", self.refuse)
        self.written.append((unit, table, address, values, who))
        tags = self.plant_map.units[unit].of(table)
        known = {a for tag in tags for a in range(tag.address, tag.end)}
        for i, value in enumerate(values):
            if address + i in known:
                self.cells[unit, table][address + i] = value
        self.generation += 1

    def __getitem__(self, name: str) -> int:
        unit, tag = self.plant_map.by_name[name]
        return self._raw(unit.unit, tag)

    def __setitem__(self, name: str, raw: int) -> None:
        unit, tag = self.plant_map.by_name[name]
        self._put(unit.unit, tag, raw)
        self.generation += 1

    def cell(self, unit: int, table: Table, address: int) -> int:
        """One word or bit as it should stand in the table; padding is zero."""
        return self.cells[unit, table].get(address, 0)

    def _put(self, unit: int, tag: Tag, raw: int) -> None:
        count = tag.kind.words
        for i in range(count):
            word = raw if tag.kind is Kind.BOOL else raw >> 16 * (count - 1 - i) & 0xFFFF
            self.cells[unit, tag.table][tag.address + i] = word

    def _raw(self, unit: int, tag: Tag) -> int:
        raw = 0
        for address in range(tag.address, tag.end):
            raw = raw << 16 | self.cells[unit, tag.table][address]
        sign = 1 << 16 * tag.kind.words - 1
        return raw - 2 * sign if tag.kind.value.startswith("i") and raw >= sign else raw
