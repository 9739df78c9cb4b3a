"""A recorded session told to a board: what the board of a station did then, one behind a port shall do again.

The plant is repeated from the journal without the board; beside it the board gets, exchange by exchange, the commands
and sensors of that time and the plant time as its clock. What it answers is compared with what is on record. Where a
simulated or emulated board sat in the station, answers are equal at every instant. A real one told its answers late
now and then, so there an answer has a timing window: it must have been given within it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Final

from firmware_sim.board.board import SimulatedBoard
from hil.serial_board import SerialBoard
from protocols.errors import EmulatorError
from protocols.stations.images import DUTY, LINK, OUTPUTS, SPEED, TARGET, WORD, word
from protocols.stations.station_io import StationIO
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Table
from sector7.board_check.specimen import Drive, Seen, Specimen, Target
from sector7.boards.kinds import pins
from sector7.journal.replay import empty_plant
from sector7.journal.rerun import Rerun
from sector7.journal.store import Journal
from sector7.rig.cabinet import LATE, Cabinet
from sector7.rig.engine import EXCHANGE_US
from sector7.usage import UsageError

#: So long after a real board was found it is not compared: it may still show what its own pins told it before.
SETTLING_US: Final = 10 * EXCHANGE_US
_SENSORS: Final = 0x7F
_ANALOG: Final = 7

Progress = Callable[[int, int], None]


class BoardDivergence(EmulatorError):
    """The board did something else than the one on record: the first tag that differs, at plant time `at_us`."""

    exit_code = 1

    def __init__(self, port: str, at_us: int, tag: str, recorded: int, told: int, window_us: int) -> None:
        within = f" within {window_us // 1000} ms" if window_us else ""
        super().__init__(
            f"first divergence at {at_us / 1e6:.6f} s: {tag} was {recorded}, the board at {port} says {told}{within}"
        )
        self.at_us = at_us
        self.tag = tag
        self.recorded = recorded
        self.told = told
        self.window_us = window_us


@dataclass(frozen=True, slots=True)
class Told:
    """How far a session was told to a board: exchanges that were made, instants at which its answer was compared,
    starts of the board that the session has, and the window of a comparison."""

    now_us: int
    exchanges: int
    compared: int
    starts: int
    window_us: int


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is compared: word 0 of the status (without LINK) and the outputs as bits, then the numbers."""

    bits: tuple[int, int]
    numbers: tuple[int, int, int]


