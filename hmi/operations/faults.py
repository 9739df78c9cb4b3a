"""Injecting faults, for engineers: what is broken on purpose, where, and for how long."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.draw.texts import clock
from hmi.link.actions import Result
from hmi.link.exchange import Exchange
from hmi.link.operation import Operation, Outcome, Read
from protocols.faults.kinds import BY_KIND
from protocols.faults.targets import target_name
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.fault_map import FaultResult, FaultRow
from protocols.tags.plant_map import PLANT_MAP


async def _judged(plant: Exchange, request: str, arguments: dict[str, int], well: FaultResult) -> Outcome:
    taken = plant.raw("Line.FaultCommandsTaken")
    if not await plant.edge(request, arguments, lambda: plant.raw("Line.FaultCommandsTaken") != taken):
        return Result.NO_FEEDBACK, plant.pace.strip()
    result = plant.raw("Line.FaultResult")
    if result == well:
        number = plant.raw("Line.FaultResultNumber")
        return Result.OK, f"fault {number}" if number else ""
    return Result.REFUSED, PLANT_MAP["Line.FaultResult"].label(result).lower()


@dataclass(frozen=True)
class InjectFault(Operation):
    """A fault of a kind at a place of a station (0: the line), with the kind's default parameters; `seconds` of plant
    time, 0: until it is cleared."""

    kind: str
    station: int
    place: int
    seconds: int = 0

    @property
    def title(self) -> str:
        """See `Operation`."""
        return f"Inject {self.kind} at {target_name(self.kind, self.station, self.place)}"

    @property
    def writes(self) -> tuple[str, ...]:
        """See `Operation`."""
        return "Line.FaultKind", "Line.FaultChangeRequest"

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return self._long

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        return [
            f"Target   {target_name(self.kind, self.station, self.place)}",
            BY_KIND[self.kind].doc,
            f"Lasts    {self._long}",
            f"Injected now: {read('Line.InjectionsActive')}",
        ]

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        arguments = {
            "Line.FaultKind": BY_KIND[self.kind].code,
            "Line.FaultStation": self.station,
            "Line.FaultPlace": self.place,
            "Line.FaultOther": 0,
            **{f"Line.Fault{what}{n}": 0 for n in (1, 2, 3) for what in ("Value", "Exponent")},
            "Line.FaultGiven": 0,
            "Line.FaultTimeUnit": 1,
            "Line.FaultLasts": self.seconds,
            "Line.FaultOn": 0,
            "Line.FaultOff": 0,
        }
        return await _judged(plant, "Line.FaultChangeRequest", arguments, FaultResult.INJECTED)

    @property
    def _long(self) -> str:
        if BY_KIND[self.kind].momentary:
            return "strikes once"
        return f"{self.seconds} s of plant time" if self.seconds else "until it is cleared"


@dataclass(frozen=True)
class ClearFault(Operation):
    """One injected fault, as the plant's file told it."""

    fault: FaultRow

    @property
    def title(self) -> str:
        """See `Operation`."""
        return f"Clear fault {self.fault.number}"

    @property
    def writes(self) -> tuple[str, ...]:
        """See `Operation`."""
        return "Line.FaultNumber", "Line.FaultClearRequest"

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return f"{self.fault.kind} at {self.fault.target}"

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        return [
            f"Target   {self.fault.target}",
            f"Fault    {self.fault.kind}, since {clock(self.fault.since_us)}",
            f"By       {self.fault.who}",
            "It ends now; what it left behind is mended by people.",
        ]

    def refusal(self, read: Read) -> str:
        """See `Operation`: as far as the plant's count of faults at that place tells."""
        place = BY_NUMBER[self.fault.station].code if self.fault.station else "Line"
        return "" if read(f"{place}.InjectedFaults") else "it has ended already"

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        number = {"Line.FaultNumber": self.fault.number}
        return await _judged(plant, "Line.FaultClearRequest", number, FaultResult.CLEARED)


@dataclass(frozen=True)
class ClearFaults(Operation):
    """Everything that is injected."""

    @property
    def title(self) -> str:
        """See `Operation`."""
        return "Clear injected faults"

    @property
    def writes(self) -> tuple[str, ...]:
        """See `Operation`."""
        return "Line.FaultNumber", "Line.FaultClearRequest"

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return f"{read('Line.InjectionsActive')} active"

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        count = read("Line.InjectionsActive")
        return [f"{count} injected faults end now.", "What they left behind is mended by people."]

    def refusal(self, read: Read) -> str:
        """See `Operation`."""
        return "" if read("Line.InjectionsActive") else "nothing is injected"

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        return await _judged(plant, "Line.FaultClearRequest", {"Line.FaultNumber": 0}, FaultResult.CLEARED)
