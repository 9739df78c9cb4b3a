"""Jam clear: calling the attendant."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.link.actions import Result
from hmi.link.exchange import Exchange
from hmi.link.operation import Operation, Outcome, Read
from hmi.operations.packml import LINE


@dataclass(frozen=True)
class JamClear(Operation):
    """The attendant to one station, or to all of them with the target "Line"."""

    target: str

    @property
    def title(self) -> str:
        """See `Operation`."""
        return "Jam clear"

    @property
    def writes(self) -> tuple[str]:
        """See `Operation`."""
        return ("Line.JamClearAll" if self.target == LINE else f"{self.target}.JamClear",)

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return f"attendant called to {self._where}"

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        return [f"The attendant is called to {self._where}", "and clears what is jammed there."]

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`: the call is taken when the coil reads back."""
        (coil,) = self.writes
        seen = await plant.edge(coil, {}, lambda: bool(plant.raw(coil)))
        return (Result.OK, "") if seen else (Result.NO_FEEDBACK, plant.pace.strip())

    @property
    def _where(self) -> str:
        return "every station" if self.target == LINE else self.target
