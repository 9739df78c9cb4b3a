"""Set points: written, read back as stored and as they begin to act."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.link.actions import Result
from hmi.link.exchange import READ_BACK_S, Exchange
from hmi.link.operation import Outcome, Read, old_and_new
from hmi.operations.tag_write import TagWrite, range_text
from protocols.stations.io_table import STATIONS
from protocols.tags.plant_map import PLANT_MAP

_RAMPS = {f"{io.code}.{point.name}_sp": point.ramp / 10**point.decimals for io in STATIONS for point in io.setpoints}


@dataclass(frozen=True)
class SetPoint(TagWrite):
    """A new value for a set point such as "ST05.torque_low_sp"."""

    verb = "Apply"

    @property
    def title(self) -> str:
        """See `Operation`."""
        return self.name

    @property
    def question(self) -> str:
        """See `Operation`."""
        return "Change set point"

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return f"{self.tag.text(read(self.name))} -> {self.tag.text(self.raw)} {self.tag.unit}".rstrip()

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        tag = self.tag
        old, new = tag.text(read(self.name)), f"{tag.text(self.raw)} {tag.unit}"
        return [
            f"Target   {self.name}",
            old_and_new("Value", old, new),
            f"Range    {range_text(tag)}",
            ramp_text(self.name, abs(self.raw - read(self.active))),
        ]

    @property
    def active(self) -> str:
        """The tag of the value that acts."""
        return f"{self.name.removesuffix('_sp')}_active"

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        before = plant.raw(self.active)

        def taken() -> bool:
            acting = plant.raw(self.active)
            return plant.raw(self.name) == self.raw and (acting == self.raw or acting != before)

        began = plant.clock()
        await plant.write(self.name, self.raw)
        if await plant.wait(taken, READ_BACK_S):
            ramp = "" if plant.raw(self.active) == self.raw else "  on its ramp"
            return Result.OK, f"{plant.clock() - began:.1f}s{ramp}"
        stored = "stored, but not taken over" if plant.raw(self.name) == self.raw else "does not read back"
        return Result.NO_FEEDBACK, stored + plant.pace


def ramp_text(name: str, distance: int) -> str:
    """How fast a change of so many raw units begins to act."""
    tag = PLANT_MAP[name]
    rate = _RAMPS.get(name, 0)
    if not rate:
        return "Ramp     none: it acts at once"
    seconds = distance / 10**tag.decimals / rate
    return f"Ramp     {rate:g} {tag.unit}/s: acts in full after {seconds:.1f} s"
