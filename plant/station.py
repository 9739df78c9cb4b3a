"""One station: the stop position with its read head, the infeed conveyor, the mechanisms and their safety chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.arithmetic import Streams, normal
from plant.attendance import Attendance
from plant.conveyor import Conveyor
from plant.crew import Crew
from plant.cylinder import Cylinder
from plant.drive import Drive
from plant.ledger import Ledger
from plant.mechanism import SAFETY, Mechanism
from plant.pallet import EMPTY, GOOD, INCOMPLETE, MOST_REWORKS, NOT_OK, Pallet
from plant.passage import Passage
from plant.safety import CURTAIN, LOCKOUT, SafetyChain
from plant.signal import Signal
from plant.terminals import LOG_DUTY, LOG_OUTPUT, LOG_PROGRAM, LOG_TARGET, SAFETY_BIT, Log, Terminals

SECOND: Final = 1_000_000
PRESENT: Final = 1
OUTFEED_CLEAR: Final = 2

#: What the write head is told to put on the pallet's data tag.
PASS, FAIL, REWORK = 1, 2, 3

_INDEX_US: Final = 800_000  # from the conveyor's end into the stop
_LEAVE_US: Final = 900_000  # from the stop onto the next conveyor


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the control cabinet gives a station: its number, the names on the terminal strip, transmitter ranges.

    `log_base` numbers the station's entries in the log. `acceleration` is that of the axis (0.1 mm/s^2).
    """

    number: int
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    analogs: tuple[tuple[str, float, float], ...]
    log_base: int
    acceleration: int = 20000


@dataclass(frozen=True, slots=True)
class Habits:
    """How often a station fails and how it ages. Times in us; `hidden` is the chance of a defect nobody sees here."""

    mtbf_us: float
    mttr_us: float
    minor_us: float
    hidden: float = 0.002
    wear: float = 1.0


Switch = Callable[[int, bool], None]
Value = Callable[[int, int], None]


def _unused(now: int, value: int) -> None:
    pass


def _nobody(now: int) -> None:
    pass


