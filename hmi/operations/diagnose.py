"""What a trainee says in an exercise: something is wrong there, or this is wrong there."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.link.actions import Result
from hmi.link.exchange import Exchange
from hmi.link.operation import Operation, Outcome, Read
from protocols.faults.kinds import BY_KIND
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.training_map import SUBMISSION_LABELS, Submission

_RUNNING = 1


@dataclass(frozen=True)
class Diagnose(Operation):
    """A fault of a kind at a station (0: the line); without a kind: something is wrong there."""

    number: int
    kind: str = ""

    @property
    def title(self) -> str:
        """See `Operation`."""
        return f"Diagnosis: {self.kind or 'something'} at {BY_NUMBER[self.number].code if self.number else 'the line'}"

    @property
    def writes(self) -> tuple[str, ...]:
        """See `Operation`."""
        return "Line.DiagnosisStation", self._edge

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return ""

    def facts(self, read: Read) -> list[str]:
        """See `Operation`."""
        what = BY_KIND[self.kind].doc if self.kind else "Something is wrong here; what, you will say later."
        return [what, "A right diagnosis sends a crew with the right parts.", "A false one costs points."]

    def refusal(self, read: Read) -> str:
        """See `Operation`."""
        return "" if read("Line.TrainingState") == _RUNNING else "no exercise is running"

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`."""
        taken = plant.raw("Line.DiagnosesTaken")
        await plant.write("Line.DiagnosisStation", self.number)
        if self.kind:
            await plant.write("Line.DiagnosisKind", BY_KIND[self.kind].code)
        if not await plant.edge(self._edge, {}, lambda: plant.raw("Line.DiagnosesTaken") != taken):
            return Result.NO_FEEDBACK, plant.pace.strip()
        result = Submission(plant.raw("Line.DiagnosisResult"))
        why = dict(SUBMISSION_LABELS)[result].removeprefix("Refused: ")
        return (Result.OK, "") if result is Submission.TAKEN else (Result.REFUSED, why)

    @property
    def _edge(self) -> str:
        return "Line.DiagnosisChangeRequest" if self.kind else "Line.FoundChangeRequest"
