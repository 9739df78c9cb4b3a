"""PackML commands to the line or a station, verified by the state that comes back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from hmi.link.actions import Result
from hmi.link.exchange import Exchange
from hmi.link.operation import Operation, Outcome, Read, old_and_new
from protocols.packml import Command, Mode, State, accepts
from protocols.reasons import START_INTERLOCKS
from protocols.tags.plant_map import PLANT_MAP

#: How long the operator waits for the state, seconds.
FEEDBACK_S = 5.0

LINE = "Line"
_INTERNAL = 0

#: States that prove a command: where it ends, and what can follow by itself before the next poll sees it.
_REACHED: dict[Command, frozenset[State]] = {
    Command.RESET: frozenset({State.IDLE, State.STARTING, State.EXECUTE, State.SUSPENDING, State.SUSPENDED}),
    Command.START: frozenset({State.EXECUTE, State.SUSPENDING, State.SUSPENDED, State.COMPLETING, State.COMPLETE}),
    Command.STOP: frozenset({State.STOPPED}),
    Command.HOLD: frozenset({State.HELD}),
    Command.UNHOLD: frozenset({State.EXECUTE, State.SUSPENDING, State.SUSPENDED, State.COMPLETING, State.COMPLETE}),
    Command.SUSPEND: frozenset({State.SUSPENDED}),
    Command.UNSUSPEND: frozenset({State.EXECUTE, State.COMPLETING, State.COMPLETE}),
    Command.ABORT: frozenset({State.ABORTED}),
    # with automatic recovery the line goes on to reset and start the station
    Command.CLEAR: frozenset(
        {State.STOPPED, State.RESETTING, State.IDLE, State.STARTING, State.EXECUTE, State.SUSPENDING, State.SUSPENDED}
    ),
    Command.COMPLETE: frozenset({State.COMPLETE}),
}


class Progress(Enum):
    """How far a command has come."""

    NONE = "no feedback yet"
    ACTING = "under way"
    REACHED = "reached"


def progress(command: Command, before: State, now: int) -> Progress:
    """What the state `now` says about a `command` given in state `before`."""
    if now == before:
        return Progress.NONE
    if now in _REACHED.get(command, frozenset()):
        return Progress.REACHED
    return Progress.ACTING if now == accepts(before, command) else Progress.NONE


@dataclass(frozen=True)
class PackmlOrder(Operation):
    """A command to the line ("Line") or a station ("ST05")."""

    target: str
    command: Command

    @property
    def title(self) -> str:
        """The command as the operator knows it. The line's software stop is the "Line stop", no emergency stop."""
        if self.command is Command.STOP:
            return "Line stop" if self.target == LINE else f"{self.target} stop"
        return f"{self.target} {self.command.name.title()}"

    @property
    def writes(self) -> tuple[str, ...]:
        """See `Operation`."""
        return f"{self.target}.CntrlCmd", f"{self.target}.CmdChangeRequest"

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return f"from {self.state(read).name.title()}"

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        before = self.state(read)
        after = accepts(before, self.command)
        target = "the whole line" if self.target == LINE else f"{self.target} only"
        lines = [f"Target   {target}", old_and_new("State", before.name, after.name if after else "refused")]
        if self.command is Command.STOP:
            lines.append("This is a software stop, not an emergency stop.")
        return lines

    def refusal(self, read: Read) -> str:
        """See `Operation`: what PackML accepts nowhere, an owner elsewhere, what blocks a start."""
        now = self.state(read)
        if accepts(now, self.command) is None:
            return f"not accepted in {now.name.title()}"
        if self.target != LINE and read(f"{self.target}.Owner") != _INTERNAL and self.command is not Command.UNHOLD:
            owner = PLANT_MAP[f"{self.target}.Owner"].label(read(f"{self.target}.Owner"))
            return f"{self.target} is commanded by its owner: {owner}"
        if self.command is Command.START and (blocks := start_blocks(self.target, read)):
            return f"blocked by: {', '.join(blocks)}"
        return ""

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        before = self.state(plant.raw)
        ignored, refused = self._counts(plant.raw)
        began = plant.clock()
        best = Progress.NONE

        def decided() -> bool:
            nonlocal best
            seen = progress(self.command, before, plant.raw(f"{self.target}.StateCurrent"))
            best = seen if seen is not Progress.NONE else best
            now = self._counts(plant.raw)
            return seen is Progress.REACHED or now[0] != ignored or now[1] > refused

        command, request = self.writes
        await plant.edge(request, {command: int(self.command)}, decided, FEEDBACK_S)
        state = self.state(plant.raw).name.title()
        if best is Progress.REACHED:
            return Result.OK, f"{state} {plant.clock() - began:.1f}s"
        if best is Progress.ACTING:
            return Result.OK, f"accepted, still {state}"
        now = self._counts(plant.raw)
        if now[0] != ignored:
            return Result.REFUSED, "another controller owns the target"
        if now[1] > refused:
            return Result.REFUSED, f"by the PLC in {state}"
        return Result.NO_FEEDBACK, f"still {state}" + plant.pace

    def state(self, read: Read) -> State:
        """The target's state now."""
        try:
            return State(read(f"{self.target}.StateCurrent"))
        except ValueError:
            return State.UNDEFINED

    def _counts(self, read: Read) -> tuple[int, int]:
        # The line's counter counts everybody's ignored writes: it proves nothing about ours.
        if self.target == LINE:
            return 0, 0
        return read(f"{self.target}.IgnoredWrites"), read(f"{self.target}.CommandRefused")


def start_blocks(target: str, read: Read) -> list[str]:
    """What would refuse a Start of the line or a station now, in words."""
    if target == LINE:
        return [] if read("Line.UnitModeCurrent") in (0, Mode.PRODUCE) else ["the line is not in Produce mode"]
    bits = read(f"{target}.StartInterlock")
    return [text for i, text in enumerate(START_INTERLOCKS) if bits >> i & 1]
