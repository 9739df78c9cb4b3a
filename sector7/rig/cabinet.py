"""One station's control cabinet: terminals, board and PLC unit wired onto the grid.

The four rules that make asking now and then equal to scanning always are here and nowhere else: an input change asks
for the exchange that will accept it, a status change for the next scan, a promise for its own instant, and outputs
decided at one exchange reach the plant at the next.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import ClassVar, Final

from firmware_sim.commissioning.commissioner import Commissioner
from firmware_sim.plc.forces import FIRST_OUTPUT, Forces
from firmware_sim.plc.relay import Relay
from firmware_sim.plc.seat import Seat
from firmware_sim.plc.unit import Unit
from hil.emulated_board import EmulatedBoard
from plant.power.rail import BROWN_OUT_MV
from plant.station import Station
from protocols.ports import NEVER, NO_ANSWER, Board, Controller, Log, Powered
from protocols.stations.images import (
    ANDON,
    DUTY,
    INPUTS,
    LINK,
    MARK,
    OUTPUTS,
    PROGRAM,
    SAFETY_OK,
    SPEED,
    TARGET,
    TRIPPED,
    WORD,
)
from sector7.rig.engine import EXCHANGE_US, SCAN_US, Grid

LOG_STATUS: Final = 20
LOG_OWNER: Final = 38
LOG_ALIVE: Final = 39
#: Kinds of trouble between PLC and board.
CUT: Final = 1
HUNG: Final = 2
LOSSY: Final = 4
LATE: Final = 8
DARK: Final = 16
STRANGE: Final = 32
#: What becomes of an exchange on a lossy link: nothing, it is lost, its answer is damaged and refused by its CRC.
SAFE, LOST, DAMAGED = range(3)
#: A supply voltage that every board takes for a brown-out, mV.
DIP_MV: Final = 2000
_MARK_SHIFT: Final = 5
#: What the board adds to its inputs: logged, while the inputs' own edges are logged at the terminals.
_FLAGS: Final = WORD & ~(INPUTS | SAFETY_OK)
#: Rare changes: the board's enable follows the one, alarms look at the other.
_HEALTH: Final = TRIPPED | LINK
_AXIS: Final = WORD << 16 * TARGET | WORD << 16 * SPEED


class Cabinet:
    """Wires one station. `fixed` asks for nothing: then the rig visits every grid instant."""

    STATE: ClassVar[tuple[str, ...]] = (
        "command", "status", "pending", "applied", "trouble", "heard_us", "_asked_us", "_news_us", "exchanges", "scans",
        "_delay", "_late", "dark", "_lift_mv", "garbled",
    )  # fmt: skip
    DERIVED: ClassVar[tuple[str, ...]] = ("controller",)

    def __init__(self, station: Station, board: Board, log: Log, base: int, grid: Grid, *, fixed: bool) -> None:
        self.station = station
        self.board = board
        self.log = log
        self._base = base
        self._grid = grid
        self._fixed = fixed
        self.command = 0
        self.status = 0
        self.pending = 0
        self.applied = 0
        #: What is wrong between PLC and board: a mask of CUT, HUNG, LOSSY, LATE, DARK (no power) and STRANGE
        #: (the board has a firmware that is refused).
        self.trouble = 0
        #: Asked for each exchange of a lossy link: its fate, SAFE, LOST or DAMAGED.
        self.fate: Callable[[], int] = int
        #: Answers that an injected fault has damaged.
        self.garbled = 0
        self._delay = 0
        self._late: deque[int] = deque()
        #: The cabinet's supply is too low for a board.
        self.dark = False
        self._lift_mv = 0
        self.heard_us = 0
        self._asked_us = NEVER
        self._news_us = 0
        self.exchanges = 0
        self.scans = 0
        if not fixed:
            station.terminals.edge = self._edge
            for signal in station.signals.values():
                signal.changed = self._signal_changed

    def wire(
        self, unit: Unit, commissioner: Commissioner, commit_bit: int, scan_bit: int, line_bit: int, exchange_bit: int
    ) -> None:
        """The programs and the grid bits, known only when everything is built."""
        self.unit = unit
        self.commissioner = commissioner
        commissioner.woken = self._commission
        self.seat = Seat(unit.io)
        self.relay = Relay(unit, self.seat)
        self.forces = Forces(unit, self.log, self._base)
        #: Who scans: the station's own program, its commissioner in front of it while there is something to check, or
        #: the relay while somebody else owns the station.
        self.controller: Controller = unit
        self._commit_bit = commit_bit
        self.scan_bit = scan_bit
        self._line_bit = line_bit
        self.exchange_bit = exchange_bit
        self.command = unit.command

    # ---- what asks for an exchange
    def _edge(self, now: int, bit: int) -> None:
        self._grid.ask(self.board.notice(now, bit), self.exchange_bit)

    def _signal_changed(self, now: int) -> None:
        at = self.board.signal_changed(now)
        if at < NEVER:
            self._grid.ask(at, self.exchange_bit)

    def fit(self, now: int, board: Board) -> None:
        """Another board takes the place of this one: nothing is driven until it is asked, and it comes up tripped."""
        before, self.board = self.board, board
        self.trouble &= ~DARK
        if isinstance(board, Powered):  # the supply is the cabinet's
            has = before.supply_mv if isinstance(before, Powered) else 0 if self.dark else board.supply_mv
            if has != board.supply_mv:
                self._feed(now, has)
            if self.dark:
                self.trouble |= DARK
        self.unit.measure = board.measured
        self.status &= ~LINK
        self.pending = 0
        self._grid.ask((now // EXCHANGE_US + 1) * EXCHANGE_US, self._commit_bit | self.exchange_bit)

    def link(self, now: int, up: bool) -> None:
        """The serial line is cut or mended."""
        self._suffer(now, CUT, not up)

    @property
    def link_up(self) -> bool:
        """False while the serial line is cut."""
        return not self.trouble & CUT

    def lossy(self, now: int, on: bool) -> None:
        """Exchanges begin or cease to get lost, as `fate` says of each."""
        self._suffer(now, LOSSY, on)

    def delay(self, now: int, exchanges: int) -> None:
        """From now on an answer arrives so many exchanges late (0: in time)."""
        if exchanges != self._delay:
            self._delay = exchanges
            self._late.clear()
            self._suffer(now, LATE, exchanges > 0)

    def refuse(self, now: int, on: bool) -> None:
        """The board has a firmware for another register layout, or has its own again: who asks for its identity
        exchanges nothing with it meanwhile, so its watchdog makes its outputs safe."""
        self._suffer(now, STRANGE, on)

    def hang(self, now: int, on: bool) -> None:
        """The board's program hangs: no answer, its watchdog does not look, its outputs stay as they are. In the end
        the hardware watchdog resets it."""
        if on != bool(self.trouble & HUNG):
            self._suffer(now, HUNG, on)
            if not on:
                self.reset(now)

    def reset(self, now: int) -> None:
        """A dip of its supply, too short for anything else to notice, resets the board."""
        board = self.board
        if isinstance(board, Powered):
            back = board.supply_mv
            self.power(now, DIP_MV)
            self.power(now, back)

    def power(self, now: int, millivolts: int) -> None:
        """The supply of the board changes; a board that gets none from here (a real one) does not notice."""
        if not self.dark:
            self._feed(now, millivolts)

    def configure(self, now: int, register: int, value: int) -> None:
        """Have a board that keeps its configuration in an EEPROM write a register of it."""
        board = self.board
        if isinstance(board, EmulatedBoard):
            self._grid.ask(board.configure(now, register, value), self.exchange_bit)

    def _suffer(self, now: int, trouble: int, on: bool) -> None:
        before = self.trouble
        self.trouble = before | trouble if on else before & ~trouble
        if self.trouble != before:
            self._grid.ask(-(-now // EXCHANGE_US) * EXCHANGE_US, self.exchange_bit)

    def supply(self, now: int, millivolts: int) -> None:
        """The cabinet's supply passes a level that a board notices. A fall acts at once; what a board does when it has
        risen begins at an exchange instant, as everything that it does."""
        dark = millivolts < BROWN_OUT_MV
        if not isinstance(self.board, Powered):
            self.dark, self._lift_mv = dark, 0
        elif dark:
            self.dark, self._lift_mv = True, 0
            self.trouble = self.trouble & ~HUNG | DARK
            self._feed(now, millivolts)
        else:
            self._lift_mv = millivolts
            self._grid.ask(-(-now // EXCHANGE_US) * EXCHANGE_US, self.exchange_bit)

    def _lift(self, now: int) -> None:
        """The board gets its voltage back and starts."""
        millivolts, self._lift_mv = self._lift_mv, 0
        self.dark = False
        self.trouble &= ~DARK
        self._feed(now, millivolts)

    def _feed(self, now: int, millivolts: int) -> None:
        if isinstance(self.board, Powered):
            at = self.board.supply(now, millivolts)
            if at < NEVER:
                self._grid.ask(at, self.exchange_bit)

    # ---- the three turns at the grid
    def commit(self, now: int) -> None:
        """Outputs decided at the previous exchange reach the plant."""
        new = self.pending
        changed = self.applied ^ new
        self.applied = new
        station = self.station
        enabled = not self.status & TRIPPED
        if enabled != station.enabled:
            station.enable(now, enabled)
        if changed >> 16:
            if changed & _AXIS:
                station.move(now, new >> 16 * TARGET & WORD, new >> 16 * SPEED & WORD)
            if changed >> 16 * DUTY & WORD:
                station.modulate(now, new >> 16 * DUTY & WORD)
            if changed >> 16 * PROGRAM & WORD:
                station.select(now, new >> 16 * PROGRAM & WORD)
        pins = changed & OUTPUTS
        while pins:
            bit = pins & -pins
            pins ^= bit
            station.switch(now, bit.bit_length() - 1, new & bit != 0)
        if changed & MARK:
            station.mark(now, (new & MARK) >> _MARK_SHIFT)
        if changed & ANDON:
            station.andon(now, new & ANDON != 0)

    def scan(self, now: int) -> None:
        """One PLC scan of the unit: it sees the status of the previous exchange."""
        unit = self.controller
        grid = self._grid
        if now < unit.wake_us and now != self._news_us and not self._fixed:
            # overtaken by a later promise: the unit would find nothing to do
            if now >= self._asked_us:
                self._ask_wake(unit.wake_us)
            return
        self.scans += 1
        command = unit.scan(now, self.status)
        if command != self.command:
            self.command = command
            if not self._fixed:
                grid.ask(-(-now // EXCHANGE_US) * EXCHANGE_US, self.exchange_bit)
        if unit.speaks:
            grid.ask(now, self._line_bit)
        if self._fixed:
            return
        if unit.wake_us < self._asked_us or now >= self._asked_us:
            self._ask_wake(unit.wake_us)

    def hand_over(self, now: int, owner: int) -> None:
        """Give the station to another owner, if it may be given."""
        if owner != self.seat.owner and self.relay.hand_over(now, owner):
            self.log((now, self._base + LOG_OWNER, owner))
            self.restored()

    def hear(self, now: int, alive: bool) -> None:
        """The heartbeat of an external owner was lost, or is back."""
        if alive != self.seat.alive:
            self.log((now, self._base + LOG_ALIVE, int(alive)))
        self.seat.hear(alive)

    def restored(self) -> None:
        """Choose who scans by the owner; forces stand in front."""
        own = self.commissioner if self.commissioner.active else self.unit
        self.forces.inner = self.controller = self.relay if self.seat.taken else own
        if self.forces.active:
            self.controller = self.forces

    def force(self, now: int, terminal: int, value: int, until_us: int) -> bool:
        """Force a digital terminal (inputs from 0, outputs from 8) to 0 or 1 until then, with 2 release it.

        False if the station has no such terminal.
        """
        io, output = self.unit.io, terminal - FIRST_OUTPUT
        if not (0 <= output < len(io.outputs) if output >= 0 else terminal < len(io.inputs)):
            return False
        if value in (0, 1):
            self.forces.put(now, terminal, value, until_us)
        else:
            self.forces.release(now, terminal)
        self.restored()
        return True

    def _commission(self, now: int) -> None:
        """The commissioner has something to do, or nothing any more."""
        self.restored()
        self.ask_scan((now // SCAN_US + 1) * SCAN_US)

    def release_forces(self, now: int) -> None:
        """Force nothing any more."""
        self.forces.release(now)
        self.restored()

    def ask_scan(self, at: int) -> None:
        """There is news for the unit: scan it at grid instant `at`, whatever it promised."""
        self._news_us = at
        self._grid.ask(at, self.scan_bit)

    def _ask_wake(self, wake: int) -> None:
        """Keep the unit's promise; what was asked for later stays on the grid and will be found overtaken."""
        if wake < NEVER:
            self._asked_us = -(-wake // SCAN_US) * SCAN_US
            self._grid.ask(self._asked_us, self.scan_bit)
        else:
            self._asked_us = NEVER

    def exchange(self, now: int) -> None:
        """One exchange with the board."""
        self.exchanges += 1
        board = self.board
        status = self._troubled(now) if self.trouble else board.exchange(now, self.command)
        if status == NO_ANSWER:
            status = self._silence(now)
        else:
            status |= LINK
        grid = self._grid
        outputs = board.outputs
        if outputs != self.pending and not self.trouble & HUNG:
            self.pending = outputs
            grid.ask(now + EXCHANGE_US, self._commit_bit)
        if status != self.status:
            changed = status ^ self.status
            self.status = status
            if changed & _FLAGS:
                self.log((now, self._base + LOG_STATUS, status & _FLAGS))
            if changed & _HEALTH:
                grid.ask(now + EXCHANGE_US, self._commit_bit)  # the board's enable
                self.unit.notes.tell(now + SCAN_US)
            if changed & self.controller.care and not self._fixed:
                self.ask_scan(now + SCAN_US)
        if not self._fixed:
            due = board.due_us
            if due < NEVER and not self.trouble & HUNG:
                grid.ask(-(-due // EXCHANGE_US) * EXCHANGE_US, self.exchange_bit)

    def _troubled(self, now: int) -> int:
        """An exchange with something wrong between PLC and board."""
        if self.trouble & DARK:
            if not self._lift_mv:
                return NO_ANSWER
            self._lift(now)
        trouble = self.trouble
        if trouble & (LOSSY | LATE) and not self._fixed:
            self._grid.ask(now + EXCHANGE_US, self.exchange_bit)  # none may be left out: each has a fate of its own
        fate = self.fate() if trouble & LOSSY else SAFE
        self.garbled += fate == DAMAGED
        if fate or trouble & (CUT | HUNG | STRANGE):
            return NO_ANSWER
        status = self.board.exchange(now, self.command)
        if not trouble & LATE or status == NO_ANSWER:
            return status
        self._late.append(status)
        return self._late.popleft() if len(self._late) > self._delay else self.status

    def _silence(self, now: int) -> int:
        """The board did not answer: its own watchdog runs; the PLC keeps the last status without LINK."""
        if self.status & LINK:
            self.heard_us = now - EXCHANGE_US
        if self.trouble & HUNG:
            return self.status & ~LINK
        self.board.idle(now, self.heard_us)
        trip = self.heard_us + self.board.watchdog_us
        if now < trip and not self._fixed:
            self._grid.ask(trip, self.exchange_bit)
        # the enable of a board without power has dropped out
        return self.status & ~LINK | (TRIPPED if self.trouble & DARK else 0)
