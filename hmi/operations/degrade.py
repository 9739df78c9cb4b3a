"""Degraded modes: something stands in for a station's machine, at a cost that is told before it is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hmi.link.actions import Result
from hmi.link.exchange import Exchange
from hmi.link.operation import Operation, Outcome, Read
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.degraded_map import REFUSAL_LABELS, Degrade, Refusal
from protocols.tags.plant_map import PLANT_MAP

WORDS: Final = {
    Degrade.NORMAL: "back to its machine",
    Degrade.BYPASS: "bypass: pallets pass",
    Degrade.MANUAL: "work by hand",
    Degrade.REROUTE: "the station behind does its work",
    Degrade.CANNIBALISE: "repair with the parts of",
}


@dataclass(frozen=True)
class ChangeDegraded(Operation):
    """A mode for a station; `donor` gives the parts for CANNIBALISE."""

    number: int
    mode: Degrade
    donor: int = 0

    @property
    def title(self) -> str:
        """See `Operation`."""
        donor = f" {BY_NUMBER[self.donor].code}" if self.donor else ""
        return f"{BY_NUMBER[self.number].code} {WORDS[self.mode]}{donor}"

    @property
    def writes(self) -> tuple[str, ...]:
        """See `Operation`."""
        return tuple(self.request)

    @property
    def request(self) -> dict[str, int]:
        """The registers that say what is asked for; with them the plant tells the cost."""
        request = {"Line.DegradeStation": self.number, "Line.DegradeMode": int(self.mode)}
        return {**request, "Line.DegradeDonor": self.donor} if self.donor else request

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return ""

    def facts(self, read: Read) -> list[str]:
        """See `Operation`: the plant's estimate, as soon as it is known for this request."""
        if not self._told(read):
            return ["What it costs is being asked for.", "", ""]

        def text(name: str) -> str:
            tag = PLANT_MAP[f"Line.Degrade{name}"]
            return f"{tag.text(read(tag.name))} {tag.unit}"

        return [
            f"Good     {text('ExpectedRate')}, rejects {text('ExpectedRejects')}",
            f"By hand  {text('HandTime')}, defects {text('ExpectedDefects')}",
            f"In place after {text('EffectTime')}",
        ]

    def refusal(self, read: Read) -> str:
        """See `Operation`."""
        advice = Refusal(read("Line.DegradeAdvice"))
        return "" if not self._told(read) or advice is Refusal.ACCEPTED else reason(advice)

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        taken = plant.raw("Line.DegradeTaken")
        for name, raw in self.request.items():
            await plant.write(name, raw)
        if not await plant.edge("Line.DegradeChangeRequest", {}, lambda: plant.raw("Line.DegradeTaken") != taken):
            return Result.NO_FEEDBACK, plant.pace.strip()
        result = Refusal(plant.raw("Line.DegradeResult"))
        return (Result.OK, "") if result is Refusal.ACCEPTED else (Result.REFUSED, reason(result))

    def _told(self, read: Read) -> bool:
        return all(read(name) == raw for name, raw in self.request.items())


def reason(refusal: Refusal) -> str:
    """Why it was refused, in words."""
    return dict(REFUSAL_LABELS)[refusal].removeprefix("Refused: ")
