"""A short line on the bench: kitting, press, machining and pack-out with their real programs, and the coordinator.

Each station has a board that trips and is acknowledged; what its inputs say is up to the test.
"""

from __future__ import annotations

from firmware_sim.plc.line import AIR_OK, COOLING_OK, E_STOP_OK, MAINS_OK, OIL_OK, Line
from firmware_sim.plc.unit import SCAN_US, Unit
from firmware_sim.sequences.catalogue import SEQUENCES
from protocols.packml import Command, State
from protocols.reasons import Reason
from protocols.stations.images import ACKNOWLEDGE, GOOD, LINK, SAFETY_OK, TRIPPED
from protocols.stations.io_table import BY_NUMBER, PACK_OUT

ALL_SUPPLIES = AIR_OK | OIL_OK | COOLING_OK | MAINS_OK
NUMBERS = (1, 2, 4, 12)
RUNNING = {State.EXECUTE, State.SUSPENDED}
_PRESENT = 1
_ROBOT = GOOD | 4 << 28 | 7 << 16


class LineBench:
    """The line and its units, scanned every 10 ms. `status` is each station's, without what its board adds.

    With `when_asked` the coordinator is scanned only when a station speaks, the panel changes, somebody asks or its
    own promise is due.
    """

    def __init__(self, *, boot: bool = False, when_asked: bool = False) -> None:
        self.when_asked = when_asked
        self.seen_panel = -1
        self.line_scans = 0
        self.log: list[tuple[int, int, int]] = []
        self.units: dict[int, Unit] = {}
        for previous, number in zip((12, *NUMBERS), NUMBERS, strict=False):
            io = BY_NUMBER[number]
            self.units[number] = Unit(io, SEQUENCES[number], previous, self.log.append, 64 * number, lambda _, now: 520)
        self.line = Line(list(self.units.values()), self.log.append, boot=boot)
        self.status = dict.fromkeys(NUMBERS, SAFETY_OK | LINK)
        self.tripped = dict.fromkeys(NUMBERS, True)
        self.panel = E_STOP_OK | ALL_SUPPLIES
        self.packing = False
        self.now = 0

    # ---- time
    def scan(self) -> LineBench:
        """One scan of all units, then of the line."""
        for number, unit in self.units.items():
            status = self.status[number]
            if not status & SAFETY_OK:
                self.tripped[number] = True
            elif unit.command & ACKNOWLEDGE:
                self.tripped[number] = False
            if unit.state == State.RESETTING:
                status |= unit.program.home_value
            elif self.packing and number == PACK_OUT.number:
                status |= unit.step.value & 0x3F | _PRESENT | _ROBOT
                status &= ~(unit.step.mask & ~unit.step.value)
            unit.scan(self.now, status | (TRIPPED if self.tripped[number] else 0))
        asked = any(unit.speaks for unit in self.units.values()) or self.panel != self.seen_panel
        if not self.when_asked or asked or self.line.request or self.now >= self.line.wake_us:
            self.line.scan(self.now, self.panel)
            self.line_scans += 1
        self.seen_panel = self.panel
        self.now += SCAN_US
        return self

    def pass_s(self, seconds: float) -> LineBench:
        """Scans for so long."""
        for _ in range(int(seconds * 100)):
            self.scan()
        return self

    def until(self, state: State, at_most_s: float = 60) -> LineBench:
        """Scans until the line is in `state`."""
        for _ in range(int(at_most_s * 100)):
            if self.line.state is state:
                return self
            self.scan()
        raise AssertionError(f"line {self.line.state.name} instead of {state.name}; stations {self.states}")

    # ---- what acts on it
    def ask(self, command: Command) -> LineBench:
        """A command for the whole line."""
        self.line.ask(command)
        return self

    def hold(self, number: int) -> LineBench:
        """The operator holds one station."""
        self.units[number].detained = True
        self.units[number].ask(Command.HOLD, Reason.OPERATOR)
        return self

    def guard(self, number: int, *, closed: bool) -> LineBench:
        """Somebody opens or closes a station's guard."""
        self.status[number] = self.status[number] & ~SAFETY_OK | (SAFETY_OK if closed else 0)
        return self

    def e_stop(self, pressed: bool) -> LineBench:
        """The line's emergency stop, wired into every station's safety chain."""
        self.panel = self.panel & ~E_STOP_OK | (0 if pressed else E_STOP_OK)
        for number in NUMBERS:
            self.guard(number, closed=not pressed)
        return self

    def supply(self, bit: int, *, there: bool) -> LineBench:
        """A supply fails or comes back."""
        self.panel = self.panel & ~bit | (bit if there else 0)
        return self

    # ---- ways
    def idle(self) -> LineBench:
        """Cleared and reset."""
        return self.scan().ask(Command.CLEAR).until(State.STOPPED).ask(Command.RESET).until(State.IDLE)

    def producing(self) -> LineBench:
        """Cleared, reset and started."""
        return self.idle().ask(Command.START).until(State.EXECUTE).pass_s(0.1)

    # ---- what it shows
    @property
    def states(self) -> dict[int, State]:
        """Every station's state."""
        return {number: State(unit.state) for number, unit in self.units.items()}

    @property
    def conveying(self) -> set[int]:
        """Stations whose infeed is commanded to run."""
        return {n for n, unit in self.units.items() if unit.command & unit.io.output("infeed_motor")}

    def course(self, number: int = 0, offset: int = 32) -> list[State]:
        """Every state logged by the line (0) or a station."""
        return [State(value) for _, log, value in self.log if log == 64 * number + offset]
