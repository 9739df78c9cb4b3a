"""Where the time went: the losses between the time of a run and its OEE (ISO 22400-2). They add up exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firmware_sim.plc.line import Line
from firmware_sim.plc.unit import Unit
from sector7.report.activity import LABELS, UNPLANNED, Activity

#: Time lost while nothing was produced, in the order of the waterfall.
_DOWN = (Activity.ABORTED, Activity.HELD, Activity.SUSPENDED, Activity.BLOCKED, Activity.STARVED)


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From `total_us` down to `valuable_us`: `unplanned` and `availability` are (name, us) in order, then what was lost
    to pace (negative where cycles were shorter than planned) and to rejects. `planned_us` is the planned busy time."""

    owner: str
    total_us: int
    unplanned: tuple[tuple[str, int], ...]
    availability: tuple[tuple[str, int], ...]
    pace_us: int
    quality_us: int
    valuable_us: int

    @property
    def planned_us(self) -> int:
        """Planned busy time (PBT)."""
        return self.total_us - sum(us for _, us in self.unplanned)

    @property
    def produced_us(self) -> int:
        """Actual production time (APT)."""
        return self.planned_us - sum(us for _, us in self.availability)

    @property
    def oee(self) -> float:
        """The share of the planned time that good parts needed at the planned pace."""
        return self.valuable_us / self.planned_us if self.planned_us > 0 else 0.0

    @property
    def losses(self) -> list[tuple[str, int]]:
        """Everything that is taken off the planned time, in order."""
        return [*self.availability, ("Pace", self.pace_us), ("Rejects", self.quality_us)]

    def figures(self) -> dict[str, object]:
        """For JSON, in seconds."""
        return {
            "owner": self.owner,
            "total_s": self.total_us / 1e6,
            "planned_s": self.planned_us / 1e6,
            "lost_s": {name: us / 1e6 for name, us in self.losses},
            "valuable_s": self.valuable_us / 1e6,
            "oee": round(self.oee, 4),
        }


def waterfall(
    owner: str, total_us: int, unplanned: Sequence[tuple[str, int]], down: Sequence[tuple[str, int]], ideal_us: int,
    processed: int, passed: int,
) -> Waterfall:  # fmt: skip
    """The waterfall of whoever took `ideal_us` by plan for each of `processed` parts, of which `passed` were good."""
    produced = total_us - sum(us for _, us in unplanned) - sum(us for _, us in down)
    return Waterfall(
        owner,
        total_us,
        tuple(unplanned),
        tuple(down),
        pace_us=produced - ideal_us * processed,
        quality_us=ideal_us * (processed - passed),
        valuable_us=ideal_us * passed,
    )


def of_station(unit: Unit, totals: Sequence[int]) -> Waterfall:
    """Of a station; `totals` is its time by Activity, us."""
    return waterfall(
        f"{unit.io.code} {unit.io.name.replace('_', ' ')}",
        sum(totals),
        [(LABELS[each], totals[each]) for each in UNPLANNED],
        [(LABELS[each], totals[each]) for each in _DOWN],
        unit.io.design_cycle_ds * 100_000,
        unit.processed,
        unit.processed - unit.defective,
    )


def of_line(line: Line, now: int) -> Waterfall:
    """Of the whole line, counted at its last station against the takt. All of its time is planned."""
    last = line.units[-1]
    return waterfall(
        "Line",
        now,
        [],
        [("A station down", line.down_us(now))],
        line.takt_ds * 100_000,
        last.processed,
        last.processed - last.defective,
    )
