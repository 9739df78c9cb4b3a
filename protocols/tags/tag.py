"""What a tag is. A tag is declared once; maps, labels, limits, headers and documents are derived from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from zlib import crc32

from protocols.errors import MapError
from protocols.roles import COMMANDERS, CONTROLLERS, Role


class Table(StrEnum):
    """The four Modbus data tables."""

    COIL = "coil"
    DISCRETE = "discrete input"
    INPUT = "input register"
    HOLDING = "holding register"

    @property
    def is_bits(self) -> bool:
        """True for the two tables of single bits."""
        return self in (Table.COIL, Table.DISCRETE)

    @property
    def is_writable(self) -> bool:
        """True for the two tables that a Modbus master may write."""
        return self in (Table.COIL, Table.HOLDING)


class Kind(StrEnum):
    """How a value is stored. 32- and 64-bit kinds are big-endian by word and byte (ABCD)."""

    BOOL = "bool"
    U16 = "u16"
    I16 = "i16"
    U32 = "u32"
    I32 = "i32"
    U64 = "u64"

    @property
    def words(self) -> int:
        """Registers (or bits) that one value takes."""
        return {"bool": 1, "u16": 1, "i16": 1, "u32": 2, "i32": 2, "u64": 4}[self.value]

    @property
    def bounds(self) -> tuple[int, int]:
        """Smallest and largest value that can be stored."""
        if self is Kind.BOOL:
            return 0, 1
        bits = 16 * self.words
        return (-(1 << bits - 1), (1 << bits - 1) - 1) if self.value[0] == "i" else (0, (1 << bits) - 1)


class Writer(StrEnum):
    """Who gives a tag its value. There is exactly one writer for each tag."""

    PLANT = "plant"
    BOARD = "board"
    PLC = "plc"
    SERVER = "server"
    MASTER = "master"


@dataclass(frozen=True, slots=True)
class Tag:
    """One named value of the register map.

    `value = raw / 10**decimals` in `unit`. `low` and `high` bound the raw value (writes outside are refused with
    exception 03); `normal` is the raw band in which an operator need not look. `labels` name the values of an
    enumeration. `roles` may write it over Modbus (others get exception 01), where the usual ones would be wrong.
    """

    name: str
    table: Table
    address: int
    kind: Kind
    writer: Writer
    doc: str
    unit: str = ""
    decimals: int = 0
    low: int | None = None
    high: int | None = None
    normal: tuple[int, int] | None = None
    default: int = 0
    labels: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    roles: frozenset[Role] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.table.is_bits != (self.kind is Kind.BOOL):
            raise MapError(self.name, f"{self.kind} does not fit the table {self.table}")
        if self.writer is Writer.MASTER and not self.table.is_writable:
            raise MapError(self.name, f"a master cannot write a {self.table}")
        low, high = self.bounds
        if not self.kind.bounds[0] <= low <= self.default <= high <= self.kind.bounds[1]:
            raise MapError(self.name, f"range {low}..{high} with default {self.default} does not fit {self.kind}")
        if self.normal is not None and not low <= self.normal[0] <= self.normal[1] <= high:
            raise MapError(self.name, f"normal band {self.normal} lies outside {low}..{high}")

    @property
    def bounds(self) -> tuple[int, int]:
        """Lowest and highest raw value allowed."""
        low, high = self.kind.bounds
        return low if self.low is None else self.low, high if self.high is None else self.high

    @property
    def may_write(self) -> frozenset[Role]:
        """The roles that may write it: where nothing is declared, commands are everybody's but the viewer's, and what
        a program decides is a PLC's or an engineer's."""
        if not self.table.is_writable:
            return frozenset()
        if self.roles is not None:
            return self.roles
        return COMMANDERS if self.writer is Writer.MASTER else CONTROLLERS

    @property
    def end(self) -> int:
        """First address behind this tag."""
        return self.address + self.kind.words

    def label(self, raw: int) -> str:
        """The name of an enumerated value, or the number in text."""
        return dict(self.labels).get(raw, str(raw))

    def text(self, raw: int) -> str:
        """The value as an operator reads it, without its unit."""
        return self.label(raw) if self.labels else self.digits(raw)

    def digits(self, raw: int) -> str:
        """The value in digits, as it is typed: without unit or name."""
        return f"{raw / 10**self.decimals:.{self.decimals}f}" if self.decimals else str(raw)


def command_register(
    name: str,
    address: int,
    low: int,
    high: int,
    default: int,
    labels: tuple[tuple[int, str], ...],
    doc: str,
    roles: frozenset[Role] | None = None,
    *,
    unit: str = "",
    decimals: int = 0,
) -> Tag:
    """A holding register of unit 1 that masters write: a command, or what goes with one. Bounds are raw; below zero it
    is signed."""
    kind = Kind.I16 if low < 0 else Kind.U16
    return Tag(
        name, Table.HOLDING, address, kind, Writer.MASTER, doc, unit, decimals, low, high, None, default, labels, roles
    )


@dataclass(frozen=True, slots=True)
class Window:
    """Holding registers outside the polled tables that repeat the storage of others, packed for a single request.

    `cells` says for each register what it repeats: one register, sixteen bits from an address of a bit table, or
    nothing (None: reads zero, takes any value).
    """

    address: int
    writable: bool
    cells: tuple[tuple[Table, int] | None, ...]

    @property
    def end(self) -> int:
        """First address behind the window."""
        return self.address + len(self.cells)


@dataclass(frozen=True)
class UnitMap:
    """All tags of one Modbus unit. `sizes` is the padded length of each table: contiguous from 0, no holes.

    `windows` lie behind the holding registers, outside the tables that a master polls (the packed mirror).
    """

    unit: int
    title: str
    tags: tuple[Tag, ...]
    sizes: tuple[tuple[Table, int], ...]
    windows: tuple[Window, ...] = ()

    def __post_init__(self) -> None:
        taken: dict[tuple[Table, int], str] = {}
        for tag in self.tags:
            if tag.end > self.size(tag.table):
                raise MapError(tag.name, f"ends at {tag.end}, behind the {tag.table} table of unit {self.unit}")
            for address in range(tag.address, tag.end):
                other = taken.setdefault((tag.table, address), tag.name)
                if other != tag.name:
                    raise MapError(tag.name, f"{tag.table} {address} of unit {self.unit} already holds {other}")

    def size(self, table: Table) -> int:
        """Number of addresses in `table`."""
        return dict(self.sizes)[table]

    def of(self, table: Table) -> list[Tag]:
        """The tags of one table in address order."""
        return sorted((t for t in self.tags if t.table is table), key=lambda t: t.address)


class PlantMap:
    """Every unit of the plant, found by number or by tag name."""

    def __init__(self, units: Iterable[UnitMap]) -> None:
        self.units: dict[int, UnitMap] = {}
        self.by_name: dict[str, tuple[UnitMap, Tag]] = {}
        for unit in units:
            self.units[unit.unit] = unit
            for tag in unit.tags:
                if tag.name in self.by_name:
                    raise MapError(tag.name, "is declared twice")
                self.by_name[tag.name] = (unit, tag)
        lines = (f"{u.unit} {t.name} {t.table} {t.address} {t.kind} {t.decimals}" for u, t in self.rows())
        #: CRC-32 of names, addresses and formats: boards and clients compare it when they connect.
        self.fingerprint = crc32("\n".join(lines).encode())

    def __getitem__(self, name: str) -> Tag:
        try:
            return self.by_name[name][1]
        except KeyError:
            raise MapError(name, "is not declared") from None

    def rows(self) -> Iterator[tuple[UnitMap, Tag]]:
        """All tags, by unit, table and address."""
        for number in sorted(self.units):
            unit = self.units[number]
            for table in Table:
                for tag in unit.of(table):
                    yield unit, tag
