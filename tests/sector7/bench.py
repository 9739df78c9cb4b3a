"""Emulated boards behind pseudo terminals, for whatever wants a serial port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hil.board_process import Terminals
from hil.emulated_board import Start
from hil.profile_image import eeprom_image
from hil.pty_board import PtyBoard
from protocols.stations.io_table import BY_NUMBER
from tests.hil.toolbox import starter

SAFETY_CLOSED = 0x40


@contextmanager
def pty_board(
    folder: Path, station: int, *, inputs: int = SAFETY_CLOSED, counts: tuple[int, ...] = (0, 0, 0, 0),
    start: Start | None = None, image: bytes | None = None,
) -> Iterator[PtyBoard]:  # fmt: skip
    """The .hex as the board of a station, with nothing wired to it but the safety chain."""
    eeprom = folder / "eeprom.bin"
    eeprom.write_bytes(eeprom_image(BY_NUMBER[station]) if image is None else image)
    with PtyBoard((start or starter("emulated"))(eeprom), Terminals(inputs=inputs, counts=counts)) as board:
        yield board
