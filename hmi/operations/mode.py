"""Changing the mode of the line or a station: Produce, Maintenance, Manual."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.link.actions import Result
from hmi.link.exchange import Exchange
from hmi.link.operation import Operation, Outcome, Read, old_and_new
from hmi.operations.packml import LINE
from protocols.packml import Mode, State

#: Where the mode may change: the unit stands.
_STANDING = frozenset((State.STOPPED, State.IDLE, State.ABORTED))


@dataclass(frozen=True)
class ModeChange(Operation):
    """Another mode for "Line" or a station such as "ST05"."""

    target: str
    mode: Mode

    @property
    def title(self) -> str:
        """See `Operation`."""
        return f"{self.target} to {self.mode.name.title()} mode"

    @property
    def writes(self) -> tuple[str, ...]:
        """See `Operation`."""
        return f"{self.target}.UnitMode", f"{self.target}.UnitModeChangeRequest"

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return f"from {self._now(read)}"

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        target = "the line; its stations keep their own" if self.target == LINE else f"{self.target} only"
        lines = [f"Target   {target}", old_and_new("Mode", self._now(read), self.mode.name.title())]
        if self.mode is not Mode.PRODUCE:
            lines.append("It does not start before it is in Produce mode again.")
        return lines

    def refusal(self, read: Read) -> str:
        """See `Operation`: a mode changes only where the unit stands."""
        if read(f"{self.target}.UnitModeCurrent") == self.mode:
            return f"it is in {self.mode.name.title()} mode already"
        if read(f"{self.target}.StateCurrent") not in _STANDING:
            return "blocked by: it must be Stopped, Idle or Aborted"
        return ""

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        mode, request = self.writes
        current = f"{self.target}.UnitModeCurrent"
        if await plant.edge(request, {mode: int(self.mode)}, lambda: plant.raw(current) == self.mode):
            return Result.OK, ""
        return Result.NO_FEEDBACK, f"still {self._now(plant.raw)}" + plant.pace

    def _now(self, read: Read) -> str:
        try:
            return Mode(read(f"{self.target}.UnitModeCurrent")).name.title()
        except ValueError:
            return "undefined"
