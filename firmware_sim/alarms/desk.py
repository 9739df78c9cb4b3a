"""What operators and engineers do to alarms: acknowledge, reset, shelve, take out of service."""

from __future__ import annotations

from typing import ClassVar, Final

from firmware_sim.alarms.engine import Alarms
from firmware_sim.alarms.point import Point
from firmware_sim.alarms.timers import SHELF
from protocols.alarms.alarm import SHELVE_LIMIT_MIN, AlarmCommand, AlarmResult, ServiceCommand

_MINUTE: Final = 60_000_000


class AlarmDesk:
    """Takes commands and tells what became of the last: `result` (AlarmResult), `number`, and `taken`, which counts."""

    STATE: ClassVar[tuple[str, ...]] = ("result", "number", "taken")

    def __init__(self, alarms: Alarms) -> None:
        self._alarms = alarms
        self.result = 0
        self.number = 0
        self.taken = 0

    def command(self, now: int, command: int, number: int, reason: int, minutes: int) -> AlarmResult:
        """What AlarmChangeRequest asks for; `number` 0 with ACKNOWLEDGE_ALL (and RESET) means all alarms."""
        match command:
            case AlarmCommand.ACKNOWLEDGE_ALL:
                return self._end(now, number, self._acknowledge(now, list(self._alarms.points.values())))
            case AlarmCommand.NONE:
                return self._end(now, number, AlarmResult.NO_COMMAND)
        if command == AlarmCommand.RESET and number == 0:
            done = [self._alarms.change(now, p, p.reset) for p in self._alarms.points.values()]
            return self._end(now, number, AlarmResult.DONE if any(done) else AlarmResult.WRONG_STATE)
        point = self._alarms.points.get(number)
        if point is None:
            return self._end(now, number, AlarmResult.UNKNOWN_ALARM)
        return self._end(now, number, self._one(now, point, AlarmCommand(command), reason, minutes))

    def service(self, now: int, command: int, number: int) -> AlarmResult:
        """What AlarmServiceChangeRequest asks for."""
        if command == ServiceCommand.NONE:
            return self._end(now, number, AlarmResult.NO_COMMAND)
        point = self._alarms.points.get(number)
        if point is None:
            return self._end(now, number, AlarmResult.UNKNOWN_ALARM)
        out = command == ServiceCommand.OUT_OF_SERVICE
        done = point.out != out and self._alarms.change(now, point, lambda: point.serve(out))
        return self._end(now, number, AlarmResult.DONE if done else AlarmResult.WRONG_STATE)

    def _one(self, now: int, point: Point, command: AlarmCommand, reason: int, minutes: int) -> AlarmResult:
        alarms, number = self._alarms, point.alarm.number
        if command is AlarmCommand.ACKNOWLEDGE_GROUP:
            return self._acknowledge(now, alarms.groups[point.alarm.station])
        if command is AlarmCommand.SHELVE:
            if not reason:
                return AlarmResult.NO_REASON
            if minutes > SHELVE_LIMIT_MIN[point.alarm.priority]:
                return AlarmResult.TOO_LONG
            done = alarms.change(now, point, lambda: point.shelve(reason))
            if done:
                alarms.timers.set(SHELF, number, now + minutes * _MINUTE)
        elif command is AlarmCommand.UNSHELVE:
            done = alarms.change(now, point, point.unshelve)
            alarms.timers.cancel(SHELF, number)
        elif command is AlarmCommand.RESET:
            done = alarms.change(now, point, point.reset)
        else:
            done = alarms.change(now, point, point.acknowledge)
        return AlarmResult.DONE if done else AlarmResult.WRONG_STATE

    def _acknowledge(self, now: int, points: list[Point]) -> AlarmResult:
        done = [self._alarms.change(now, point, point.acknowledge) for point in points]
        return AlarmResult.DONE if any(done) else AlarmResult.WRONG_STATE

    def _end(self, now: int, number: int, result: AlarmResult) -> AlarmResult:
        self.result, self.number = int(result), number
        self.taken = self.taken + 1 & 0xFFFF
        self._alarms.generation += 1
        self._alarms.ask(now)  # a shelf's time is on the grid from now on
        return result
