"""One unit as the Modbus server sees it: its image, kept fresh, and the only way in for writes."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from pymodbus.constants import ExcCodes

from protocols.errors import Refusal
from protocols.modbus.log import LimitedLog
from protocols.modbus.unit_image import UnitImage
from protocols.modbus.write_rules import WriteRules
from protocols.ports import Commands, EventQueue, FileSource, TagSource
from protocols.roles import Role
from protocols.tags.tag import Table, UnitMap, Window

#: The function codes that read registers, and from where.
REGISTER_READS: Final = {3: Table.HOLDING, 4: Table.INPUT}

#: One write that passed all checks: table, address, words or bits.
Block = tuple[Table, int, list[int]]


class Author(Protocol):
    """Who writes."""

    name: str
    role: Role
    #: How often the role was not enough.
    overreached: int


class ServedUnit:
    """Answers reads from the image and passes checked writes on.

    The image is refreshed on access, and only when the source's generation has changed since the last time. `own`
    gives the values of which the server itself is the writer, for a unit and a generation of the source. `files` and
    `events` are what functions 20 and 24 read, where the unit has them.
    """

    def __init__(
        self,
        unit: UnitMap,
        source: TagSource,
        commands: Commands,
        own: Callable[[int, int], Mapping[str, int]],
        log: LimitedLog,
        strict: bool = False,
    ) -> None:
        self.number = unit.unit
        self.title = unit.title
        self.files: FileSource | None = None
        self.events: EventQueue | None = None
        self.image = UnitImage(unit, strict)
        self._registers = {code: self.image.tables[table] for code, table in REGISTER_READS.items()}
        self.source = source
        self._commands = commands
        self._own = own
        self._log = log
        #: The generation of the source that the image shows.
        self.generation: int | None = None
        self._rules = {table: WriteRules(self.image, table) for table in Table if table.is_writable}

    def refresh(self) -> None:
        """Bring the image up to date if the source has something new."""
        generation = self.source.generation
        if generation == self.generation:
            return
        before = self.image.saturated
        self.image.load(self.source.values(self.number), self._own(self.number, generation))
        self.generation = generation
        if self.image.saturated != before:
            self._log.note("value does not fit its register", f"unit {self.number}: {self.image.offender}")

    def has(self, table: Table, address: int, count: int, writing: bool = False) -> bool:
        """True if all `count` cells from `address` exist (and may be written)."""
        if address + count <= self.image.sizes[table]:
            return True
        window = self._window(table, address, count)
        return window is not None and (window.writable or not writing)

    def registers(self, function: int) -> bytearray:
        """The whole table that one of REGISTER_READS reads from, as fresh as the source.

        It is the image itself: take what you need before anything else happens.
        """
        if self.source.generation != self.generation:
            self.refresh()
        return self._registers[function]

    def fetch(self, table: Table, address: int, count: int) -> bytes | None:
        """`count` cells as a Modbus answer carries them, as fresh as the source; None if they do not all exist."""
        return self.read(table, address, count) if self.has(table, address, count) else None

    def read(self, table: Table, address: int, count: int) -> bytes:
        """Existing cells as a Modbus answer carries them, as fresh as the source."""
        self.refresh()
        window = self._window(table, address, count)
        if window is None:
            return self.image.read(table, address, count)
        first = address - window.address
        return b"".join(self._repeated(cell) for cell in window.cells[first : first + count])

    def word(self, address: int) -> int:
        """One existing holding register, 0..65535."""
        return int.from_bytes(self.read(Table.HOLDING, address, 1), "big")

    def newest(self, address: int) -> int:
        """One existing holding register as the last write has left it, even if that is not to be seen yet."""
        written = self._commands.newest(self.number, address)
        return self.word(address) if written is None else written & 0xFFFF

    def write(self, table: Table, address: int, values: list[int], author: Author) -> ExcCodes | None:
        """Check the whole block, then pass it on; None if done, else the exception to answer (it is logged here).

        Through a window this becomes one write per table, and all of them are checked before the first is passed on.
        """
        count = len(values)
        if not self.has(table, address, count, writing=True):
            return self._refuse(table, address, count, author, "no such address", ExcCodes.ILLEGAL_ADDRESS)
        self.refresh()
        blocks: list[Block] = [(table, address, values)]
        if window := self._window(table, address, count):
            blocks = _unpacked(window, address, values)
        if problem := self._forbidden(blocks, author):
            author.overreached += 1
            self._tell_refused(blocks, author)
            if author.overreached > 1:  # said once for a connection: a master repeats itself
                return ExcCodes.ILLEGAL_FUNCTION
            return self._refuse(table, address, count, author, problem, ExcCodes.ILLEGAL_FUNCTION)
        if problem := next((p for t, a, v in blocks if (p := self._rules[t].problem(a, v))), ""):
            self._tell_refused(blocks, author)
            return self._refuse(table, address, count, author, problem, ExcCodes.ILLEGAL_VALUE)
        try:
            for block in blocks:
                self._commands.write(self.number, *block, author.name, author.role)
        except Refusal as refusal:
            return self._refuse(table, address, count, author, refusal.why, ExcCodes.DEVICE_FAILURE)
        return None

    def _forbidden(self, blocks: list[Block], author: Author) -> str:
        if not blocks:  # a window's empty cells
            return "the role viewer may not write" if author.role is Role.VIEWER else ""
        return next((p for t, a, v in blocks if (p := self._rules[t].forbidden(a, len(v), author.role))), "")

    def _tell_refused(self, blocks: list[Block], author: Author) -> None:
        for block in blocks:
            self._commands.refused(self.number, *block, author.name, author.role)

    def _refuse(self, table: Table, address: int, count: int, author: Author, why: str, code: ExcCodes) -> ExcCodes:
        what = f"write of {count} {table}(s) at {address} of unit {self.number}"
        self._log.note("write refused", str(Refusal(author.name, what, why)))
        return code

    def _window(self, table: Table, address: int, count: int) -> Window | None:
        if table is not Table.HOLDING or address + count <= self.image.sizes[table]:
            return None
        return next((w for w in self.image.unit.windows if w.address <= address and address + count <= w.end), None)

    def _repeated(self, cell: tuple[Table, int] | None) -> bytes:
        if cell is None:
            return b"\0\0"
        table, address = cell
        if table.is_bits:  # sixteen bits make a register: the lowest address is its least significant bit
            return self.image.read(table, address, 16)[::-1]
        return self.image.read(table, address, 1)


def _unpacked(window: Window, address: int, values: list[int]) -> list[Block]:
    """The writes that a block written through `window` stands for; neighbouring registers stay together."""
    blocks: list[Block] = []
    first = address - window.address
    for cell, value in zip(window.cells[first : first + len(values)], values, strict=True):
        if cell is None:
            continue
        table, target = cell
        if table.is_bits:
            blocks.append((table, target, [value >> i & 1 for i in range(16)]))
        elif blocks and blocks[-1][0] is table and blocks[-1][1] + len(blocks[-1][2]) == target:
            blocks[-1][2].append(value)
        else:
            blocks.append((table, target, [value]))
    return blocks


def words(payload: bytes) -> list[int]:
    """Big-endian words of a request."""
    return list(struct.unpack(f">{len(payload) // 2}H", payload))


def bits(payload: bytes, count: int) -> list[int]:
    """Packed bits of a request, lowest address in the least significant bit first."""
    number = int.from_bytes(payload, "little")
    return [number >> i & 1 for i in range(count)]
