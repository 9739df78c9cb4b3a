"""Commands to the plant: checked against PackML, given as an edge, verified by what comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hmi.link.acquisition import Acquisition
from hmi.link.actions import ActionLog, Result
from hmi.link.feedback import Progress, progress
from hmi.link.snapshot import LinkState, Quality
from protocols.alarm import AlarmCommand, AlarmResult
from protocols.alarm_table import BY_ALARM
from protocols.errors import LinkError, Refusal
from protocols.packml import Command, State, accepts
from protocols.plant_map import PLANT_MAP

#: How long the operator waits for the state (seconds), and for a set point to read back.
FEEDBACK_S = 5.0
READ_BACK_S = 2.0

LINE = "Line"


@dataclass(frozen=True, slots=True)
class Order:
    """A command to the line ("Line") or a station ("ST05"), as asked in state `before`."""

    target: str
    command: Command
    before: State

    @property
    def title(self) -> str:
        """The command as the operator knows it. The line's software stop is the "Line stop", no emergency stop."""
        if self.command is Command.STOP:
            return "Line stop" if self.target == LINE else f"{self.target} stop"
        return f"{self.target} {self.command.name.title()}"


class Commander:
    """Gives commands over the acquisition's connection and notes them in the log."""

    def __init__(self, acquisition: Acquisition, log: ActionLog, clock: Callable[[], float], read_only: bool) -> None:
        self._acquisition = acquisition
        self._log = log
        self._clock = clock
        self._read_only = read_only

    def blocked(self) -> str:
        """Why no command at all can be given now; empty if one can."""
        if self._read_only:
            return "this console is read-only"
        snapshot = self._acquisition.snapshot
        if snapshot.state is LinkState.MISMATCH:
            return "the server has another register map"
        if snapshot.quality(self._clock()) is not Quality.GOOD:
            return "the link is lost"
        return ""

    def order(self, target: str, command: Command) -> Order:
        """The command as it would be given now."""
        return Order(target, command, _state(self._raw(f"{target}.StateCurrent")))

    def refusal(self, order: Order) -> str:
        """Why this command cannot be given now; empty if PackML accepts it and the link stands."""
        if why := self.blocked():
            return why
        now = _state(self._raw(f"{order.target}.StateCurrent"))
        if accepts(now, order.command) is None:
            return f"not accepted in {now.name.title()}"
        return ""

    def refuse(self, what: str, why: str) -> None:
        """Note that something was asked for and not done."""
        self._log.refuse(self._time_us(), what, why)

    async def give(self, order: Order) -> Result:
        """Give the command, wait for its feedback, withdraw the request. Never raises for what the link does."""
        now = self.order(order.target, order.command)
        key = self._log.begin(self._time_us(), f"{order.title}  from {now.before.name.title()}")
        if why := self.refusal(now):
            return self._end(key, Result.REFUSED, why)
        try:
            return self._end(key, *await self._edge(now))
        except Refusal as error:
            return self._end(key, Result.REFUSED, error.why)
        except LinkError as error:
            return self._end(key, Result.FAILED, error.problem)

    async def jam_clear(self, target: str) -> Result:
        """Call the attendant to one station, or to all of them with the target "Line"."""
        coil = "Line.JamClearAll" if target == LINE else f"{target}.JamClear"
        where = "every station" if target == LINE else target
        key = self._log.begin(self._time_us(), f"Jam clear: attendant called to {where}")
        if why := self.blocked():
            return self._end(key, Result.REFUSED, why)
        try:
            await self._withdraw(coil)
            await self._acquisition.write(coil, 1)
            seen = await self._wait(lambda: bool(self._raw(coil)), READ_BACK_S)
            await self._acquisition.write(coil, 0)
        except Refusal as error:
            return self._end(key, Result.REFUSED, error.why)
        except LinkError as error:
            return self._end(key, Result.FAILED, error.problem)
        return self._end(key, Result.OK if seen else Result.NO_FEEDBACK, "" if seen else self._pace())

    async def set_point(self, name: str, raw: int) -> Result:
        """Write a set point ("ST05.torque_low_sp") and read it back: as stored, and as it begins to act."""
        tag = PLANT_MAP[name]
        active = f"{name.removesuffix('_sp')}_active"
        old, old_active = self._raw(name), self._raw(active)
        unit = f" {tag.unit}" if tag.unit else ""
        key = self._log.begin(self._time_us(), f"{name}  {tag.text(old)} -> {tag.text(raw)}{unit}")
        if why := self.blocked():
            return self._end(key, Result.REFUSED, why)
        low, high = tag.bounds
        if not low <= raw <= high:
            return self._end(key, Result.REFUSED, f"outside {tag.text(low)}..{tag.text(high)}{unit}")

        def taken() -> bool:
            return self._raw(name) == raw and (self._raw(active) == raw or self._raw(active) != old_active)

        began = self._clock()
        try:
            await self._acquisition.write(name, raw)
            seen = await self._wait(taken, READ_BACK_S)
        except Refusal as error:
            return self._end(key, Result.REFUSED, error.why)
        except LinkError as error:
            return self._end(key, Result.FAILED, error.problem)
        if seen:
            ramp = "" if self._raw(active) == raw else "  on its ramp"
            return self._end(key, Result.OK, f"{self._clock() - began:.1f}s{ramp}")
        stored = "stored, but not taken over" if self._raw(name) == raw else "does not read back"
        return self._end(key, Result.NO_FEEDBACK, stored + self._pace())

    async def alarm(self, command: AlarmCommand, number: int, reason: int = 0, minutes: int = 1) -> Result:
        """Acknowledge, reset, shelve or unshelve an alarm; what the PLC made of it comes back as AlarmResult."""
        tag = BY_ALARM[number].tag if number in BY_ALARM else "all alarms"
        verb = command.name.split("_")[0].capitalize()
        what = f"{verb} {tag}" + (f" for {minutes} min" if command is AlarmCommand.SHELVE else "")
        key = self._log.begin(self._time_us(), what)
        if why := self.blocked():
            return self._end(key, Result.REFUSED, why)
        try:
            await self._withdraw("Line.AlarmChangeRequest")
            taken = self._raw("Line.AlarmCommandsTaken")
            await self._acquisition.write_together(
                {"Line.AlarmCommand": int(command), "Line.AlarmNumber": number, "Line.AlarmShelveReason": reason,
                 "Line.AlarmShelveMinutes": minutes, "Line.AlarmChangeRequest": 1}
            )  # fmt: skip
            seen = await self._wait(lambda: self._raw("Line.AlarmCommandsTaken") != taken, READ_BACK_S)
            await self._acquisition.write("Line.AlarmChangeRequest", 0)
        except Refusal as error:
            return self._end(key, Result.REFUSED, error.why)
        except LinkError as error:
            return self._end(key, Result.FAILED, error.problem)
        if not seen:
            return self._end(key, Result.NO_FEEDBACK, self._pace())
        if self._raw("Line.AlarmResultNumber") != number:
            return self._end(key, Result.NO_FEEDBACK, "another console gave a command at the same time")
        result = self._raw("Line.AlarmResult")
        if result == AlarmResult.DONE:
            return self._end(key, Result.OK)
        return self._end(key, Result.REFUSED, PLANT_MAP["Line.AlarmResult"].label(result).lower())

    async def _edge(self, order: Order) -> tuple[Result, str]:
        request = f"{order.target}.CmdChangeRequest"
        await self._withdraw(request)
        ignored = self._ignored(order.target)
        refused = self._flag(order.target, "CommandRefused")
        await self._acquisition.write(f"{order.target}.CntrlCmd", int(order.command))
        await self._acquisition.write(request, 1)
        began = self._clock()
        best = Progress.NONE

        def decided() -> bool:
            nonlocal best
            seen = progress(order.command, order.before, self._raw(f"{order.target}.StateCurrent"))
            best = seen if seen is not Progress.NONE else best
            return (
                seen is Progress.REACHED
                or self._ignored(order.target) != ignored
                or self._flag(order.target, "CommandRefused") > refused
            )

        await self._wait(decided, FEEDBACK_S)
        await self._acquisition.write(request, 0)
        state = _state(self._raw(f"{order.target}.StateCurrent")).name.title()
        took = f"{state} {self._clock() - began:.1f}s"
        if best is Progress.REACHED:
            return Result.OK, took
        if best is Progress.ACTING:
            return Result.OK, f"accepted, still {state}"
        if self._ignored(order.target) != ignored:
            return Result.REFUSED, "another controller owns the target"
        if self._flag(order.target, "CommandRefused") > refused:
            return Result.REFUSED, f"by the PLC in {state}"
        return Result.NO_FEEDBACK, f"still {state}" + self._pace()

    async def _withdraw(self, name: str) -> None:
        """Take back a request that someone left standing, and let a poll see it gone: else there is no edge."""
        if self._raw(name):
            await self._acquisition.write(name, 0)
            await self._wait(lambda: not self._raw(name), READ_BACK_S)

    async def _wait(self, seen: Callable[[], bool], limit_s: float) -> bool:
        """Wait until a poll shows what `seen` looks for. Raises LinkError if the link is lost meanwhile."""
        end = self._clock() + limit_s
        while self._clock() < end:
            snapshot = await self._acquisition.next_poll()
            if snapshot.problem:
                raise LinkError("plant", f"the link was lost before feedback came: {snapshot.problem}")
            if seen():
                return True
        return False

    def _pace(self) -> str:
        return " (the plant is paused)" if self._raw("Line.SpeedFactor") == 0 else ""

    def _ignored(self, target: str) -> int:
        # The line's counter counts everybody's ignored writes: it proves nothing about ours.
        return 0 if target == LINE else self._raw(f"{target}.IgnoredWrites")

    def _flag(self, target: str, name: str) -> int:
        return 0 if target == LINE else self._raw(f"{target}.{name}")

    def _raw(self, name: str) -> int:
        return self._acquisition.snapshot.line.get(name, PLANT_MAP[name].default)

    def _time_us(self) -> int:
        return self._raw("Line.SimulatedTime")

    def _end(self, key: int, result: Result, note: str = "") -> Result:
        self._log.end(key, result, note)
        return result


def _state(raw: int) -> State:
    try:
        return State(raw)
    except ValueError:
        return State.UNDEFINED
