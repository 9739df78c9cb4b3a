"""Station 11: a heated carousel of eight slots; a robot that comes in pushes another one out."""

from __future__ import annotations

from plant.cylinder import Cylinder
from plant.device import Device
from plant.mechanism import AIR, MAINS, SAFETY
from plant.pallet import Pallet
from plant.source import Source
from plant.station import PRESENT, Station

SLOTS = 8
AMBIENT_C = 22.0
_ROLL_US = 900_000


class BurnIn(Station):
    """Loading stop, index drive, ejector, chamber heater. The read head is at the unloading slot (the last)."""

    title = "Burn-in"
    sensors = ("index_done", "ejector_home")
    STATE = (*Station.STATE, "slots", "rolling", "ejecting")

    def fit(self) -> None:
        a, t = self.agenda, self.terminals
        self.slots: list[Pallet | None] = [None] * SLOTS
        self.rolling = False
        self.ejecting = False
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
        self._roll = a.slot(self._rolled)
        self._ejected = a.slot(self._pushed_out)
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
        if self.open and self.pallet is not None and not self.rolling and self.slots[0] is None:
            self.rolling = True
            self._roll.arm(now + _ROLL_US)
        if self.ejector.on and not self.ejecting:
            self._push(now)

    def _rolled(self, now: int) -> None:
        self.rolling = False
        self.slots[0] = self.pallet
        self.pallet = None
        self.terminals.clear(now, PRESENT)
        self.terminals.set(now, self.occupied)
        self.offer(now)

    def _indexed(self, now: int, program: int) -> None:
        self.slots.insert(0, self.slots.pop())
        for slot, bit in ((self.slots[0], self.occupied), (self.slots[-1], self.unload)):
            (self.terminals.clear if slot is None else self.terminals.set)(now, bit)
        self.show(now)
        self.try_release(now)

    def _eject(self, now: int, on: bool) -> None:
        self.ejector.drive(now, on)
        if on and not self.ejecting:
            self._push(now)

    def _push(self, now: int) -> None:
        outlet = self.outlet
        if self.slots[-1] is not None and outlet is not None and outlet.has_room and not self.ejector.inhibited:
            outlet.reserve()
            self.ejecting = True
            self._ejected.arm(now + 1_200_000)

    def _pushed_out(self, now: int) -> None:
        self.ejecting = False
        pallet = self.slots[-1]
        self.slots[-1] = None
        self.terminals.clear(now, self.unload)
        self.show(now)
        if pallet is not None and self.outlet is not None:
            self.outlet.enter(now, pallet)