class Station:
    """Base of the twelve stations. A subclass fits mechanisms in `fit` and reacts to a new pallet in `arrived`.

    The control side reaches it through `switch`, `move`, `modulate`, `select`, `mark` and `andon`; the material
    through `offer` (see conveyor.Sink). `sensors` names inputs that a dirty lens may blind. The infeed's belt runs on
    through the stop: pallets come and go only while it moves.
    """

    STATE: ClassVar[tuple[str, ...]] = ("pallet", "coming", "leaving", "open", "waved", "covers", "enabled", "worn")
    title: ClassVar[str] = ""
    sensors: ClassVar[tuple[str, ...]] = ()
    #: A person at this station looks for defects instead of making some.
    finds: ClassVar[bool] = False

    def __init__(
        self,
        agenda: Agenda,
        wiring: Wiring,
        habits: Habits,
        streams: Streams,
        crew: Crew,
        log: Log,
        infeed: Conveyor,
        ledger: Ledger,
    ) -> None:
        self.number = wiring.number
        self.agenda = agenda
        self.habits = habits
        self.streams = streams
        self.infeed = infeed
        self.ledger = ledger
        self.stream = streams.stream(wiring.number, "quality")
        self.signals = {name: Signal(low, high) for name, low, high in wiring.analogs}
        self.terminals = Terminals(wiring.inputs, tuple(self.signals.values()), wiring.log_base, log)
        self.hidden: list[Signal] = []
        self.chain = SafetyChain(agenda, self._cut)
        self.enabled = True
        self.mechanisms: list[Mechanism] = []
        self.belt = Drive("infeed belt", self.run_belt)
        self.switches: dict[str, Switch] = {"stopper_open": self._stopper, "infeed_motor": self.belt.drive}
        self._axis: Callable[[int, int, int], None] | None = None
        self.modulates: Value = _unused
        self.selects: Value = _unused
        self.acceleration = wiring.acceleration
        self._arrival = Passage(agenda, _INDEX_US, self._arrive)
        self._departure = Passage(agenda, _LEAVE_US, self._depart)
        self.outlet: Conveyor | None = None
        self.pallet: Pallet | None = None
        self.coming: Pallet | None = None
        self.leaving: Conveyor | None = None
        #: The last operation that stays valid when a robot is sent back from here.
        self.rework_after = 0
        #: The station before this one whose operation is done here too (0: none).
        self.covers = 0
        self.open = False
        #: People let the pallet go, whatever the stopper does.
        self.waved = False
        #: Told while the station is locked out: a pallet has come.
        self.came: Callable[[int], None] = _nobody
        self.worn = 0.0
        infeed.sink = self
        self.fit()
        self._switch = [self.switches[name] for name in wiring.outputs]
        self.people = Attendance(
            agenda,
            self.terminals,
            self.chain,
            crew,
            list(self.mechanisms),
            self.sensors,
            streams.stream(self.number, "failure"),
            mtbf_us=habits.mtbf_us,
            mttr_us=habits.mttr_us,
            minor_us=habits.minor_us,
        )
        # conveyors do not fail by themselves: no program could tell a jammed belt from an empty one
        self.mechanisms.append(self.belt)

    # ---- for subclasses
    def fit(self) -> None:
        """Build the mechanisms and connect them to `switches`, `modulates`, `selects`."""

    def part_clamp(self) -> Cylinder:
        """The pneumatic clamp that several stations hold the robot with; its sensor is `clamped`."""
        return Cylinder(
            self.agenda,
            self.terminals,
            "clamp",
            self.streams.stream(self.number, "clamp"),
            extended="clamped",
            extend_us=900_000,
            retract_us=700_000,
        )

    def arrived(self, now: int) -> None:
        """A pallet has stopped here."""

    def departed(self, now: int) -> None:
        """The pallet has left the stop."""

    def processed(self, now: int, robot_was_good: bool) -> None:
        """The operation on the robot was passed: tools wear."""

    def draw(self, mean: float, sigma: float) -> float:
        """A normal variate of the station's quality stream."""
        return mean + sigma * normal(self.stream)

    def private_signal(self, low: float, high: float) -> Signal:
        """A quantity that a mechanism needs and no terminal shows; it is saved with the station."""
        signal = Signal(low, high)
        self.hidden.append(signal)
        return signal

    # ---- the material side
    def connect(self, outlet: Conveyor) -> None:
        """Where released pallets go, and the photo-eye at its entry."""
        self.outlet = outlet
        outlet.feeder(self.try_release)
        outlet.eyes.append(self._outfeed_eye)
        self.terminals.initial(OUTFEED_CLEAR)

    @property
    def free(self) -> bool:
        """See conveyor.Sink."""
        return self.pallet is None and self.coming is None and self.infeed.running

    def offer(self, now: int) -> None:
        """See conveyor.Sink: the next pallet waits; it moves in when the stop is free."""
        if not self.free:
            return
        if self.infeed.waiting:
            self.coming = self.infeed.take(now)
            self._arrival.begin(now, True)
        else:
            self.infeed.ready(now)

    def try_release(self, now: int) -> None:
        """Let the pallet go if the stopper is open and there is room behind it."""
        if (self.open or self.waved) and self.pallet is not None and self.leaving is None:
            way = self.way_out()
            if way is not None and way.has_room:
                way.reserve()
                self.leaving = way
                self._departure.begin(now, self.infeed.running)

    def way_out(self) -> Conveyor | None:
        """The conveyor that a pallet released now goes to."""
        return self.outlet

    def _arrive(self, now: int) -> None:
        self.pallet = self.coming
        self.coming = None
        self.terminals.set(now, PRESENT)
        self.show(now)
        self.arrived(now)
        self.try_release(now)
        if self.chain.open & LOCKOUT:
            self.came(now)

    def _depart(self, now: int) -> None:
        pallet, way = self.pallet, self.leaving
        self.pallet = self.leaving = None
        self.waved = False
        self.terminals.clear(now, PRESENT)
        self.show(now)
        self.departed(now)
        if pallet is not None and way is not None:
            way.enter(now, pallet)
        self.offer(now)

    def run_belt(self, now: int, on: bool) -> None:
        """The infeed's belt begins to run, or stops: driven by its motor, or bridged."""
        self._arrival.run(now, on)
        self._departure.run(now, on)
        self.infeed.run(now, on)
        if on:
            self.offer(now)

    # ---- what people do here in place of the machine
    def lock_out(self, now: int) -> None:
        """The machine is locked out, and what it was doing to pallets is over."""
        self.chain.trip(now, LOCKOUT)

    def wave(self, now: int, on: bool) -> None:
        """Somebody lets the pallet go, or no longer does."""
        self.waved = on
        if on:
            self.try_release(now)

    def due(self, pallet: Pallet, previous: int) -> bool:
        """Is the operation to be done on what the pallet carries? `previous` is the station before this one."""
        return pallet.condition in (GOOD, INCOMPLETE) and pallet.done == previous

    def by_hand(self, now: int, pallet: Pallet, chance: bool) -> bool:
        """Somebody does the operation; with `chance` it leaves a defect. False: the robot is rejected."""
        self.write(now, pallet, PASS)
        if chance and pallet.robot is not None:
            pallet.robot.defects |= 1 << self.number
        return True

    def _stopper(self, now: int, on: bool) -> None:
        self.open = on
        self.try_release(now)

    def _outfeed_eye(self, now: int, clear: bool) -> None:
        (self.terminals.set if clear else self.terminals.clear)(now, OUTFEED_CLEAR)

    # ---- the read/write head
    @property
    def at_head(self) -> Pallet | None:
        """The pallet whose data tag the head reaches."""
        return self.pallet

    def show(self, now: int) -> None:
        """Report the data tag at the head."""
        pallet = self.at_head
        self.terminals.show_carrier(now, pallet.word if pallet is not None else 0)

    def mark(self, now: int, verdict: int) -> None:
        """Write PASS, FAIL or REWORK to the data tag; the robot's history gets a row."""
        pallet = self.at_head
        if pallet is None or not verdict:
            return
        self.write(now, pallet, verdict)
        self.show(now)

    def write(self, now: int, pallet: Pallet, verdict: int) -> None:
        """What the verdict means to pallet and robot."""
        robot = pallet.robot
        if robot is None:
            return
        if self.covers and verdict == PASS and pallet.done != self.covers:
            robot.results.append((self.covers, now, PASS))
            robot.defects &= ~(1 << self.covers)
        robot.results.append((self.number, now, verdict))
        if verdict == PASS:
            good = pallet.condition == GOOD
            pallet.done = self.number
            robot.defects &= ~(1 << self.number)
            if self.stream.random() < self.habits.hidden * (1.0 + self.worn):
                robot.defects |= 1 << self.number
            self.processed(now, good)
        elif verdict == FAIL:
            pallet.condition = NOT_OK
        else:
            pallet.condition = GOOD
            pallet.reworks = min(pallet.reworks + 1, MOST_REWORKS)
            pallet.done = self.rework_after

    # ---- the control side
    def switch(self, now: int, index: int, on: bool) -> None:
        """Digital output `index` changes."""
        terminals = self.terminals
        terminals.log((now, terminals.base + LOG_OUTPUT + index, 1 if on else 0))
        self._switch[index](now, on)

    def move(self, now: int, target: int, speed: int) -> None:
        """The axis is sent to `target` (0.1 mm) at `speed` (0.1 mm/s)."""
        self.terminals.log((now, self.terminals.base + LOG_TARGET, target))
        if self._axis is not None:
            self._axis(now, target, speed)

    def modulate(self, now: int, duty: int) -> None:
        """The modulated output's duty changes (0..1024)."""
        self.terminals.log((now, self.terminals.base + LOG_DUTY, duty))
        self.modulates(now, duty)

    def select(self, now: int, program: int) -> None:
        """A program number is presented to the station's device."""
        self.terminals.log((now, self.terminals.base + LOG_PROGRAM, program))
        self.selects(now, program)

    def andon(self, now: int, on: bool) -> None:
        """The stack light changes."""
        self.people.andon(now, on)

    def enable(self, now: int, on: bool) -> None:
        """The board's enable, in series with the safety relay: off while the board is tripped.

        With it what the spring or the weight of a mechanism would move after a safety stop waits for the
        acknowledgement too.
        """
        self.enabled = on
        self.inhibit(now, SAFETY, self.chain.dropped or not on)

    def curtain(self, now: int, interrupted: bool) -> None:
        """Somebody reaches through the light curtain, or no longer does."""
        (self.terminals.clear if interrupted else self.terminals.set)(now, self.terminals.bit("curtain_clear"))
        (self.chain.trip if interrupted else self.chain.close)(now, CURTAIN)

    def _cut(self, now: int, dropped: bool) -> None:
        """The safety relay drops or pulls in."""
        (self.terminals.clear if dropped else self.terminals.set)(now, SAFETY_BIT)
        self.inhibit(now, SAFETY, dropped or not self.enabled)

    def inhibit(self, now: int, cause: int, on: bool) -> None:
        """`cause` begins or ends to stop every mechanism that needs it absent."""
        for mechanism in self.mechanisms:
            if mechanism.needs & cause:
                mechanism.inhibit(now, cause, on)

    def empty_pallet(self, pallet: Pallet) -> None:
        """The pallet carries nothing any more."""
        pallet.robot = None
        pallet.condition = EMPTY
        pallet.reworks = 0
        pallet.done = 0
