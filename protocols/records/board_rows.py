"""File 60 of unit 1: what no register tells of the stations' boards: real sensors, scan times, port, identity, problem.

Register 0 is how many rows there are, register 1 the registers of one; a row for every fitted station follows, in their
order. Texts are UTF-8, two bytes a register, padded with zeros.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

BOARDS_FILE: Final = 60
ROW_WORDS: Final = 112
_PORT, _IDENTITY, _PROBLEM = 48, 48, 116  # bytes
_ROW: Final = struct.Struct(">HHHHH")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One station's board.

    `pins`: bits of the sensor channels that a real board reads at its own pins (0-5 inputs, 6 safety, 7-10 analogue);
    the plant supplies the others. `scan_us`: least, mean and longest time from a whole frame to its answer, 0 where
    nobody measures it. `port` is empty if the recipe names none for a real board, `identity` if none said who it is,
    `problem` says why a link is not there.
    """

    station: int
    pins: int = 0
    scan_us: tuple[int, int, int] = (0, 0, 0)
    port: str = ""
    identity: str = ""
    problem: str = ""


def row_words(row: BoardRow) -> tuple[int, ...]:
    """A row as registers. Texts that are too long are cut."""
    data = _ROW.pack(row.station, row.pins, *row.scan_us)
    for text, size in ((row.port, _PORT), (row.identity, _IDENTITY), (row.problem, _PROBLEM)):
        data += text.encode()[:size].decode("utf-8", "ignore").encode().ljust(size, b"\0")
    return struct.unpack(f">{ROW_WORDS}H", data.ljust(2 * ROW_WORDS, b"\0"))


def read_row(words: Sequence[int]) -> BoardRow:
    """The row in registers. Raises ValueError if they are not as many as a row has."""
    if len(words) != ROW_WORDS:
        raise ValueError(f"a row of {len(words)} registers")
    data = struct.pack(f">{ROW_WORDS}H", *words)
    station, pins, *scan = _ROW.unpack_from(data)
    at = _ROW.size
    texts: list[str] = []
    for size in (_PORT, _IDENTITY, _PROBLEM):
        texts.append(data[at : at + size].rstrip(b"\0").decode("utf-8", "ignore"))
        at += size
    return BoardRow(station, pins, (scan[0], scan[1], scan[2]), *texts)
