"""Alarms: acknowledge, reset, shelve, unshelve; out of service and back for engineers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from hmi.link.actions import Result
from hmi.link.exchange import Exchange
from hmi.link.operation import Operation, Outcome, Read
from protocols.alarms.alarm import UNACKNOWLEDGED, AlarmCommand, AlarmResult, ServiceCommand, state_of
from protocols.alarms.table import BY_ALARM
from protocols.tags.plant_map import PLANT_MAP

_COMMAND = ("Line.AlarmCommand", "Line.AlarmNumber", "Line.AlarmShelveReason", "Line.AlarmShelveMinutes",
            "Line.AlarmChangeRequest")  # fmt: skip
_SERVICE = ("Line.AlarmServiceCommand", "Line.AlarmServiceNumber", "Line.AlarmServiceChangeRequest")


def _acknowledged(read: Read, number: int) -> bool:
    return state_of(read(BY_ALARM[number].tag)) not in UNACKNOWLEDGED


class _AlarmOperation(Operation):
    """What both have in common: one alarm (0: all), and a result that the PLC gives."""

    number: int

    @property
    def tag(self) -> str:
        """The alarm's tag."""
        return BY_ALARM[self.number].tag if self.number in BY_ALARM else "all alarms"

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return ""

    async def _judge(self, plant: Exchange, arguments: dict[str, int], request: str) -> Outcome:
        taken = plant.raw("Line.AlarmCommandsTaken")
        if not await plant.edge(request, arguments, lambda: plant.raw("Line.AlarmCommandsTaken") != taken):
            return Result.NO_FEEDBACK, plant.pace.strip()
        if plant.raw("Line.AlarmResultNumber") != self.number:
            return Result.NO_FEEDBACK, "another console gave a command at the same time"
        result = plant.raw("Line.AlarmResult")
        if result == AlarmResult.DONE:
            return Result.OK, ""
        return Result.REFUSED, PLANT_MAP["Line.AlarmResult"].label(result).lower()


@dataclass(frozen=True)
class AlarmOrder(_AlarmOperation):
    """A command about one alarm, or about all with number 0."""

    command: AlarmCommand
    number: int = 0
    reason: int = 0
    minutes: int = 0

    @property
    def title(self) -> str:
        """See `Operation`."""
        verb = self.command.name.split("_")[0].capitalize()
        return f"{verb} {self.tag}" + (f" for {self.minutes} min" if self.minutes else "")

    @property
    def writes(self) -> Sequence[str]:
        """See `Operation`."""
        return _COMMAND

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        if self.number not in BY_ALARM:
            return [f"{read('Line.AlarmsUnacknowledged')} alarms wait to be acknowledged."]
        alarm = BY_ALARM[self.number]
        return [alarm.title, f"Action   {alarm.action}"]

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        *names, request = _COMMAND
        values = (int(self.command), self.number, self.reason, max(1, self.minutes))
        return await self._judge(plant, dict(zip(names, values, strict=True)), request)


@dataclass(frozen=True)
class AcknowledgeShown(Operation):
    """Acknowledges the alarms that an operator has before him, and no others."""

    numbers: tuple[int, ...]

    @property
    def title(self) -> str:
        """See `Operation`."""
        return f"Acknowledge {len(self.numbers)} shown"

    @property
    def writes(self) -> Sequence[str]:
        """See `Operation`."""
        return _COMMAND

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return ""

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        waiting = len(self._waiting(read))
        hidden = max(0, read("Line.AlarmsUnacknowledged") - waiting)
        lines = [f"{waiting} alarms on this screen are acknowledged."]
        return lines + ([f"{hidden} more wait below or above it."] if hidden else [])

    def refusal(self, read: Read) -> str:
        """See `Operation`."""
        return "" if self._waiting(read) else "none of the alarms shown waits to be acknowledged"

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        *names, request = _COMMAND
        for number in self._waiting(plant.raw):
            arguments = dict(zip(names, (int(AlarmCommand.ACKNOWLEDGE), number, 0, 1), strict=True))
            await plant.edge(request, arguments, partial(_acknowledged, plant.raw, number))
        left = len(self._waiting(plant.raw))
        return (Result.OK, "") if not left else (Result.NO_FEEDBACK, f"{left} still wait{plant.pace}")

    def _waiting(self, read: Read) -> list[int]:
        return [n for n in self.numbers if not _acknowledged(read, n)]


@dataclass(frozen=True)
class AlarmService(_AlarmOperation):
    """Takes an alarm out of service, or puts it back: it says nothing meanwhile, however long."""

    command: ServiceCommand
    number: int

    @property
    def title(self) -> str:
        """See `Operation`."""
        out = self.command is ServiceCommand.OUT_OF_SERVICE
        return f"{'Out of service' if out else 'Back in service'} {self.tag}"

    @property
    def writes(self) -> Sequence[str]:
        """See `Operation`."""
        return _SERVICE

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        lines = [BY_ALARM[self.number].title]
        if self.command is ServiceCommand.OUT_OF_SERVICE:
            lines.append("It says nothing until an engineer puts it back.")
        return lines

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        *names, request = _SERVICE
        return await self._judge(plant, dict(zip(names, (int(self.command), self.number), strict=True)), request)
