"""Fitting another kind of board in a station, while the line runs."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.link.actions import Result
from hmi.link.exchange import Exchange
from hmi.link.operation import Operation, Outcome, Read, old_and_new
from hmi.operations.owner import STANDING
from hmi.operations.packml import PackmlOrder
from protocols.packml import Command, State
from protocols.tags.plant_map import PLANT_MAP

_SERIAL, _REMOTE = 3, 4
_CONNECTED = 1
#: Until the station is Held: it ends its motion first.
_HELD_S = 60.0
#: An emulated board is built and starts.
_FITTED_S = 10.0
#: A real board must be found, and an Uno waits in its bootloader.
_ANSWER_S = 20.0


@dataclass(frozen=True)
class SwapBoard(Operation):
    """Another tier (1 simulated, 2 emulated, 3 serial) for a station such as "ST05": the station is held where it is at
    work, the board changed, and the new one awaited. It stays for a person to clear the station."""

    target: str
    tier: int

    @property
    def title(self) -> str:
        """See `Operation`."""
        return f"{self.target} fit {self._label(self.tier).lower()} board"

    @property
    def writes(self) -> tuple[str, ...]:
        """See `Operation`."""
        return (f"{self.target}.BoardRequest", *self._hold.writes)

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return f"in place of {self._label(read(f'{self.target}.BoardTier')).lower()}"

    def facts(self, read: Read) -> list[str]:
        """See `Operation`: what will happen, in its order."""
        now = self._label(read(f"{self.target}.BoardTier"))
        state = self._hold.state(read)
        held = "it stands already" if state in STANDING else "it is held"
        return [
            old_and_new("Board", now, self._label(self.tier)),
            f"1 {self.target} {state.name.title()}: {held}",
            "2 swap: the new board is tripped and drives nothing",
            "3 it answers; then resume: F4 Clear (or F7, F5)",
        ]

    def refusal(self, read: Read) -> str:
        """See `Operation`: a board is swapped where the station stands or can be held."""
        now = read(f"{self.target}.BoardTier")
        if now == self.tier:
            return f"the {self._label(now).lower()} board is fitted already"
        if now == _REMOTE:
            return "blocked by: its board is a remote one"
        if self._hold.state(read) not in STANDING and (why := self._hold.refusal(read)):
            return f"blocked by: it cannot be held: {why}"
        return ""

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        if failed := await self._stand(plant):
            return failed
        if failed := await self._fit(plant):
            return failed
        plant.tell("3/3 fitted, waiting for its answer")
        began = plant.clock()
        if not await plant.wait(lambda: self._answers(plant.raw), _ANSWER_S):
            return Result.NO_FEEDBACK, "fitted, but it does not answer: look at its power, cable and port" + plant.pace
        return Result.OK, f"next: F4 Clear; it answered after {plant.clock() - began:.1f}s"

    async def _stand(self, plant: Exchange) -> Outcome | None:
        """Hold the station if it is at work; what came of it if it does not stand then."""

        def standing() -> bool:
            return self._hold.state(plant.raw) in STANDING

        if standing():
            return None
        plant.tell(f"1/3 holding {self.target}")
        result, note = await self._hold.carry_out(plant)
        if result is not Result.OK:
            return result, f"not held: {note}"
        if not await plant.wait(standing, _HELD_S):
            return Result.NO_FEEDBACK, f"still {self._hold.state(plant.raw).name.title()}, nothing was swapped"
        return None

    async def _fit(self, plant: Exchange) -> Outcome | None:
        """Ask for the board; what came of it if the plant has not fitted it."""
        request, tier, refused = (f"{self.target}.{name}" for name in ("BoardRequest", "BoardTier", "CommandRefused"))
        before = plant.raw(refused)
        plant.tell("2/3 swapping")
        await plant.write(request, self.tier)
        await plant.wait(lambda: plant.raw(tier) == self.tier or plant.raw(refused) > before, _FITTED_S)
        await plant.write(request, 0)
        if plant.raw(tier) == self.tier:
            return None
        stays = f"; {self.target} stays Held" if self._hold.state(plant.raw) is State.HELD else ""
        if plant.raw(refused):
            return Result.REFUSED, f"by the plant: no such board can be fitted (the server's log says why){stays}"
        return Result.NO_FEEDBACK, f"not fitted{stays}" + plant.pace

    def _answers(self, read: Read) -> bool:
        """The new board is there: it is tripped, as every board that has just been switched on."""
        there = read(f"{self.target}.LinkOk") and (
            read(f"{self.target}.Tripped") or self._hold.state(read) is State.ABORTED
        )
        return bool(there) and (self.tier != _SERIAL or read(f"{self.target}.BoardLink") == _CONNECTED)

    @property
    def _hold(self) -> PackmlOrder:
        return PackmlOrder(self.target, Command.HOLD)

    def _label(self, tier: int) -> str:
        return PLANT_MAP[f"{self.target}.BoardTier"].label(tier)
