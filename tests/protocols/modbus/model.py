"""What the specification says a unit of cells answers: written from the text of V1.1b3, not from our server."""

from __future__ import annotations

from protocols.tags.tag import Kind, Table, UnitMap

READS = {1: (Table.COIL, 2000), 2: (Table.DISCRETE, 2000), 3: (Table.HOLDING, 125), 4: (Table.INPUT, 125)}


def u16(data: bytes, at: int) -> int:
    return data[at] << 8 | data[at + 1]


class Model:
    """Cells of one unit, and the rules of its map."""

    def __init__(self, unit: UnitMap) -> None:
        self.unit = unit
        self.size = dict(unit.sizes)
        self.cells: dict[tuple[Table, int], int] = {}
        for tag in unit.tags:
            for i in range(tag.kind.words):
                self.cells[tag.table, tag.address + i] = tag.default >> 16 * (tag.kind.words - 1 - i) & 0xFFFF

    def answer(self, pdu: bytes) -> bytes:
        """The answer to a request whose function is one of 1-6, 15, 16, 22, 23."""
        code, body = self._answer(pdu[0], pdu[1:])
        return bytes((pdu[0] | 0x80, code)) if code else pdu[:1] + body

    def _answer(self, function: int, body: bytes) -> tuple[int, bytes]:  # noqa: C901 - one branch a function code
        fixed = {22: 6}.get(function, 4)
        if function < 7 or function == 22:
            if len(body) != fixed:
                return 3, b""
        elif len(body) < (9 if function == 23 else 5):
            return 3, b""
        address, count = u16(body, 0), u16(body, 2)
        if function in READS:
            table, most = READS[function]
            if not 1 <= count <= most:
                return 3, b""
            return self._read(table, address, count)
        if function == 5:
            if count not in (0, 0xFF00):
                return 3, b""
            return self._write(Table.COIL, address, [count >> 15]) or 0, body
        if function == 6:
            return self._write(Table.HOLDING, address, [count]), body
        if function == 15:
            if not 1 <= count <= 1968 or body[4] != (count + 7) // 8 or len(body) != 5 + body[4]:
                return 3, b""
            bits = [body[5 + i // 8] >> i % 8 & 1 for i in range(count)]
            return self._write(Table.COIL, address, bits), body[:4]
        if function == 16:
            if not 1 <= count <= 123 or body[4] != 2 * count or len(body) != 5 + body[4]:
                return 3, b""
            return self._write(Table.HOLDING, address, [u16(body, 5 + 2 * i) for i in range(count)]), body[:4]
        if function == 22:
            if address >= self.size[Table.HOLDING]:
                return 2, b""
            keep, put = count, u16(body, 4)
            old = self.cells.get((Table.HOLDING, address), 0)
            return self._write(Table.HOLDING, address, [old & keep | put & (0xFFFF ^ keep)]), body
        start, words = u16(body, 4), u16(body, 6)
        if not (1 <= count <= 125 and 1 <= words <= 121) or body[8] != 2 * words or len(body) != 9 + body[8]:
            return 3, b""
        if address + count > self.size[Table.HOLDING]:
            return 2, b""
        code = self._write(Table.HOLDING, start, [u16(body, 9 + 2 * i) for i in range(words)])
        return (code, b"") if code else self._read(Table.HOLDING, address, count)

    def _read(self, table: Table, address: int, count: int) -> tuple[int, bytes]:
        if address + count > self.size[table]:
            return 2, b""
        cells = [self.cells.get((table, a), 0) for a in range(address, address + count)]
        if not table.is_bits:
            data = b"".join(c.to_bytes(2) for c in cells)
        else:
            data = bytes(
                sum(bit << i for i, bit in enumerate(cells[start : start + 8])) for start in range(0, count, 8)
            )
        return 0, bytes((len(data),)) + data

    def _write(self, table: Table, address: int, values: list[int]) -> int:
        if address + len(values) > self.size[table]:
            return 2
        after = self.cells | {(table, address + i): v for i, v in enumerate(values)}
        for tag in self.unit.tags:
            if tag.table is not table:
                continue
            raw = 0
            for a in range(tag.address, tag.end):
                raw = raw << 16 | after[table, a]
            if tag.kind in (Kind.I16, Kind.I32) and raw >> 16 * tag.kind.words - 1:
                raw -= 1 << 16 * tag.kind.words
            if not tag.bounds[0] <= raw <= tag.bounds[1]:
                return 3
        known = {(t.table, a) for t in self.unit.tags for a in range(t.address, t.end)}
        self.cells = {key: value for key, value in after.items() if key in known}
        return 0