class BoardReplay:
    """Tells the board of `target` what the board of a station is told on record. `pins` are sensor channels (bits 0 to
    5 inputs, 6 the safety chain, 7 to 10 analogue) that had a real sensor: these show what is on record."""

    def __init__(self, cabinet: Cabinet, target: Target, pins: int = 0, window_us: int | None = None) -> None:
        self.exchanges = self.compared = self.starts = 0
        #: The window of the last comparison.
        self.window_us = 0
        self._cabinet = cabinet
        self._io: StationIO = cabinet.unit.io
        self._target = target
        self._pins = pins
        self._asked_window_us = window_us
        self._stack = ExitStack()
        self._specimen: Specimen | None = None
        self._board: tuple[object, int] | None = None
        self._begin_us = self._sent_us = self._found_us = 0
        self._drive = Drive()
        self._seen: deque[tuple[int, Seen]] = deque()
        self._linked = False

    def close(self) -> None:
        """Nothing more is to be told."""
        self._stack.close()

    def look(self, now: int) -> None:
        """The plant has done everything of exchange instant `now`: tell the board, compare.

        Raises BoardDivergence, LinkError.
        """
        cabinet = self._cabinet
        linked, before = bool(cabinet.status & LINK), self._linked
        self._linked = linked
        if not linked:
            if before and self._sent_us < now - EXCHANGE_US:
                # its watchdog counts from the last exchange, which need not have been told: nothing was new in it
                self._exchange(now - EXCHANGE_US, self._drive)
            if cabinet.dark:
                self._board = None  # without power: it will start anew
            return
        if not before:
            self._found_us = now
        drive = self._drive_at(now)
        self._fit(now, drive)
        if self._news(now, drive):
            self._exchange(now, drive)
        if (shown := self._recorded(now)) is not None:
            self._compare(now, shown)

    # ---- telling
    def _fit(self, now: int, drive: Drive) -> None:
        """A board that started anew (a reset, a swap) is brought to its start here too."""
        board = self._cabinet.board
        life = board, board.resets if isinstance(board, SimulatedBoard) else 0
        if self._board == life:
            return
        self._stack.close()
        self._specimen = self._stack.enter_context(self._target.fit(self._io, drive))
        self._board, self._begin_us = life, now
        self._seen.clear()
        self.starts += 1

    def _news(self, now: int, drive: Drive) -> bool:
        """Whether an exchange could show something that the last one did not."""
        if not self._seen or drive != self._drive:
            return True
        due_us = self._seen[-1][1].due_us
        return now - self._sent_us >= self._target.pause_us or now - self._begin_us >= due_us

    def _exchange(self, now: int, drive: Drive) -> None:
        if self._specimen is None:
            return
        seen = self._specimen.exchange(now - self._begin_us, drive)
        self._drive, self._sent_us = drive, now
        self._seen.append((now, seen))
        self.exchanges += 1

    def _drive_at(self, now: int) -> Drive:
        cabinet, pins = self._cabinet, self._pins
        terminals = cabinet.station.terminals
        counts = tuple(
            cabinet.board.measured(i, now) if pins >> _ANALOG + i & 1 else signal.counts(now)
            for i, signal in enumerate(terminals.analogs)
        )
        inputs = terminals.inputs & ~pins & _SENSORS | cabinet.status & pins & _SENSORS
        return Drive(inputs, counts, cabinet.command)

    # ---- comparing
    def _recorded(self, now: int) -> _Shown | None:
        """What the board on record shows; None if there is nothing of it."""
        board = self._cabinet.board
        image, status = board.outputs, self._cabinet.status
        if isinstance(board, SerialBoard):
            if board.told is None or now < self._found_us + SETTLING_US:
                return None
            image, status = board.told.outputs, board.told.status
        numbers = word(image, TARGET), word(image, SPEED), word(image, DUTY)
        return _Shown((status & WORD & ~LINK, image & OUTPUTS), numbers)

    def _compare(self, now: int, shown: _Shown) -> None:
        board, window = self._cabinet.board, self._asked_window_us
        if window is None:
            # a sensor may be a watchdog late on its way to a real board, and what comes of it once more on the way back
            window = 2 * board.watchdog_us if isinstance(board, SerialBoard) else 0
        self.window_us = window
        while len(self._seen) > 1 and self._seen[1][0] <= now - window:
            self._seen.popleft()  # the next one was there at the beginning of the window
        self.compared += 1
        within = [_shown(seen) for _, seen in self._seen]
        status_mask = 0 if self._cabinet.trouble & LATE else WORD & ~LINK & ~(self._pins & _SENSORS)
        for table, mask, place in ((Table.DISCRETE, status_mask, 0), (Table.COIL, OUTPUTS, 1)):
            differing = mask & reduce(and_, (shown.bits[place] ^ each.bits[place] for each in within))
            if differing:
                bit = (differing & -differing).bit_length() - 1
                values = shown.bits[place] >> bit & 1, within[-1].bits[place] >> bit & 1
                raise self._divergence(now, table, bit, values)
        for place, number in enumerate(shown.numbers):
            if all(each.numbers[place] != number for each in within):
                raise self._divergence(now, Table.HOLDING, place, (number, within[-1].numbers[place]))

    def _divergence(self, now: int, table: Table, address: int, values: tuple[int, int]) -> BoardDivergence:
        tags = {tag.address: tag.name for tag in PLANT_MAP.units[10 + self._io.number].of(table)}
        name = tags.get(address, f"{self._io.code}.Board {table} {address}")
        return BoardDivergence(self._target.name, now, name, *values, self.window_us)


def _shown(seen: Seen) -> _Shown:
    return _Shown((seen.status & WORD & ~LINK, seen.outputs), (seen.target, seen.speed, seen.duty))


def replay_against(
    journal: Journal, target: Target, station: int, until_us: int | None = None, window_us: int | None = None,
    progress: Progress | None = None,
) -> Told:  # fmt: skip
    """Repeat a journal up to `until_us` (or its end) and tell the board of `target` what station `station` was told.

    Raises BoardDivergence; Divergence, JournalError if the journal does not repeat; LinkError if the board is gone;
    UsageError if the session has no such station, or its board is somebody else's device.
    """
    end = journal.lease_us if until_us is None else min(until_us, journal.lease_us)
    rig = empty_plant(journal)
    row = next((row for row in rig.recipe.station if row.number == station), None)
    if row is None or row.remote is not None:
        numbers = [str(each.number) for each in rig.recipe.station if each.remote is None]
        raise UsageError("--station", str(station), f"a station of this session with a board: {', '.join(numbers)}")
    cabinet = next(each for each in rig.cabinets if each.station.number == station)
    told = BoardReplay(cabinet, target, pins(row), window_us)
    rerun = Rerun(rig, journal)
    try:
        for now in range(0, end, EXCHANGE_US):
            rerun.run(now + 1)
            told.look(now)
            if progress is not None:
                progress(now, end)
        rerun.run(end)
    finally:
        told.close()
    rerun.finish()
    return Told(rig.now, told.exchanges, told.compared, told.starts, told.window_us)
