"""Commissioning: the program, one step, what was seen, the crew, a sensor to hold, the release; and lost maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hmi.link.actions import Result
from hmi.link.exchange import READ_BACK_S, Exchange
from hmi.link.operation import Operation, Outcome, Read, old_and_new
from protocols.commissioning import ACTIVITY_TEXTS, RESULT_TEXTS, STAGE_TEXTS, Activity, Command, Stage, expected
from protocols.commissioning import Result as Answer
from protocols.commissioning_checks import planned, required
from protocols.stations.io_table import BY_NUMBER

_REQUEST = "Line.CommissionChangeRequest"
_ARGUMENTS = ("Line.CommissionStation", "Line.CommissionCommand", "Line.CommissionValue", "Line.CommissionOther")
_RUNNING = 1
_AT_WORK = (Activity.CHECKING, Activity.CONFIRM, Activity.CREW)
#: What is asked for, where nothing more has to be said of it.
_WORDS = {
    Command.AUTOMATIC: "commission by the program",
    Command.PRODUCE: "commission and produce",
    Command.STEP: "do the next step",
    Command.RELEASE: "release",
    Command.STOP: "stop commissioning",
}
_MEANING = {
    Command.AUTOMATIC: "It checks, calls the crew, checks again, and releases.",
    Command.PRODUCE: "As the program does it; then the line starts.",
    Command.STEP: "Mechanisms may move. Keep clear.",
    Command.CONFIRM: "It is written down as seen by an operator.",
    Command.REPAIR: "A wrong diagnosis costs time and repairs nothing.",
    Command.RELEASE: "You take the responsibility: it may produce.",
    Command.STOP: "What has passed stays passed; held sensors are let go.",
    Command.HOLD_SENSOR: "Held until another one is, or until it is let go.",
    Command.SUBMIT_MAP: "It is scored, and taken over if it is right.",
}  # fmt: skip


@dataclass(frozen=True)
class Commission(Operation):
    """A command of commissioning to a station (0: the line). `words` say what it is about where the command does not.

    `item` is the check that is answered by CONFIRM: nobody answers a question that has gone meanwhile.
    """

    command: Command
    number: int = 0
    value: int = 0
    other: int = 0
    words: str = ""
    item: int = -1

    @property
    def title(self) -> str:
        """See `Operation`."""
        return f"{self._where} {self.words or _WORDS[self.command]}"

    @property
    def writes(self) -> Sequence[str]:
        """See `Operation`."""
        return (*_ARGUMENTS, _REQUEST)

    def change(self, read: Read) -> str:
        """See `Operation`."""
        if self.command is Command.STEP:
            stage = self._stage(read)
            return f"from {STAGE_TEXTS[stage]} to {STAGE_TEXTS[min(stage + 1, Stage.RELEASED)]}"
        return ""

    def facts(self, read: Read) -> Sequence[str]:
        """See `Operation`."""
        meaning = _MEANING[self.command]
        if not self.number:
            return ["Target   the whole line", f"Released {read('Line.StationsReleased')} of {len(BY_NUMBER)}", meaning]
        stage = self._stage(read)
        io = BY_NUMBER[self.number]
        target = f"Target   {self._where} {io.title}"
        if self.command in (Command.STEP, Command.RELEASE):
            return [target, old_and_new("Ledger", STAGE_TEXTS[stage], STAGE_TEXTS[min(stage + 1, 7)]), meaning]
        if self.command is Command.CONFIRM and self.item in required(io)[Stage.IO_CHECKED]:
            return [target, f"Expected {expected(planned(io, Stage.IO_CHECKED, self.item))}", meaning]
        return [target, f"Ledger   {STAGE_TEXTS[stage]}", meaning]

    def refusal(self, read: Read) -> str:
        """See `Operation`: as the plant would, as far as it can be seen."""
        if not self.number:
            return self._line_refusal(read)
        stage, doing = self._stage(read), read(f"{self._where}.CommissionActivity")
        if self.command is Command.STOP:
            return ""
        if self.command is Command.CONFIRM:
            if doing != Activity.CONFIRM:
                return "nothing waits to be confirmed there"
            return "" if read(f"{self._where}.CommissionItem") == self.item else "the check has gone on"
        if self.command is Command.REPAIR:
            return "" if doing in (Activity.DECIDE, Activity.GIVEN_UP) else "no check has failed there last"
        if stage == Stage.RELEASED:
            return "it is released already"
        if doing in _AT_WORK:
            return f"blocked by: {ACTIVITY_TEXTS[doing].lower()}; stop it first"
        if self.command is Command.STEP and stage == Stage.HOT_CYCLE:
            return "releasing is no check: it is a decision"
        if self.command is Command.RELEASE and stage != Stage.HOT_CYCLE:
            return f"blocked by: its ledger says {STAGE_TEXTS[stage]}, not Hot cycle"
        if self.command is Command.SUBMIT_MAP and stage >= Stage.IO_CHECKED:
            return "blocked by: its I/O is checked already"
        return ""

    def _line_refusal(self, read: Read) -> str:
        if self.command is Command.STOP:
            return ""
        if read("Line.Commissioning") == _RUNNING:
            return "the program is at work already"
        if self.command is Command.AUTOMATIC and read("Line.AllReleased"):
            return "every station is released already"
        return ""

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`: the answer stands as long as the request does, so it is read meanwhile."""
        values = (self.number, int(self.command), self.value, self.other)
        return await _ask(plant, dict(zip(_ARGUMENTS, values, strict=True)))

    @property
    def _where(self) -> str:
        return BY_NUMBER[self.number].code if self.number else "Line"

    def _stage(self, read: Read) -> int:
        return min(read(f"{self._where}.CommissionStage"), int(Stage.RELEASED))


