"""Fast mode: run a recipe for a while, watch the invariants, give a verdict and figures."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from protocols.errors import Refusal
from protocols.packml import State
from sector7 import alarm_report, junit
from sector7.masters.power_values import energy_figures
from sector7.masters.values import PlantValues
from sector7.recipe import Recipe
from sector7.report.collect import Collected, Recorder
from sector7.rig.rig import Rig
from sector7.scenario.names import Names
from sector7.verdict import Watch

SECOND: Final = 1_000_000
#: What every run is judged by.
INVARIANTS: Final = ("conservation", "safety", "deadlock", "robots")
#: Plant time between two looks at the invariants.
_LOOK_US: Final = 300 * SECOND

#: Told (simulated us so far, robots completed) between slices.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Outcome:
    """The figures of a run and what failed (nothing: the verdict is passed)."""

    report: dict[str, Any]
    failed: list[str]
    #: What was collected for a page, if it was.
    collected: Collected | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        if self.collected is not None:
            self.report.update(self.collected.figures())

    @property
    def passed(self) -> bool:
        """True if every invariant held."""
        return not self.failed

    @property
    def preface(self) -> str:
        """What people read before the figures."""
        return ""

    @property
    def held(self) -> str:
        """What held, for a verdict that passed."""
        return "conservation, safety, no deadlock, robots built"

    @property
    def first_failure(self) -> tuple[str, tuple[str, ...]]:
        """What failed first, and the names in it whose trends tell more. Only for a verdict that did not pass."""
        return self.failed[0], ()

    def to_json(self) -> str:
        """The report as an indented JSON text."""
        return json.dumps(self.report, indent=2) + "\n"

    def to_junit(self) -> str:
        """The verdict as JUnit XML: one case per kind of invariant."""
        cases = [(case, [text for text in self.failed if invariant(text) == case]) for case in INVARIANTS]
        name, wall_s = f"sector7 {self.report['recipe']}", self.report["wall_s"]
        return junit.render(name, "sector7.simulate", cases, wall_s, properties=self.properties)

    @property
    def properties(self) -> dict[str, str]:
        """What a JUnit file tells besides the cases: figures by which runs are told apart and compared."""
        report = self.report
        found = {
            "seed": str(report["seed"]),
            "trace_sha256": report["trace_sha256"],
            "oee": str(report["oee"]),
            "robots_completed": str(report["robots_completed"]),
            "kwh_per_robot": str(report["energy"]["per_robot_kwh"]),
            "alarms_per_hour": str(report["alarms"]["per_hour"]),
        }
        if self.collected is not None:
            found["bottleneck"] = self.collected.bottleneck.active_period.code
        return found


def invariant(text: str) -> str:
    """Which of the invariants a failure is about."""
    for word, case in (("conservation:", "conservation"), ("deadlock:", "deadlock"), ("no robot", "robots")):
        if word in text:
            return case
    return "safety"


def simulate(
    recipe: Recipe, seed: int, duration_us: int, progress: Progress | None = None, *, fixed: bool = False,
    collect: bool = False,
) -> Outcome:  # fmt: skip
    """Run `recipe` for `duration_us` as fast as possible. `fixed` scans every grid instant (slow, same trace),
    `collect` keeps what a page is made of.

    Raises Refusal when a station's board is a real partner.
    """
    refuse_partners(recipe)
    rig = Rig(recipe, seed, fixed=fixed)
    watch = Watch(rig)
    recorder = Recorder(rig, duration_us, Names(rig, PlantValues(rig, 0))) if collect else None
    begin = time.perf_counter()
    while rig.now < duration_us:
        look = min(duration_us, rig.now + _LOOK_US)
        while recorder is not None and recorder.due_us < look:
            rig.run(recorder.due_us)
            recorder.look(rig.now, failed=False)
        rig.run(look)
        watch.look()
        if recorder is not None:
            recorder.look(rig.now, failed=bool(watch.violations))
        if progress is not None:
            progress(rig.now, rig.plant.ledger.completed)
    wall = time.perf_counter() - begin
    failed = watch.verdict()
    collected = recorder.finish(failed=bool(failed)) if recorder is not None else None
    return Outcome(figures(rig, wall, failed), failed, collected=collected)


def refuse_partners(recipe: Recipe) -> None:
    """Raises Refusal when a station's board is a real partner."""
    for row in recipe.station:
        if row.remote is not None or row.board == "serial":
            board = f"a remote board at {row.remote.host}" if row.remote is not None else "a real board"
            raise Refusal(
                "simulate", f"recipe {recipe.name}", f"station {row.number} has {board}: a "
                "real partner lives by the wall clock (serve it, or simulate with --boards simulated)",
            )  # fmt: skip


def figures(rig: Rig, wall_s: float, failed: list[str]) -> dict[str, Any]:
    """The report of a run: figures of the line and of each station, and the verdict."""
    now = rig.now
    ledger = rig.plant.ledger
    ratios = rig.line.ratios(now)
    stations = []
    for cabinet in rig.cabinets:
        unit = cabinet.unit
        own = unit.ratios(now)
        clock = unit.clockwork
        stations.append(
            {
                "station": unit.io.number,
                "name": unit.io.name,
                "state": State(unit.state).name.title(),
                "processed": unit.processed,
                "defective": unit.defective,
                "failures": unit.failures,
                "oee": own.oee / 1000,
                "availability": own.availability / 1000,
                "execute_s": clock.total(now, State.EXECUTE) // SECOND,
                "starved_s": clock.total(now, 18) // SECOND,
                "blocked_s": clock.total(now, 19) // SECOND,
                "held_s": clock.total(now, State.HELD) // SECOND,
                "aborted_s": clock.total(now, State.ABORTED) // SECOND,
            }
        )
    return {
        "recipe": rig.recipe.name,
        "seed": rig.seed,
        "simulated_s": now / SECOND,
        "wall_s": round(wall_s, 3),
        "speed": round(now / SECOND / wall_s) if wall_s > 0 else 0,
        "robots_started": ledger.started,
        "robots_completed": ledger.completed,
        "robots_scrapped": ledger.scrapped,
        "trace_events": rig.trace.count,
        "trace_sha256": rig.trace.sha256(),
        "oee": ratios.oee / 1000,
        "availability": ratios.availability / 1000,
        "effectiveness": ratios.effectiveness / 1000,
        "quality": ratios.quality / 1000,
        "stations": stations,
        "energy": energy_figures(rig.plant.power, now, ledger.completed),
        "alarms": alarm_report.figures(rig),
        "verdict": {"passed": not failed, "failed": failed},
    }
