"""A program that runs one board, driven over a pipe in lock-step: `hil/firmware/hal/host/pipe.h` in Python."""

from __future__ import annotations

import os
import subprocess
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from typing import ClassVar, Final

from hil import toolchain
from protocols.errors import LinkError

CYCLES_PER_US: Final = 16
RUN, RESET, POWER_CUT, TIMES, SAVE, LOAD = 1, 2, 3, 5, 6, 7
BYTES: Final = 96
#: Runs that may be under way: their messages must fit the pipes, which hold 64 KiB.
POSTED: Final = 100
CHANNELS: Final = 4
RUNNING, UNPOWERED, CRASHED = 0, 1, 2

_REQUEST: Final = Struct("<IIQQ4HHBBB27x96s")
_ANSWER: Final = Struct("<IIQQQiII2HHBBB11x96s")


@dataclass(slots=True)
class Terminals:
    """What the world does to the board: digital inputs (1 = active), counts, supply."""

    STATE: ClassVar[tuple[str, ...]] = ("inputs", "counts", "supply_mv")
    inputs: int = 0x40
    counts: Sequence[int] = (0, 0, 0, 0)
    supply_mv: int = 5000


@dataclass(frozen=True, slots=True)
class Answer:
    """How the board stands at the end of a run. `awake` are the cycles in which its processor did not sleep.

    Step pulses: `last_step` is the cycle at which the last one began, `steps` where they led since the last reset,
    `pulses` how many there were since the start, `closest` the least cycles between two (0: there were no two).
    """

    state: int
    awake: int
    cycle: int
    last_sent: int
    duty: tuple[int, int]
    resets: int
    outputs: int
    storing: bool
    sent: bytes
    last_step: int
    steps: int
    pulses: int
    closest: int


class BoardProcess:
    """One board in a process of its own. Its clock is the cycle (16 MHz) and moves only when it is told to run."""

    def __init__(self, command: Sequence[str | Path]) -> None:
        self.command = [str(part) for part in command]
        self._process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in = self._process.stdin.fileno()
        self._out = self._process.stdout.fileno()
        self.close = weakref.finalize(self, _end, self._process)

    def run(
        self,
        begin: int,
        limit: int,
        terminals: Terminals,
        sent: bytes = b"",
        expect: int = 0,
        *,
        operation: int = RUN,
        seed: int = 0,
    ) -> Answer:
        """Run to cycle `begin` as things were; then the terminals change and `sent` arrives; then run until `expect`
        bytes have come back, at most to cycle `limit`. Raises LinkError when the program has ended."""
        self.post(begin, limit, terminals, sent, expect, operation=operation, seed=seed)
        return self.collect()

    def post(
        self,
        begin: int,
        limit: int,
        terminals: Terminals,
        sent: bytes = b"",
        expect: int = 0,
        *,
        operation: int = RUN,
        seed: int = 0,
    ) -> None:
        """Ask for a run as `run` does and do not wait. At most POSTED may be under way."""
        t = terminals
        request = _REQUEST.pack(
            operation, seed, begin, limit, *t.counts, t.supply_mv, t.inputs & 0x7F, len(sent), expect, sent
        )  # fmt: skip
        try:
            os.write(self._in, request)
        except OSError:
            raise self._ended() from None

    def collect(self) -> Answer:
        """The answer to the oldest run that was asked for. Raises LinkError when the program has ended."""
        data = b""
        while len(data) < _ANSWER.size:
            got = os.read(self._out, _ANSWER.size - len(data))
            if not got:
                raise self._ended()
            data += got
        state, awake, cycle, sent, *pulses, duty3, duty4, resets, pins, count, storing, content = _ANSWER.unpack(data)
        return Answer(
            state, awake, cycle, sent, (duty3, duty4), resets, pins, bool(storing), content[:count], *pulses
        )  # fmt: skip

    def _ended(self) -> LinkError:
        return LinkError("emulated board", f"its program ended with {self._process.wait()}", " ".join(self.command))


def emulated(eeprom: Path, firmware: Path = toolchain.HEX) -> BoardProcess:
    """The firmware's .hex, executed cycle by cycle."""
    return BoardProcess([toolchain.emulator(), firmware, eeprom, state_file(eeprom)])


def state_file(eeprom: Path) -> Path:
    """Where an emulated board with this EEPROM file writes its state and finds it."""
    return eeprom.with_suffix(".state")


def hosted(eeprom: Path, *flags: str) -> BoardProcess:
    """The same application as a program of this machine."""
    return BoardProcess([toolchain.host_board(*flags), eeprom])


def _end(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.wait()
