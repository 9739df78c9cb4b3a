"""What stands in for a station's machine: a bypass, people's hands, a neighbour. And what became of its parts."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import ClassVar, Final

from plant.agenda import Agenda
from plant.crew import Attendants, Crew
from plant.mechanism import BLOCKED, MAINS
from plant.pallet import INCOMPLETE, MOST_REWORKS, NOT_OK, Pallet
from plant.safety import CONTROL, E_STOP, LOCKOUT
from plant.station import Station
from plant.terminals import Log

SECOND: Final = 1_000_000

#: Who does the station's work. BYPASS: nobody, pallets pass. REROUTE: the station behind it, pallets pass.
NORMAL, BYPASS, MANUAL, REROUTE = range(4)
#: Where a change stands. AWAITING: it shall return to normal, and waits for new parts.
NONE, SETTING_UP, IN_PLACE, TAKING_DOWN, AWAITING = range(5)
#: Parts: all there; given away; being exchanged for those of another station (waiting for a crew, at work).
COMPLETE, STRIPPED, WANTED, FITTING = range(4)

#: Time that people need to put something in the machine's place, and to take it away again, s.
SETUP_S: Final = {BYPASS: 120, MANUAL: 180, REROUTE: 60}
TAKE_DOWN_S: Final = 60
#: Moving parts from one station to another, and getting new ones for the donor from the store, s.
SALVAGE_S: Final = 1200
RESTOCK_S: Final = 4 * 3600
#: A person's mean cycle time by station, s; it spreads evenly by HAND_SPREAD to both sides. Burn-in is no handwork.
HAND_S: Final = {1: 110, 2: 150, 3: 190, 4: 210, 5: 140, 6: 120, 7: 105, 8: 150, 9: 130, 10: 160, 12: 80}
HAND_SPREAD: Final = 0.2
#: Chance that a hand-made operation leaves a defect, and that a person at the test bench finds one.
HAND_DEFECTS: Final = 0.04
HAND_FINDS: Final = 0.8
#: A pallet that only passes is waved through.
PASS_US: Final = 1 * SECOND

#: Log number of `mode << 8 | phase << 4 | parts`, added to the station's base.
LOG_STAND_IN: Final = 52

#: Operations that rework does again, and those a robot may do without (by concession); others make it a reject.
REWORKABLE: Final = range(5, 10)
CONCEDED: Final = (11,)
#: What a robot's history says of an operation that was left out.
OMITTED: Final = 4

Mended = Callable[[int, int], None]
Told = Callable[[int], None]


def _nobody(now: int, number: int = 0) -> None:
    pass


class StandIn:
    """One station's stand-in. While there is one the station is locked out: its actuators have no power, its belt is
    bridged and runs while the line PLC permits it, and people let the pallets go.

    `told` hears of every change of `mode`, `phase` and `parts` and of every verdict by hand (in `verdicts`: failed,
    and how long it took, us); `mended` of (now, number of the station) whose broken parts were exchanged.
    """

    STATE: ClassVar[tuple[str, ...]] = (
        "mode", "phase", "parts", "verdicts", "_donor", "_lends", "_permitted", "_running", "_busy", "_due", "_left",
        "_began",
    )  # fmt: skip

    def __init__(
        self, agenda: Agenda, station: Station, previous: int, attendants: Attendants, crew: Crew, stream: Random,
        log: Log,
    ) -> None:  # fmt: skip
        self.station = station
        self._previous = previous
        self._attendants = attendants
        self._crew = crew
        self._stream = stream
        self._log = log
        self._change = agenda.slot(self._changed)
        self._work = agenda.slot(self._worked)
        self._parts = agenda.slot(self._fitted)
        self.told: Told = _nobody
        self.mended: Mended = _nobody
        self.mode = NORMAL
        self.phase = NONE
        self.parts = COMPLETE
        self.verdicts: list[tuple[bool, int]] = []
        self._donor: StandIn | None = None
        self._lends = False
        self._permitted = False
        self._running = False
        self._busy = False
        self._due = False
        self._left = 0
        self._began = 0
        station.came = self.look

    # ---- what people know
    @property
    def broken(self) -> bool:
        """True if something here does not move for want of repair."""
        return self.station.people.broken >= 0 or any(m.inhibited & BLOCKED for m in self.station.mechanisms)

    @property
    def idle(self) -> bool:
        """True while the machine is as it should be: nothing stands in, no part is missing, nobody wants any."""
        return self.mode == NORMAL and self.phase == NONE and self.parts == COMPLETE and not self._lends

    @property
    def lends(self) -> bool:
        """True while somebody takes parts out for another station."""
        return self._lends

    def seconds_left(self, now: int) -> int:
        """Until the change under way is done, 0 if none is."""
        due = max(self._change.at, self._parts.at)
        return -(-(due - now) // SECOND) if due > now else 0

    # ---- from outside
    def begin(self, now: int, mode: int) -> None:
        """People put something in the machine's place; an attendant must be free for MANUAL."""
        self._rest(now)
        self._staff(mode)
        self.mode, self.phase = mode, SETTING_UP
        self.station.lock_out(now)
        self._change.arm(now + SETUP_S[mode] * SECOND)
        self._tell(now)

    def end(self, now: int) -> None:
        """Back to the machine. One that gave its parts away gets new ones first, and what stands in stays meanwhile."""
        if self.parts == STRIPPED:
            self.phase = AWAITING
            self._parts.arm(now + RESTOCK_S * SECOND)
        else:
            self._rest(now)
            self.phase = TAKING_DOWN
            self._change.arm(now + TAKE_DOWN_S * SECOND)
        self._tell(now)

    def receive(self, now: int, donor: StandIn) -> None:
        """A crew takes parts out of `donor` to repair this station."""
        self.parts, self._donor, donor._lends = WANTED, donor, True
        self.station.lock_out(now)
        donor.station.lock_out(now)
        donor._tell(now)
        self._tell(now)
        self._crew.call(now, self)

    def repair(self, now: int) -> None:
        """A crew is free and sets out (see crew.Job)."""
        self.parts = FITTING
        # whatever was broken may have been repaired while the crew was busy elsewhere
        self._parts.arm(now + (SALVAGE_S if self.broken else 1) * SECOND)
        self._tell(now)

    def permit(self, now: int, on: bool) -> None:
        """The line PLC lets the bridged belt run and people work, or no longer does."""
        self._permitted = on
        self.look(now)

    def look(self, now: int) -> None:
        """Something may have changed: permission, supply, emergency stop, a pallet at the stop."""
        if self.mode == NORMAL:
            return
        station = self.station
        if station.chain.open & (E_STOP | CONTROL):
            self._permitted = False  # and the end of an emergency stop permits nothing
        runs = self._permitted and self.phase in (IN_PLACE, AWAITING) and not station.belt.inhibited & MAINS
        if runs is not self._running:
            self._running = runs
            station.run_belt(now, runs)
            if self._busy and runs:
                self._work.arm(now + self._left)
            elif self._busy:
                self._left = max(1, self._work.at - now)
                self._work.cancel()
        if runs and not self._busy and not station.waved and station.leaving is None and station.pallet is not None:
            self._take(now, station.pallet)

    # ---- in time
    def _changed(self, now: int) -> None:
        if self.phase == SETTING_UP:
            self.phase = IN_PLACE
        else:
            self._staff(NORMAL)
            self.mode, self.phase = NORMAL, NONE
            self._unlock(now)
        self._tell(now)
        self.look(now)

    def _fitted(self, now: int) -> None:
        """Parts have come: from the store, or from another station."""
        donor, self._donor = self._donor, None
        self.parts = COMPLETE
        if donor is None:
            self._tell(now)
            self.end(now)
            return
        donor._lends = False
        if self.broken:
            donor.parts = STRIPPED
            self.station.people.fixed(now)
            self.mended(now, self.station.number)
        self._crew.finished(now)
        donor._unlock(now)
        donor._tell(now)
        self._unlock(now)
        self._tell(now)

    def _take(self, now: int, pallet: Pallet) -> None:
        self._busy = True
        self._began = now
        self._due = self.station.due(pallet, self._previous)
        by_hand = self._due and self.mode == MANUAL
        spread = 1.0 - HAND_SPREAD + 2.0 * HAND_SPREAD * self._stream.random() if by_hand else 1.0
        self._work.arm(now + (int(HAND_S[self.station.number] * SECOND * spread) if by_hand else PASS_US))

    def _worked(self, now: int) -> None:
        station = self.station
        self._busy = False
        pallet = station.pallet
        if pallet is not None and self._due:
            if self.mode == BYPASS:
                omit(now, pallet, station.number)
            elif self.mode == MANUAL:
                chance = HAND_FINDS if station.finds else HAND_DEFECTS
                passed = station.by_hand(now, pallet, self._stream.random() < chance)
                self.verdicts.append((not passed, now - self._began))
                self.told(now)
        station.show(now)
        station.wave(now, True)

    # ---- shared
    def _rest(self, now: int) -> None:
        """Nobody works and the belt stands; a pallet that was being worked on is as it came."""
        self._work.cancel()
        self._busy = False
        self.station.wave(now, False)
        if self._running:
            self._running = False
            self.station.run_belt(now, False)

    def _staff(self, mode: int) -> None:
        if self.mode == MANUAL:
            self._attendants.busy -= 1
        if mode == MANUAL:
            self._attendants.busy += 1

    def _unlock(self, now: int) -> None:
        if self.idle:
            self.station.chain.close(now, LOCKOUT)

    def _tell(self, now: int) -> None:
        self._log((now, self.station.number * 64 + LOG_STAND_IN, self.mode << 8 | self.phase << 4 | self.parts))
        self.told(now)


def omit(now: int, pallet: Pallet, operation: int) -> None:
    """The robot goes on without the operation; its data tag and its history say so."""
    robot = pallet.robot
    if robot is None:
        return
    robot.results.append((operation, now, OMITTED))
    pallet.done = operation
    if operation in CONCEDED:
        return
    robot.defects |= 1 << operation
    if operation in REWORKABLE:
        pallet.condition = INCOMPLETE
    else:
        pallet.condition, pallet.reworks = NOT_OK, MOST_REWORKS
