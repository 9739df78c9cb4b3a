"""What came of a scenario: the figures of the run, every expectation, every fault with its root cause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from protocols.ports import NEVER
from sector7 import junit
from sector7.faults.fault import Record
from sector7.reactivation.report import ledger_rows, ledger_text
from sector7.rig.rig import Rig
from sector7.rig.safety_watch import SafetyWatch, Violation
from sector7.scenario.expectations import Judgement, Within
from sector7.scenario.load import Plan
from sector7.scenario.names import CONSTANTS
from sector7.simulate import Outcome, invariant
from sector7.times import told


class Performed(Protocol):
    """A scenario that is over."""

    plan: Plan
    rig: Rig
    judgements: list[Judgement]
    #: What happened, in order: plant time and label.
    happened: list[tuple[int, str]]
    #: What looked at the safety invariants, if they were judged.
    guard: SafetyWatch | None


@dataclass(frozen=True)
class ScenarioOutcome(Outcome):
    """The verdict of a scenario. `broken` are the invariants that did not hold; `failed` has the expectations too."""

    performance: Performed
    broken: list[str]

    def __post_init__(self) -> None:
        super().__post_init__()
        performance = self.performance
        self.report.update(
            scenario=performance.plan.scenario.name,
            timeline=[{"at_s": at / 1e6, "name": name} for at, name in performance.happened],
            faults=[fault_row(record) for record in performance.rig.faults.records],
            safety=[_violation(each) for each in performance.guard.violations] if performance.guard is not None else [],
            expectations=[_expectation(each) for each in performance.judgements],
        )
        if self._dormant:
            self.report["commissioning"] = ledger_rows(performance.rig.commissioning)

    @property
    def first_failure(self) -> tuple[str, tuple[str, ...]]:
        """The earliest of all: an invariant, or an expectation with the names in it."""
        collected = self.collected
        at = collected.evidence.at_us if collected is not None else None
        failed = [each for each in self.performance.judgements if not each.passed]
        first = min(failed, key=lambda each: each.failed_us or 0, default=None)
        if first is None or (self.broken and at is not None and at < (first.failed_us or 0)):
            return super().first_failure
        (text,) = [text for text in self.failed if f": {first.expect.name}: {first.text}: " in text][:1]
        event = first.event.names if isinstance(first, Within) and first.event is not None else ()
        return text, tuple(name for name in (*first.condition.names, *event) if name not in CONSTANTS)

    def to_junit(self) -> str:
        """One case for each invariant that is judged, and one for each expectation."""
        scenario = self.performance.plan.scenario
        cases: list[tuple[str, list[str]]] = []
        cases += [(name, [text for text in self.broken if invariant(text) == name]) for name in scenario.invariants]
        for each in self.performance.judgements:
            name = each.expect.name
            cases.append((name, [text for text in self.failed if f": {name}: {each.text}: " in text]))
        wall_s, causes = self.report["wall_s"], self.root_causes
        return junit.render(f"sector7 {scenario.name}", "sector7.scenario", cases, wall_s, causes, self.properties)

    @property
    def _dormant(self) -> bool:
        return self.performance.plan.recipe.start == "dormant"

    @property
    def preface(self) -> str:
        """Its name, the root causes, and of a dormant plant the ledger of its commissioning."""
        causes = self.root_causes
        ledger = ledger_text(self.performance.rig.commissioning) + "\n" if self._dormant else ""
        return f"scenario {self.performance.plan.scenario.name}\n\n" + (f"{causes}\n" if causes else "") + ledger

    @property
    def root_causes(self) -> str:
        """Faults in the order in which they began, a line each: number, when, what, until when, by whom and why."""
        causes = "".join(_line(record) for record in self.performance.rig.faults.records)
        return f"root causes, in order\n{causes}" if causes else ""

    @property
    def held(self) -> str:
        """The invariants and how many expectations."""
        kept = len(self.performance.judgements)
        return ", ".join([*self.performance.plan.scenario.invariants, f"{kept} expectation{'s' * (kept != 1)}"])


def fault_row(record: Record) -> dict[str, Any]:
    """A fault and its root cause, for JSON."""
    fault = record.fault
    ended = record.ended_us
    return {
        "number": record.number,
        "kind": fault.kind,
        "on": fault.target,
        "with": fault.other or None,
        "parameters": dict(fault.parameters),
        "who": record.who,
        "why": record.why,
        "since_s": record.since_us / 1e6,
        "until_s": None if ended == NEVER else ended / 1e6,
        "ended_by": record.ended_by or None,
        "strikes": record.strikes,
    }


def _violation(each: Violation) -> dict[str, Any]:
    return {
        "at_s": each.at_us / 1e6,
        "station": each.station,
        "mechanism": each.mechanism,
        "seen": each.seen,
        "declared": each.declared,
    }


def _line(record: Record) -> str:
    until = "until the end" if record.ended_us == NEVER else f"until {told(record.ended_us)}, {record.ended_by}"
    if record.fault.declared.momentary:
        until = "at that instant"
    why = f": {record.why}" if record.why else ""
    return f"{record.number:3d}  {told(record.since_us):22s} {record.fault}, {until} [{record.who}]{why}\n"


def _expectation(each: Judgement) -> dict[str, Any]:
    return {
        "name": each.expect.name,
        "expected": each.text,
        "passed": each.passed,
        "first_failure_s": None if each.failed_us is None else each.failed_us / 1e6,
        "problem": each.problem or None,
        "values": each.values,
    }
