"""Switching an output of a station by hand, while a person owns it. The board's interlocks stay in force."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.link.actions import Result
from hmi.link.exchange import READ_BACK_S, Exchange
from hmi.link.operation import Operation, Outcome, Read, old_and_new
from hmi.operations.owner import MANUAL
from protocols.stations.io_table import STATIONS

_TEXT = {0: "off", 1: "on"}


@dataclass(frozen=True)
class SwitchOutput(Operation):
    """An output of a station such as "ST05", by the name that its board has for it."""

    target: str
    name: str
    value: int

    @property
    def title(self) -> str:
        """See `Operation`."""
        return f"{self.target} {self.name} {_TEXT[self.value]}"

    @property
    def tag(self) -> str:
        """The coil of the board's unit."""
        return f"{self.target}.Board.{self.name}"

    @property
    def _interlocks(self) -> tuple[tuple[str, str], ...]:
        return next(io.forbid for io in STATIONS if io.code == self.target)

    @property
    def writes(self) -> tuple[str]:
        """See `Operation`."""
        return (self.tag,)

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return "by hand"

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        return [
            f"Target   {self.tag}",
            old_and_new("Output", _TEXT.get(read(self.tag), "?"), _TEXT[self.value]),
            "The board withholds what its interlocks forbid.",
        ]

    def refusal(self, read: Read) -> str:
        """See `Operation`."""
        if read(f"{self.target}.Owner") != MANUAL:
            return "blocked by: the station is not in manual"
        if not read(f"{self.target}.LinkOk"):
            return "blocked by: the board does not answer"
        return ""

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`: an interlock shows in the board's status."""
        await plant.write(self.tag, self.value)

        def withheld() -> bool:
            return self.value == 1 and bool(plant.raw(f"{self.target}.Interlock"))

        began = plant.clock()
        seen = await plant.wait(lambda: withheld() or plant.clock() - began > _LOOK_S, READ_BACK_S)
        if withheld():
            await plant.write(self.tag, 0)
            wants = ", ".join(condition for output, condition in self._interlocks if output == self.name)
            return Result.REFUSED, f"blocked by: the board's interlock wants {wants or 'something else'}"
        if plant.raw(f"{self.target}.Tripped"):
            return Result.REFUSED, "blocked by: the board is tripped (acknowledge it first)"
        return (Result.OK, "") if seen else (Result.NO_FEEDBACK, plant.pace.strip())


#: The board says within a few exchanges whether it withholds an output, seconds.
_LOOK_S = 0.4
