"""Forcing digital terminals for a while, and releasing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hmi.link.actions import Result
from hmi.link.exchange import Exchange
from hmi.link.operation import Operation, Outcome, Read, old_and_new
from protocols.records.action_text import terminal_name
from protocols.stations.io_table import BY_NUMBER

FIRST_OUTPUT = 8
RELEASE = 2
_REFUSED = 3
_VALUE = {0: "off", 1: "on", RELEASE: "released"}
_ARGUMENTS = ("Line.ForceStation", "Line.ForceTerminal", "Line.ForceValue", "Line.ForceSeconds")


def forced(read: Read, station: int, terminal: int) -> bool:
    """True if that terminal is forced now."""
    code, output = BY_NUMBER[station].code, terminal - FIRST_OUTPUT
    mask = read(f"{code}.ForcedOutputs") >> output if output >= 0 else read(f"{code}.ForcedInputs") >> terminal
    return bool(mask & 1)


@dataclass(frozen=True)
class Force(Operation):
    """One terminal (inputs from 0, outputs from 8) to 0 or 1 for so many seconds of plant time; with 2 released."""

    station: int
    terminal: int
    value: int
    seconds: int = 60

    @property
    def title(self) -> str:
        """See `Operation`."""
        verb = "Release" if self.value == RELEASE else "Force"
        return f"{verb} {BY_NUMBER[self.station].code}.{terminal_name(self.station, self.terminal)}"

    @property
    def writes(self) -> Sequence[str]:
        """See `Operation`."""
        return _ARGUMENTS

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return "" if self.value == RELEASE else f"{_VALUE[self.value]} for {self.seconds} s"

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        now = "forced" if forced(read, self.station, self.terminal) else "as it is"
        lines = [f"Target   {self.title.partition(' ')[2]}", old_and_new("Terminal", now, _VALUE[self.value])]
        if self.value != RELEASE:
            lines.append(f"It ends by itself after {self.seconds} s of plant time.")
            lines.append("Interlocks and the safety chain stay in force.")
        return lines

    def refusal(self, read: Read) -> str:
        """See `Operation`."""
        if self.value == RELEASE and not forced(read, self.station, self.terminal):
            return "it is not forced"
        return ""

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        values = (self.station, self.terminal, self.value, self.seconds)
        arguments = dict(zip(_ARGUMENTS, values, strict=True))

        def seen() -> bool:
            there = forced(plant.raw, self.station, self.terminal)
            return there is (self.value != RELEASE) or plant.raw("Line.ForceResult") == _REFUSED

        if not await plant.edge("Line.ForceChangeRequest", arguments, seen):
            return Result.NO_FEEDBACK, plant.pace.strip()
        if forced(plant.raw, self.station, self.terminal) is (self.value != RELEASE):
            return Result.OK, ""
        return Result.REFUSED, "no such terminal"


@dataclass(frozen=True)
class ReleaseForces(Operation):
    """Every forced terminal of the line."""

    @property
    def title(self) -> str:
        """See `Operation`."""
        return "Release all forces"

    @property
    def writes(self) -> tuple[str]:
        """See `Operation`."""
        return ("Line.ForceReleaseAll",)

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return f"{read('Line.ForcesActive')} forced"

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        return ["Target   every station", old_and_new("Forced", str(read("Line.ForcesActive")), "0")]

    def refusal(self, read: Read) -> str:
        """See `Operation`."""
        return "" if read("Line.ForcesActive") else "nothing is forced"

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        gone = await plant.edge("Line.ForceReleaseAll", {}, lambda: not plant.raw("Line.ForcesActive"))
        return (Result.OK, "") if gone else (Result.NO_FEEDBACK, plant.pace.strip())
