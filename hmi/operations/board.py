"""Fitting another kind of board in a station, while the line runs."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.link.actions import Result
from hmi.link.exchange import Exchange
from hmi.link.operation import Operation, Outcome, Read, old_and_new
from hmi.operations.owner import STANDING
from protocols.plant_map import PLANT_MAP

_REMOTE = 4
#: An emulated board is built and starts; a real one must be found.
_FITTED_S = 10.0


@dataclass(frozen=True)
class SwapBoard(Operation):
    """Another tier (1 simulated, 2 emulated, 3 serial) for a station such as "ST05"."""

    target: str
    tier: int

    @property
    def title(self) -> str:
        """See `Operation`."""
        return f"{self.target} fit {self._label(self.tier).lower()} board"

    @property
    def writes(self) -> tuple[str]:
        """See `Operation`."""
        return (f"{self.target}.BoardRequest",)

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return f"in place of {self._label(read(f'{self.target}.BoardTier')).lower()}"

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        now = self._label(read(f"{self.target}.BoardTier"))
        return [
            f"Target   {self.target} only",
            old_and_new("Board", now, self._label(self.tier)),
            "The new board comes up tripped and drives nothing;",
            "the station waits for Clear, Reset and Start.",
        ]

    def refusal(self, read: Read) -> str:
        """See `Operation`: a board is swapped where the station stands."""
        now = read(f"{self.target}.BoardTier")
        if now == self.tier:
            return f"a {self._label(now).lower()} board is fitted already"
        if now == _REMOTE:
            return "blocked by: its board is a remote one"
        if read(f"{self.target}.StateCurrent") not in STANDING:
            return "blocked by: the station is at work, hold it first"
        return ""

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        request, tier = f"{self.target}.BoardRequest", f"{self.target}.BoardTier"
        refused = plant.raw(f"{self.target}.CommandRefused")
        await plant.write(request, self.tier)

        def decided() -> bool:
            return plant.raw(tier) == self.tier or plant.raw(f"{self.target}.CommandRefused") > refused

        await plant.wait(decided, _FITTED_S)
        await plant.write(request, 0)
        if plant.raw(tier) == self.tier:
            return Result.OK, ""
        if plant.raw(f"{self.target}.CommandRefused") > refused:
            return Result.REFUSED, "by the plant: no such board can be fitted (the server's log says why)"
        return Result.NO_FEEDBACK, plant.pace.strip()

    def _label(self, tier: int) -> str:
        return PLANT_MAP[f"{self.target}.BoardTier"].label(tier)
