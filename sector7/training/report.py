"""The score sheet as text and as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from protocols.tags.fault_map import KIND_LABELS
from sector7.times import told
from sector7.training.exercise import RUNNING
from sector7.training.score import FALSE, GUESS, Sheet
from sector7.training.session import Exercise

_KINDS = dict(KIND_LABELS)


def data(exercise: Exercise) -> dict[str, Any]:
    """Everything on the score sheet, for JSON."""
    plan, rig = exercise.performance.plan, exercise.rig
    sheet = exercise.training.sheet()
    return {
        "scenario": plan.scenario.name,
        "seed": rig.seed,
        "simulated_s": rig.now / 1e6,
        "complete": rig.now >= plan.scenario.duration_us and exercise.training.state != RUNNING,
        "robots_completed": rig.plant.ledger.completed,
        "robots_scrapped": rig.plant.ledger.scrapped,
        **_sheet(sheet),
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    faults = []
    for marks in sheet.marks:
        row = asdict(marks)
        cause = row.pop("cause")
        faults.append({key: cause[key] for key in ("number", "kind", "target", "station", "why")}
                      | {"since_s": cause["since_us"] / 1e6} | row)  # fmt: skip
    false = [{"at_s": at / 1e6, "station": station, "kind": _KINDS[code]} for at, station, code in sheet.false]
    return {"faults": faults, "false_diagnoses": false, "guesses": sheet.guesses, "total": round(sheet.total, 1)}


def render(sheet: Mapping[str, Any]) -> str:
    """The score sheet for a person, from its data."""
    lines = [f"exercise {sheet['scenario']}, seed {sheet['seed']}: {told(round(sheet['simulated_s'] * 1e6))}"
             + ("" if sheet["complete"] else " (ended early)")]  # fmt: skip
    for row in sheet["faults"]:
        why = f": {row['why']}" if row["why"] else ""
        lines += [
            f"\n{row['number']:3d}  {row['kind']} of {row['target']} at {told(round(row['since_s'] * 1e6))}{why}",
            f"     noticed    {_after(row['detection_s'])}",
            f"     diagnosis  {row['diagnosis']}" + (f", {_after(row['diagnosis_s'])}" if row["diagnosis_s"] else ""),
            f"     producing  {_after(row['recovery_s'])}",
            f"     points     {row['points']:.0f} of 100",
        ]
    if not sheet["faults"]:
        lines.append("\nno fault had begun yet")
    for row in sheet["false_diagnoses"]:
        where = f"ST{row['station']:02d}" if row["station"] else "the line"
        lines.append(f"\nfalse diagnosis at {told(round(row['at_s'] * 1e6))}: {row['kind']} of {where} (-{FALSE:.0f})")
    if sheet["guesses"]:
        lines.append(f"\nfurther wrong diagnoses where something was wrong: {sheet['guesses']} (-{GUESS:.0f} each)")
    lines.append(f"\nrobots {sheet['robots_completed']}, scrapped {sheet['robots_scrapped']}")
    lines.append(f"total {sheet['total']:.0f} of 100")
    return "\n".join(lines) + "\n"


def _after(seconds: float | None) -> str:
    return "never" if seconds is None else f"after {told(round(seconds) * 1_000_000)}"
