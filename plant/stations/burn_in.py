"""Station 11: a heated carousel of eight slots; a robot that comes in pushes another one out."""

from __future__ import annotations

from typing import Final

from plant.cylinder import Cylinder
from plant.device import Device
from plant.mechanism import AIR, MAINS, SAFETY
from plant.pallet import Pallet
from plant.passage import Passage
from plant.source import Source
from plant.station import PRESENT, Station

SLOTS: Final = 8
AMBIENT_C: Final = 22.0
_ROLL_US: Final = 900_000


class BurnIn(Station):
    """Loading stop, index drive, ejector, chamber heater. The read head is at the unloading slot (the last).

    The queue behind the outlet holds the ejector back: it extends when there is room for the pallet in front of it,
    and the pallet is through when it is extended.
    """

    title = "Burn-in"
    sensors = ("index_done", "ejector_home")
    STATE = (*Station.STATE, "slots", "pushing", "ejecting")

    def fit(self) -> None:
        a, t = self.agenda, self.terminals
        self.slots: list[Pallet | None] = [None] * SLOTS
        self.pushing = False  # the ejector's output is on
        self.ejecting = False  # the outlet holds a place for the pallet at the unloading slot
        self.indexer = Device(
            a,
            t,
            "index drive",
            self.streams.stream(self.number, "index"),
            done="index_done",
            seconds={0: 4.0},
            ends=self._indexed,
        )
        self.ejector = Cylinder(
            a,
            t,
            "ejector",
            self.streams.stream(self.number, "eject"),
            retracted="ejector_home",
            extend_us=1_000_000,
            retract_us=900_000,
            needs=SAFETY | AIR,
            reached=self._ejected,
        )
        self.heater = Source(
            a,
            t,
            "heater",
            self.signals["chamber_temperature"],
            level=AMBIENT_C + 60.0,
            rest=AMBIENT_C,
            tau_us=300_000_000,
            modulated=True,
            needs=MAINS,
        )
        self._roll = Passage(a, _ROLL_US, self._rolled)
        self.mechanisms = [self.indexer, self.ejector, self.heater]
        self.switches["index"] = self.indexer.start
        self.switches["eject"] = self._eject
        self.switches["heater"] = self.heater.drive
        self.modulates = self.heater.modulate
        self.unload = self.terminals.bit("unload_present")
        self.occupied = self.terminals.bit("slot_occupied")

    @property
    def at_head(self) -> Pallet | None:
        return self.slots[-1]

    def try_release(self, now: int) -> None:
        """The stopper lets a pallet roll into the loading slot; the outlet's free place lets the ejector push."""
        if self.waved:  # past the carousel
            super().try_release(now)
            return
        if self.open and self.pallet is not None and self.slots[0] is None and not self._roll.under_way:
            self._roll.begin(now, self.infeed.running)
        if self.pushing and not self.ejector.on:
            self._push(now)

    def run_belt(self, now: int, on: bool) -> None:
        self._roll.run(now, on)
        super().run_belt(now, on)

    def _rolled(self, now: int) -> None:
        if self.slots[0] is not None:
            return  # the carousel has turned in front of it: it waits at the stop for the next free slot
        self.slots[0] = self.pallet
        self.pallet = None
        self.terminals.clear(now, PRESENT)
        self.terminals.set(now, self.occupied)
        self.offer(now)

    def _indexed(self, now: int, program: int) -> None:
        self._give_up(now)
        self.slots.insert(0, self.slots.pop())
        for slot, bit in ((self.slots[0], self.occupied), (self.slots[-1], self.unload)):
            (self.terminals.clear if slot is None else self.terminals.set)(now, bit)
        self.show(now)
        self.try_release(now)

    # ---- unloading
    def _eject(self, now: int, on: bool) -> None:
        if on == self.pushing:
            return
        self.pushing = on
        if on:
            self._push(now)
        else:
            self._give_up(now)
            self.ejector.drive(now, False)

    def _push(self, now: int) -> None:
        outlet = self.outlet
        if self.slots[-1] is not None:
            if outlet is None or not outlet.has_room:
                return
            outlet.reserve()
            self.ejecting = True
        self.ejector.drive(now, True)

    def _ejected(self, now: int, extended: bool) -> None:
        pallet, outlet = self.slots[-1], self.outlet
        if not (extended and self.ejecting) or pallet is None or outlet is None:
            return
        self.ejecting = False
        self.slots[-1] = None
        self.terminals.clear(now, self.unload)
        self.show(now)
        outlet.enter(now, pallet)

    def _give_up(self, now: int) -> None:
        """The pallet in front of the ejector stays, or has gone with the carousel."""
        if self.ejecting and self.outlet is not None:
            self.ejecting = False
            self.outlet.release(now)

    def lock_out(self, now: int) -> None:
        super().lock_out(now)
        self._give_up(now)

    def _cut(self, now: int, dropped: bool) -> None:
        if dropped and not self.ejector.on:
            self.pushing = False  # an ejector that was waiting for room needs a new command as well
        super()._cut(now, dropped)
