"""Ownership of a station: the internal program, an external PLC, or a person in manual."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.link.actions import Result
from hmi.link.exchange import READ_BACK_S, Exchange
from hmi.link.operation import Operation, Outcome, Read, old_and_new
from protocols.packml import Mode, State
from protocols.tags.plant_map import PLANT_MAP

INTERNAL, EXTERNAL, MANUAL = 0, 1, 2
#: Where the program gives a station away.
STANDING = frozenset((State.STOPPED, State.IDLE, State.HELD, State.ABORTED, State.COMPLETE))

_MEANING = {
    INTERNAL: "It is Stopped then; Reset and Start bring it back.",
    EXTERNAL: "Held with safe outputs whenever the PLC's heartbeat stops.",
    MANUAL: "Bumpless: all outputs stay as they are now.",
}


@dataclass(frozen=True)
class OwnerChange(Operation):
    """Who shall command a station such as "ST05"."""

    target: str
    owner: int

    @property
    def title(self) -> str:
        """See `Operation`."""
        verb = "hand back to" if self.owner == INTERNAL else "hand over to"
        return f"{self.target} {verb} {self._label(self.owner)}"

    @property
    def writes(self) -> tuple[str]:
        """See `Operation`."""
        return (f"{self.target}.OwnerRequest",)

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return f"from {self._label(read(f'{self.target}.Owner'))}"

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        now = self._label(read(f"{self.target}.Owner"))
        change = old_and_new("Owner", now, self._label(self.owner))
        return [f"Target   {self.target} only", change, _MEANING[self.owner]]

    def refusal(self, read: Read) -> str:
        """See `Operation`: given away only where the station stands, and to a person only outside Produce mode."""
        owner = read(f"{self.target}.Owner")
        if owner == self.owner:
            return f"{self._label(owner)} owns it already"
        blocks = []
        if owner == INTERNAL and read(f"{self.target}.StateCurrent") not in STANDING:
            blocks.append("the station is at work: hold or stop it first")
        if self.owner == MANUAL and read(f"{self.target}.UnitModeCurrent") == Mode.PRODUCE:
            blocks.append("it is in Produce mode: change the mode first")
        return f"blocked by: {', '.join(blocks)}" if blocks else ""

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        owner = f"{self.target}.Owner"
        await plant.write(f"{self.target}.OwnerRequest", self.owner)
        if await plant.wait(lambda: plant.raw(owner) == self.owner, READ_BACK_S):
            return Result.OK, ""
        return Result.NO_FEEDBACK, f"still {self._label(plant.raw(owner))}" + plant.pace

    def _label(self, owner: int) -> str:
        return PLANT_MAP[f"{self.target}.Owner"].label(owner)
