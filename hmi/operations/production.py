"""Production: beginning an order, and whether stations come back by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.link.actions import Result
from hmi.link.exchange import READ_BACK_S, Exchange
from hmi.link.operation import Operation, Outcome, Read, old_and_new


@dataclass(frozen=True)
class BeginOrder(Operation):
    """An order of `target` robots (0: no end) under a number."""

    number: int
    target: int

    @property
    def title(self) -> str:
        """See `Operation`."""
        return f"Begin order {self.number}"

    @property
    def writes(self) -> tuple[str, ...]:
        """See `Operation`."""
        return "Line.OrderNumberRequest", "Line.OrderTargetRequest", "Line.OrderChangeRequest"

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return f"after order {read('Line.OrderNumber')}: {self._robots}"

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        done, target = read("Line.OrderDone"), read("Line.OrderTarget")
        unfinished = bool(target) and done < target
        return [
            old_and_new("Order", str(read("Line.OrderNumber")), f"{self.number}: {self._robots}"),
            f"Done     {done} of {target or 'no end'}" + (", which stays unfinished" if unfinished else ""),
            "The line is complete: F7 Reset, then F5 Start." if read("Line.OrderComplete") else "It begins at once.",
        ]

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        number, target, request = self.writes
        before = plant.raw("Line.OrderNumber"), plant.raw("Line.OrderTarget")
        done = plant.raw("Line.OrderDone")

        def begun() -> bool:
            now = plant.raw("Line.OrderNumber"), plant.raw("Line.OrderTarget")
            # the same order once more shows in its count alone
            fresh = now != before or not done or plant.raw("Line.OrderDone") < done
            return now == (self.number, self.target) and fresh

        well = await plant.edge(request, {number: self.number, target: self.target}, begun)
        return (Result.OK, "") if well else (Result.NO_FEEDBACK, plant.pace.strip())

    @property
    def _robots(self) -> str:
        return f"{self.target} robots" if self.target else "no end"


@dataclass(frozen=True)
class AutoRecovery(Operation):
    """Whether a station whose fault was repaired is cleared, reset and started by the line."""

    on: bool

    @property
    def title(self) -> str:
        """See `Operation`."""
        return f"Automatic recovery {'on' if self.on else 'off'}"

    @property
    def writes(self) -> tuple[str]:
        """See `Operation`."""
        return ("Line.AutoRecovery",)

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return ""

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        labels = ("off", "on")
        meaning = "Repaired stations come back by themselves." if self.on else "Repaired stations wait for an operator."
        return ["Target   the whole line", old_and_new("Recovery", labels[not self.on], labels[self.on]), meaning]

    def refusal(self, read: Read) -> str:
        """See `Operation`."""
        return f"it is {'on' if self.on else 'off'} already" if bool(read("Line.AutoRecovery")) is self.on else ""

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        await plant.write("Line.AutoRecovery", int(self.on))
        seen = await plant.wait(lambda: bool(plant.raw("Line.AutoRecovery")) is self.on, READ_BACK_S)
        return (Result.OK, "") if seen else (Result.NO_FEEDBACK, plant.pace.strip())
