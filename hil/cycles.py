"""The worst times of the firmware in processor cycles, measured in the emulator: `python -m hil.cycles`.

Every station's board is driven hard: whole exchanges with extreme values, all functions of a plain master, broken
frames, the axis at its fastest, PWM, the safety chain opening at any moment. The emulator tells the longest run and the
longest wait of each interrupt, and the longest time from the last byte of a frame to the first of its answer. It counts
the same cycles every time; what was not driven was not measured, so the bounds leave room.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from struct import iter_unpack
from tempfile import TemporaryDirectory
from typing import Final

from hil import bench, rtu
from hil.board_process import CYCLES_PER_US, TIMES, BoardProcess, Terminals, emulated
from hil.profile_image import eeprom_image
from hil.toolchain import HEX
from protocols.errors import EmulatorError
from protocols.stations.io_table import STATIONS
from protocols.stations.station_io import StationIO
from protocols.tags.station_map import MIRROR_READ, MIRROR_WRITE

MS: Final = 1000 * CYCLES_PER_US
EXCHANGES: Final = 300
INTERRUPTS: Final = ("safety chain", "step pulse", "tick", "byte in", "byte out", "converter")
ANSWER: Final = "answer"

#: Most cycles that each may take: an interrupt with entry and return, an answer from the last byte in to the first out.
LONGEST: Final = {
    "safety chain": 80,
    "step pulse": 200,
    "tick": 80,
    "byte in": 100,
    "byte out": 80,
    "converter": 100,
    ANSWER: 32_000,
}
#: Most cycles that an interrupt may wait. A byte takes 1389 and the receiver holds two.
WAITED: Final = 400

_ACKNOWLEDGE: Final = 0x100
_SAFETY: Final = 0x40
_EXTREMES: Final = (0, 1, 32, 1023, 1024, 0x7FFF, 0xFFFF)


@dataclass(frozen=True, slots=True)
class Worst:
    """The worst of `count` times, in cycles. `waited`: from the reason of an interrupt to its begin; 0 of an answer."""

    name: str
    count: int
    longest: int
    waited: int = 0


def measure(
    stations: Sequence[StationIO] = STATIONS, exchanges: int = EXCHANGES, firmware: Path = HEX
) -> tuple[Worst, ...]:
    """The worst over boards of `stations`. Raises LinkError when there is no emulator."""
    found = [_station(io, exchanges, firmware) for io in stations]
    return tuple(
        Worst(
            each[0].name, sum(w.count for w in each), max(w.longest for w in each), max(w.waited for w in each)
        )
        for each in zip(*found, strict=True)
    )  # fmt: skip


def table(worst: Sequence[Worst]) -> str:
    """A Markdown table."""
    rows = ["| | longest, cycles | us | bound | waited at most |", "|---|---|---|---|---|"]
    for each in worst:
        us = f"{each.longest / CYCLES_PER_US:.1f}" if each.longest < MS else f"{each.longest // CYCLES_PER_US}"
        waited = "" if each.name == ANSWER else str(each.waited)
        rows.append(f"| {each.name} | {each.longest} | {us} | {LONGEST[each.name]} | {waited} |")
    return "\n".join(rows)


def _station(io: StationIO, exchanges: int, firmware: Path) -> tuple[Worst, ...]:
    with TemporaryDirectory(prefix="sector7-cycles-") as folder:
        eeprom = Path(folder) / "eeprom.bin"
        eeprom.write_bytes(eeprom_image(io))
        process = emulated(eeprom, firmware)
        try:
            return _drive(process, io, exchanges)
        finally:
            process.close()


def _drive(process: BoardProcess, io: StationIO, exchanges: int) -> tuple[Worst, ...]:
    random, wires, cycle, now = Random(io.number), Terminals(), 50 * MS, 0
    for n in range(exchanges):
        now += 20_000
        # acknowledge, then an edge at a random moment of the exchange, then the frames that others send
        request = _exchange(random, io, now, acknowledge=n % 4 == 1)
        wires.counts = [random.choice((0, 1023, random.randrange(1024))) for _ in range(4)]
        process.run(cycle, cycle + 10 * MS, wires, request)
        at = cycle + 10 * MS + random.randrange(2 * MS)
        if n % 4 == 3:
            wires.inputs = random.randrange(_SAFETY)
            process.run(at, at, wires)
        plain = _plain(random, io)
        process.run(at, cycle + 20 * MS, wires, plain)
        wires.inputs = _SAFETY | random.randrange(_SAFETY)
        cycle += 20 * MS
    told = process.run(cycle, cycle, wires, operation=TIMES).sent
    figures = [word for (word,) in iter_unpack("<I", told)]
    interrupts = (Worst(name, *figures[3 * i : 3 * i + 3]) for i, name in enumerate(INTERRUPTS))
    return (*interrupts, Worst(ANSWER, *figures[-2:]))


def _exchange(random: Random, io: StationIO, now: int, *, acknowledge: bool) -> bytes:
    def any_word() -> int:
        return random.choice((*_EXTREMES, random.randrange(1 << 16)))

    bits = random.randrange(1 << 8) | acknowledge * _ACKNOWLEDGE
    target = random.randrange(1 + (io.axis.stroke if io.axis else 0))
    speed = random.choice((6000, 9999, 65_535, any_word()))
    inject = [any_word() if random.random() < 0.5 else 0 for _ in range(bench.WRITE_WORDS - 11)]
    inject[1] &= 0xBFFF  # the safety chain stays the pin's
    words = (now >> 16, now & 0xFFFF, bits, target, speed, *(any_word() for _ in range(6)), *inject)
    return rtu.read_write(10 + io.number, MIRROR_READ, bench.READ_WORDS, MIRROR_WRITE, words)


def _plain(random: Random, io: StationIO) -> bytes:
    """What a master sends that knows nothing of exchanges; or what a disturbed line makes of it."""
    number = random.randrange
    body = random.choice(
        (
            bytes((1, 0, 0, 0, 16)),
            bytes((2, 0, 0, 0, 16)),
            bytes((3, 0, 0, 0, 32)),
            bytes((4, 0, 0, 0, 32)),
            bytes((5, 0, number(16), 255 * number(2), 0)),
            bytes((6, 0, number(8), number(4), number(256))),
            bytes((15, 0, 0, 0, 16, 2, number(256), number(2))),
            bytes((16, 0, 0, 0, 4, 8, *(number(4) for _ in range(8)))),
            bytes((16, 0, 16, 0, 2, 4, 0, 20 + number(30), 0, 5)),  # into the EEPROM
            bytes((22, 0, 2, 0, 255, 3, 0)),
            bytes((23, 0, 0, 0, 32, 0, 2, 0, 1, 2, 2, number(256))),
            bytes((43, 14, 3, 0)),
            bytes((8, 0, 11, 0, 0)),
        )
    )
    frame = rtu.frame(bytes((10 + io.number,)) + body)
    return frame if random.random() < 0.9 else frame[: number(len(frame))]


def main() -> int:
    """Print the table; exit code 1 if a bound does not hold."""
    try:
        worst = measure()
    except EmulatorError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stdout.write(table(worst) + "\n")
    return int(any(each.longest > LONGEST[each.name] or each.waited > WAITED for each in worst))


if __name__ == "__main__":
    sys.exit(main())
