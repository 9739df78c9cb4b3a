"""A PackML unit on the bench, scanned every 10 ms, with a short sequence that has one of everything."""

from __future__ import annotations

from collections.abc import Mapping

from firmware_sim.plc.sequence import BLOCKED, STARVED, Branch, Builder, Program, Route, program
from firmware_sim.plc.unit import SCAN_US, Unit
from firmware_sim.sequences.catalogue import MakeProgram
from protocols.packml import Command, State
from protocols.reasons import Reason
from protocols.stations.images import (
    CONDITION,
    DONE,
    EMPTY,
    GOOD,
    LINK,
    NOT_OK,
    SAFETY_OK,
)
from protocols.stations.io_table import WELD
from protocols.stations.station_io import StationIO

MS = 1_000
PREVIOUS = 2
BASE = 64 * WELD.number
HEALTHY = SAFETY_OK | LINK
#: What lies at the read head: a robot to work on, nothing, a pallet without a robot.
WORK = GOOD | PREVIOUS << 28 | 7 << 16
NOBODY = 0
BARE = EMPTY | 7 << 16
REJECT = NOT_OK | PREVIOUS << 28 | 7 << 16

#: The steps of `sheet` by number.
WAIT, READ, CLAMP, WARM, MEASURE, WELD_ON, WELD_OFF, SERVICE_DUE, SERVICE, OPEN, VERDICT, ROOM, RELEASE = range(13)


def sheet(settings: Mapping[str, int], route: Route) -> Program:
    """A weld station in small: wait, clamp, dwell, measure, handshake, service at every third, verdict, release."""
    b = Builder(WELD, settings)
    b.step("Wait for pallet", until="pallet_present", waits=STARVED, label="next")
    b.step("Read carrier", branches=(Branch(CONDITION | DONE, GOOD | route.previous << 28, "work"),), goto="room")
    b.step("Clamp", on="clamp", until="clamped", limit_s=5, label="work", starts=True)
    b.step("Warm", on="clamp gas_valve", dwell_s=1.0, program=3)
    b.step("Measure", on="clamp gas_valve", until="gas_ok", dwell_s=0.5, limit_s=4, record="weld_current",
           window=(settings["current_low"], 260), reach={"weld_current": settings["current_low"]})  # fmt: skip
    b.step("Weld", on="clamp gas_valve robot_start", until="robot_done", limit_s=25)
    b.step("Robot clear", on="clamp", until="!robot_done", limit_s=5)
    b.step("Service due?", on="clamp", every=3, goto="open", when_due="service")
    b.step("Service", on="clamp", dwell_s=2.0, label="service")
    b.step("Open", until="!clamped", limit_s=5, label="open")
    b.step("Write verdict", dwell_s=0.06, judges=True)
    b.step("Wait for room", until="outfeed_clear", waits=BLOCKED, label="room")
    b.step("Release", on="stopper_open", until="!pallet_present")
    return program(b, home="!robot_done !clamped", home_on="gas_valve")


class UnitBench:
    """The unit, its log, the readings it may take. `now` is the next scan."""

    def __init__(self, io: StationIO = WELD, make: MakeProgram = sheet, previous: int = PREVIOUS) -> None:
        self.io = io
        self.log: list[tuple[int, int, int]] = []
        self.readings: dict[int, int] = {}
        self.unit = Unit(io, make, previous, self.log.append, BASE, lambda channel, now: self.readings.get(channel, 0))
        self.now = 0
        self.status = HEALTHY

    # ---- time
    def scan(self, status: int | None = None) -> UnitBench:
        """One scan."""
        if status is not None:
            self.status = status
        self.unit.scan(self.now, self.status)
        self.now += SCAN_US
        return self

    def pass_ms(self, ms: int) -> UnitBench:
        """Scans for so long."""
        for _ in range(ms // 10):
            self.scan()
        return self

    def until(self, state: State, at_most_ms: int = 60_000) -> UnitBench:
        """Scans until the unit is in `state`."""
        for _ in range(at_most_ms // 10):
            if self.unit.state == state:
                return self
            self.scan()
        raise AssertionError(f"{State(self.unit.state).name} after {at_most_ms} ms instead of {state.name}")

    def until_step(self, index: int, at_most_ms: int = 60_000) -> UnitBench:
        """Scans until the unit is in a step."""
        for _ in range(at_most_ms // 10):
            if self.unit.index == index:
                return self
            self.scan()
        raise AssertionError(f"in step {self.unit.index} after {at_most_ms} ms instead of {index}")

    # ---- what acts on it
    def ask(self, command: Command, reason: Reason = Reason.OPERATOR) -> UnitBench:
        """A command, taken at the next scan."""
        self.unit.ask(command, reason)
        return self

    def inputs(self, names: str = "", at_head: int | None = None) -> UnitBench:
        """Exactly these inputs are on; what is at the read head stays unless given."""
        word = self.status & ~0xFFFF if at_head is None else at_head
        self.status = HEALTHY | sum(self.io.status(name) for name in names.split()) | word
        return self

    def without(self, bits: int) -> UnitBench:
        """Status bits go."""
        self.status &= ~bits
        return self

    def having(self, bits: int) -> UnitBench:
        """Status bits come."""
        self.status |= bits
        return self

    # ---- ways to a state
    def stopped(self) -> UnitBench:
        """Cleared."""
        return self.ask(Command.CLEAR).until(State.STOPPED)

    def idle(self) -> UnitBench:
        """Cleared and reset, with an empty station in its home position."""
        home = self.unit.program
        self.stopped().without(home.home_mask).having(home.home_value)
        return self.ask(Command.RESET).until(State.IDLE)

    def started(self) -> UnitBench:
        """In Execute, with an empty station that has room behind it."""
        self.idle().inputs("outfeed_clear", NOBODY)
        return self.ask(Command.START).until(State.EXECUTE)

    def working(self, step: int) -> UnitBench:
        """In Execute, in one of the steps from Clamp to Weld."""
        self.readings[0] = WELD.analogs[0].counts(200)
        self.started().inputs("pallet_present outfeed_clear", WORK).until_step(CLAMP)
        if step > CLAMP:
            self.inputs("pallet_present outfeed_clear clamped").until_step(WARM)
        if step > WARM:
            self.until_step(MEASURE)
        if step > MEASURE:
            self.inputs("pallet_present outfeed_clear clamped gas_ok").until_step(WELD_ON)
        return self

    # ---- what it shows
    @property
    def on(self) -> set[str]:
        """The outputs commanded."""
        return {name for name in self.io.outputs if self.unit.command & self.io.output(name)}

    @property
    def state(self) -> State:
        """The PackML state."""
        return State(self.unit.state)

    @property
    def reason(self) -> int:
        """StopReason."""
        return self.unit.reason

    def logged(self, offset: int) -> list[int]:
        """Every value logged under the station's number `offset`."""
        return [value for _, number, value in self.log if number == BASE + offset]
