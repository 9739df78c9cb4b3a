"""One board on a serial line, real or emulated: found, exchanged with, and kept alive while nobody asks for anything.

The board's clock is in the exchange, so plant time may pass faster or slower here than on the wall. Only its dead-man
lives by the wall clock: between two questions a thread repeats the last exchange, which changes nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from hil import bench, rtu
from hil.link import Link
from hil.serial_port import SerialPort
from protocols.errors import LinkError
from protocols.stations.images import WORD
from protocols.tags.station_map import BOARD_FINGERPRINT, MIRROR_READ, MIRROR_WRITE
from sector7.board_check.specimen import Drive

ADDRESS_BASE: Final = 10
_PERIOD: Final = 1 << 32
_SUPPLIED: Final = 0x7F00  # all digital inputs and the safety chain come from the host
_COUNTS_SUPPLIED: Final = 0x8000
_COMMAND_WORDS: Final = 9
#: A board that was reset by the opening of its port answers after its boot loader has waited.
FIND_S: Final = 4.0
_ANSWER_S: Final = 1.0
_REPEAT_S: Final = 0.03
_STORING_S: Final = 2.0
_SILENT_S: Final = 3.0


class BenchLine:
    """A board behind a port. Raises LinkError when there is none, or when its register layout is another."""

    def __init__(self, url: str, station: int | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.url = url
        self._clock = clock
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._last: bytes = b""
        self._heard_s = 0.0
        self._sent_s = 0.0
        self._longest_s = 0.0
        self.watchdog_s = 0.1
        self.chain_closed = True
        self._port = SerialPort(url)
        try:
            self.link = Link(self._port, timeout_s=0.1, attempts=1)
            self.slave = self._find(station)
            self.link = Link(self._port, timeout_s=_ANSWER_S, attempts=3)
            self._same_layout()
        except BaseException:
            self._port.close()
            raise
        self._thread = threading.Thread(target=self._repeat, name=f"line {url}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Gives the port back; the board's dead-man will make its outputs safe."""
        self._stop.set()
        self._thread.join()
        self._port.close()

    # ---- finding
    def _find(self, station: int | None) -> int:
        numbers = range(13) if station is None else (station,)
        end = self._clock() + FIND_S
        while True:
            for number in numbers:
                slave = ADDRESS_BASE + number
                try:
                    self.registers(rtu.read(slave, rtu.READ_HOLDING, bench.PROFILE, 1))
                except rtu.Refused:
                    return slave
                except LinkError as error:
                    if error.partner == self.url:
                        raise  # the port, not the board
                else:
                    return slave
            if self._clock() > end:
                if station is None:
                    remedy = "is it powered, flashed and the right port?"
                    raise LinkError(self.url, "no board answers at 115200 8N1", remedy)
                remedy = f"another station's becomes this one's with: sector7 boards assign PORT {station}"
                raise LinkError(self.url, f"no board of station {station} answers at 115200 8N1", remedy)

    def _same_layout(self) -> None:
        high, low = self.registers(rtu.read(self.slave, rtu.READ_INPUT, 18, 2))
        if high << 16 | low != BOARD_FINGERPRINT:
            raise LinkError(
                self.url, f"its register layout is {high << 16 | low:08X}, not {BOARD_FINGERPRINT:08X}",
                "flash the firmware that belongs to this sector7",
            )  # fmt: skip

    # ---- asking
    def registers(self, request: bytes) -> tuple[int, ...]:
        """The registers that a read brings."""
        with self._lock:
            return rtu.registers(request, self.link.ask(request))

    def exchange(self, now_us: int, drive: Drive, carrier: int = 0, *, supplied: bool = True) -> tuple[int, ...]:
        """One FC23: the command, and inputs and counts in place of the pins if they are `supplied`. Answers the words
        of `hil.bench`."""
        now = now_us % _PERIOD
        words = [now >> 16, now & WORD, *(drive.command >> 16 * i & WORD for i in range(_COMMAND_WORDS))]
        if supplied:
            counts = (*drive.counts, 0, 0, 0, 0)[:4]
            words += [carrier, _SUPPLIED | drive.inputs & 0x7F, *(_COUNTS_SUPPLIED | each for each in counts)]
        request = rtu.read_write(self.slave, MIRROR_READ, bench.READ_WORDS, MIRROR_WRITE, words)
        with self._lock:
            read = self._ask(request)
            self._last = request
        return read

    def _ask(self, request: bytes) -> tuple[int, ...]:
        begin = self._clock()
        read = rtu.registers(request, self.link.ask(request))
        self._heard_s = self._clock()
        if self._last:
            self._longest_s = max(self._longest_s, self._heard_s - self._sent_s)
        self._sent_s = begin
        return read

    def longest_s(self) -> float:
        """The longest time that the board can have been without an exchange since this was last asked, but for
        silences that were meant."""
        with self._lock:
            longest, self._longest_s = self._longest_s, 0.0
        return longest

    def drop(self) -> None:
        """No repetitions from here to the next exchange: the board's dead-man runs."""
        with self._lock:
            self._last = b""

    def driven(self) -> int:
        """The outputs that its pins drive now; to its dead-man this is no exchange."""
        return self.registers(rtu.read(self.slave, rtu.READ_HOLDING, MIRROR_READ + bench.DRIVEN, 1))[0]

    def dead_man_s(self, output: int) -> float:
        """Falls silent until the pins no longer drive `output`; answers how long that took at least, seconds."""
        with self._lock:
            self._last, heard = b"", self._heard_s
        end = heard + _SILENT_S
        while True:
            asked = self._clock()
            if not self.driven() & output:
                return asked - heard
            if asked > end:
                raise LinkError(self.url, f"still drives its outputs after {_SILENT_S} s of silence")

    def _repeat(self) -> None:
        while not self._stop.wait(_REPEAT_S / 2):
            if self._clock() - self._heard_s < _REPEAT_S:
                continue
            with self._lock:
                try:
                    if self._last:
                        self._ask(self._last)
                except LinkError:
                    self._last = b""  # whoever asks next will be told

    # ---- the station it serves
    def profile(self) -> tuple[int, ...]:
        """The station profile in its EEPROM."""
        return self.registers(rtu.read(self.slave, rtu.READ_HOLDING, bench.PROFILE, bench.PROFILE_WORDS))

    def configure(self, words: tuple[int, ...]) -> None:
        """Make it the board of another station (it must be tripped), and wait until its EEPROM is written."""
        with self._lock:
            self._last = b""
            request = rtu.write_registers(self.slave, bench.PROFILE, words)
            rtu.check(request, self.link.ask(request))
            self.slave = ADDRESS_BASE + (words[0] & 0xFF)
        end = self._clock() + _STORING_S
        storing = rtu.read(self.slave, rtu.READ_HOLDING, MIRROR_READ + bench.STORING, 1)
        while self.registers(storing)[0] or self.profile() != words:
            if self._clock() > end:
                raise LinkError(self.url, "does not store a station profile", "is its EEPROM worn out?")
