"""A board alone on its line: bytes in, bytes out, on either build of the firmware."""

from __future__ import annotations

from pathlib import Path

from hil.board_process import CYCLES_PER_US, Answer, BoardProcess, Terminals
from hil.emulated_board import Start
from hil.profile_image import eeprom_image
from hil.rtu import frame
from protocols.stations.io_table import MACHINING
from protocols.stations.station_io import StationIO

MS = 1000 * CYCLES_PER_US
ADDRESS = 10 + MACHINING.number


class Bare:
    """One board process, its EEPROM file and its clock."""

    def __init__(self, start: Start, folder: Path, io: StationIO = MACHINING, image: bytes | None = None) -> None:
        self.eeprom = folder / "eeprom.bin"
        self.eeprom.write_bytes(eeprom_image(io) if image is None else image)
        self.process: BoardProcess = start(self.eeprom)
        self.wires = Terminals(inputs=0x44)
        self.cycle = 50 * MS
        self.last: Answer | None = None

    def ask(self, request: bytes, expect: int = 96, wait_ms: int = 20) -> bytes:
        """Send bytes; answers what came back until `expect` bytes or the end of the wait."""
        begin, self.cycle = self.cycle, self.cycle + wait_ms * MS
        self.last = self.process.run(begin, self.cycle, self.wires, request, expect)
        return self.last.sent

    def pdu(self, text: str, slave: int = ADDRESS) -> str:
        """Send a request (function and data in hex); answers the same of the answer, "" if there is none."""
        answer = self.ask(frame(bytes([slave]) + bytes.fromhex(text)))
        if not answer:
            return ""
        assert answer == frame(answer[:-2])
        assert answer[0] == ADDRESS
        return answer[1:-2].hex(" ")

    def wait(self, ms: int) -> Answer:
        """Let time go by."""
        self.cycle += ms * MS
        self.last = self.process.run(self.cycle, self.cycle, self.wires)
        return self.last