@dataclass(frozen=True)
class SubmitMap(Commission):
    """A map of the inputs: which sensor (by its number) is wired to input 0, 1, 2, ..."""

    sensors: tuple[int, ...] = ()

    @property
    def writes(self) -> Sequence[str]:
        """See `Operation`."""
        return (*super().writes, *self._map)

    def facts(self, read: Read) -> Sequence[str]:
        """See `Operation`: the map, two inputs a line."""
        names = BY_NUMBER[self.number].inputs
        said = [f"{place}: {names[sensor]}" for place, sensor in enumerate(self.sensors)]
        return [*("   ".join(said[n : n + 2]) for n in range(0, len(said), 2)), _MEANING[self.command]]

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`; what it scored is told."""
        for name, sensor in self._map.items():
            await plant.write(name, sensor)
        result, note = await super().carry_out(plant)
        if result is not Result.OK:
            return result, note
        score = plant.raw(f"{self._where}.MapScore")
        return result, f"{score} of {len(self.sensors)} inputs are right"

    @property
    def _map(self) -> dict[str, int]:
        return {f"Line.MapInput{n}": sensor for n, sensor in enumerate(self.sensors)}


async def _ask(plant: Exchange, arguments: Mapping[str, int]) -> Outcome:
    """Give the command once the answer to the last one has gone, and judge it by its own answer."""

    def answer() -> int:
        return plant.raw("Line.CommissionResult")

    if plant.raw(_REQUEST):
        await plant.write(_REQUEST, 0)
    if answer() and not await plant.wait(lambda: not answer(), READ_BACK_S):
        return Result.NO_FEEDBACK, plant.pace.strip()
    answers: list[int] = []

    def answered() -> bool:
        if answer():
            answers.append(answer())
        return bool(answers)

    if not await plant.edge(_REQUEST, arguments, answered):
        return Result.NO_FEEDBACK, plant.pace.strip()
    if answers[0] == Answer.TAKEN:
        return Result.OK, ""
    return Result.REFUSED, RESULT_TEXTS[answers[0]].removeprefix("Refused: ")
