"""One unit's four tables as the bytes that travel over Modbus, filled from tag values and read back into them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from operator import index
from typing import Final

from protocols.errors import MapError
from protocols.tags.codec import STRUCT_CODES, decode, encode, saturate
from protocols.tags.tag import Table, Tag, UnitMap


class RegisterPlan:
    """How one register table is laid out, worked out once: a single struct call packs or unpacks all of its tags."""

    def __init__(self, tags: Sequence[Tag], size: int) -> None:
        self.tags: Final = tuple(tags)
        self.names: Final = tuple(tag.name for tag in tags)
        layout, end = ">", 0
        for tag in tags:
            layout += "xx" * (tag.address - end) + STRUCT_CODES[tag.kind]
            end = tag.end
        self.layout: Final = struct.Struct(layout + "xx" * (size - end))


class BitPlan:
    """How one bit table is laid out: names and the mask of each in the table taken as one little-endian number."""

    def __init__(self, tags: Sequence[Tag], size: int) -> None:
        self.masks: Final = tuple((tag.name, 1 << tag.address) for tag in tags)
        self.length: Final = (size + 7) // 8


class UnitImage:
    """The current content of one unit.

    Registers are stored big-endian, bits packed with the lowest address in the least significant bit of the first
    byte: both as a Modbus answer carries them. Padding reads as zero.

    Whoever fills the image should deliver values that fit. With `strict` (tests) a value outside the declared range,
    or a name that the unit does not have, raises MapError. Otherwise the server must stay up: a value that cannot be
    stored is replaced by the nearest one that can (one that is no integer, by the default), `saturated` counts it and
    `offender` says which it was; unknown names are ignored, and any non-zero bit is 1.
    """

    def __init__(self, unit: UnitMap, strict: bool = False) -> None:
        self.unit: Final = unit
        self.sizes: Final = dict(unit.sizes)
        self.tables: Final = {t: bytearray(-(-n // 8) if t.is_bits else 2 * n) for t, n in unit.sizes}
        #: Values that did not fit, since the image was made.
        self.saturated = 0
        #: The last such value, as text.
        self.offender = ""
        self._strict = strict
        self._defaults = {tag.name: tag.default for tag in unit.tags}
        self._bit_plans = {t: BitPlan(unit.of(t), n) for t, n in unit.sizes if t.is_bits}
        self._register_plans = {t: RegisterPlan(unit.of(t), n) for t, n in unit.sizes if not t.is_bits}
        self.load({})

    def load(self, *sources: Mapping[str, int]) -> None:
        """Take over raw values by tag name: the last mapping counts, what none of them has reads its default."""
        values = self._defaults.copy()
        for source in sources:
            values.update(source)
        if self._strict:
            self._check(values)
        get = values.__getitem__
        for table, bits in self._bit_plans.items():
            number = 0
            for name, mask in bits.masks:
                if get(name):
                    number |= mask
            self.tables[table][:] = number.to_bytes(bits.length, "little")
        for table, plan in self._register_plans.items():
            try:
                plan.layout.pack_into(self.tables[table], 0, *map(get, plan.names))
            except struct.error:
                plan.layout.pack_into(self.tables[table], 0, *(self._fitting(tag, get) for tag in plan.tags))

    def values(self) -> dict[str, int]:
        """The raw value of every tag by name."""
        values: dict[str, int] = {}
        for table, bits in self._bit_plans.items():
            number = int.from_bytes(self.tables[table], "little")
            for name, mask in bits.masks:
                values[name] = 1 if number & mask else 0
        for table, plan in self._register_plans.items():
            values.update(zip(plan.names, plan.layout.unpack(self.tables[table]), strict=True))
        return values

    def value(self, tag: Tag) -> int:
        """The raw value of one tag of this unit."""
        return decode(tag, self.cells(tag.table, tag.address, tag.kind.words))

    def read(self, table: Table, address: int, count: int) -> bytes:
        """`count` cells from `address` as a Modbus answer carries them. The caller has checked the range."""
        content = self.tables[table]
        if not table.is_bits:
            return bytes(content[2 * address : 2 * (address + count)])
        window = int.from_bytes(content[address >> 3 : (address + count + 7) >> 3], "little") >> (address & 7)
        return (window & ((1 << count) - 1)).to_bytes((count + 7) >> 3, "little")

    def cells(self, table: Table, address: int, count: int) -> list[int]:
        """`count` words (0..65535) or bits (0, 1) from `address`. The caller has checked the range."""
        payload = self.read(table, address, count)
        if not table.is_bits:
            return list(struct.unpack(f">{count}H", payload))
        number = int.from_bytes(payload, "little")
        return [number >> i & 1 for i in range(count)]

    def store(self, table: Table, address: int, cells: Sequence[int]) -> None:
        """Put words (0..65535) or bits at `address`. The caller has checked the range."""
        content = self.tables[table]
        if not table.is_bits:
            struct.pack_into(f">{len(cells)}H", content, 2 * address, *cells)
            return
        number = int.from_bytes(content, "little")
        number &= ~(((1 << len(cells)) - 1) << address)
        number |= sum(1 << i for i, bit in enumerate(cells) if bit) << address
        content[:] = number.to_bytes(len(content), "little")

    def _fitting(self, tag: Tag, get: Callable[[str], int]) -> int:
        raw = get(tag.name)
        try:
            fitting = saturate(tag.kind, index(raw))
        except TypeError:
            fitting = tag.default
        if fitting != raw:
            self.saturated += 1
            self.offender = f"{tag.name} = {raw}"
        return fitting

    def _check(self, values: Mapping[str, int]) -> None:
        for name in values.keys() - self._defaults.keys():
            raise MapError(name, f"is not a tag of unit {self.unit.unit}")
        for tag in self.unit.tags:
            low, high = tag.bounds
            if not low <= values[tag.name] <= high:
                raise MapError(tag.name, f"{values[tag.name]} lies outside {low}..{high}")
            encode(tag, values[tag.name])
