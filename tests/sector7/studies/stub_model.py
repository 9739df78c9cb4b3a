"""Models that take little time: the plant's material flow on a stub, and toys. Workers import them by name."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from plant.agenda import Agenda
from plant.arithmetic import normal
from plant.crew import Crew
from plant.failure import Failure
from sector7.rig.engine import Grid, advance
from sector7.studies.model import Result
from sector7.studies.warmup import mser5
from tests.plant.markov import tandem, unreliable_pair
from tests.plant.stub_line import UNIT, Machine, UnreliableMachine, belts, draws

#: Parts that leave a line between two samples, about.
_SAMPLE = 10


@dataclass(frozen=True)
class LineCase:
    """A line of exponential stations with buffers between; with `fail` they are unreliable."""

    stations: int
    places: int
    fail: float = 0.0
    repair: float = 0.2

    @property
    def exact(self) -> float:
        """Its throughput, from its Markov chain."""
        if self.fail:
            return unreliable_pair(self.places, self.fail, self.repair)
        return tandem(self.stations, self.places)

    def machines(self, agenda: Agenda, seed: int) -> list[Machine]:
        """It, built of the plant's own conveyors, failures and crews."""
        between = belts(agenda, self.stations - 1, self.places)
        ends = list(zip([None, *between], [*between, None], strict=True))
        if not self.fail:
            return [Machine(agenda, *belt, draws(Random(f"{seed} {i}"), 1.0)) for i, belt in enumerate(ends)]
        crew = Crew(self.stations)
        return [
            UnreliableMachine(
                agenda, *belt, draws(Random(f"{seed} {i}"), 1.0), up=draws(Random(f"{seed} up {i}"), 1 / self.fail),
                down=draws(Random(f"{seed} down {i}"), 1 / self.repair), crew=crew,
            )
            for i, belt in enumerate(ends)
        ]  # fmt: skip


@dataclass(frozen=True)
class LineModel:
    """Port `Model`: throughput of a line over about `parts` parts, behind a warm-up found by MSER-5."""

    parts: int

    def key(self, point: LineCase) -> str:
        return f"line {self.parts} {point}"

    def __call__(self, point: LineCase, seed: int) -> Result:
        agenda, grid = Agenda(), Grid()
        machines = point.machines(agenda, seed)
        for machine in machines:
            machine.offer(0)
        last, counts = machines[-1], [0]
        for step in range(1, self.parts // _SAMPLE + 1):
            advance(agenda, grid, step * _SAMPLE * UNIT)
            counts.append(len(last.departures))
        cut, settled = mser5([after - before for before, after in pairwise(counts)])
        rate = (counts[-1] - counts[cut]) / ((len(counts) - 1 - cut) * _SAMPLE)
        return Result({"throughput": rate}, settled=settled)


@dataclass(frozen=True)
class NormalModel:
    """Port `Model`: a point is (mean, standard deviation). `log` gets a line for every run that is really done."""

    log: Path | None = None

    def key(self, point: Any) -> str:
        return f"normal {point}"

    def __call__(self, point: Any, seed: int) -> Result:
        mean, sigma = point
        if self.log is not None:
            with self.log.open("a") as file:
                file.write(f"{point} {seed}\n")
        return Result({"x": mean + sigma * normal(Random(seed))})


@dataclass(frozen=True)
class MurderousModel:
    """A normal model that kills its own worker at one seed, the first time: as the kernel does when memory is short."""

    log: Path
    at_seed: int
    always: bool = False

    def key(self, point: Any) -> str:
        return f"normal {point}"

    def __call__(self, point: Any, seed: int) -> Result:
        done = self.log.with_suffix(".killed")
        if seed == self.at_seed and (self.always or not done.exists()):
            done.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return NormalModel(self.log)(point, seed)


class Inline:
    """Workers that are this very process."""

    slots = 1
    name = "here"

    def executor(self) -> Executor:
        return _Here()

    def stop(self, executor: Executor) -> None:
        executor.shutdown()


class _Here(Executor):
    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


@dataclass(frozen=True)
class CrewCase:
    """Ten machines that fail in calendar time (MTBF 100, MTTR 10) and share crews."""

    crews: int


@dataclass(frozen=True)
class CrewModel:
    """Port `Model`: how many of the machines stand on average, over `units` of time behind the first twentieth."""

    units: int

    def key(self, point: CrewCase) -> str:
        return f"crews {self.units} {point}"

    def __call__(self, point: CrewCase, seed: int) -> Result:
        agenda, grid = Agenda(), Grid()
        crew = Crew(point.crews)
        machines = [Repaired(agenda, crew, f"{seed} {number}") for number in range(10)]
        begin, end = self.units * UNIT // 20, self.units * UNIT
        advance(agenda, grid, begin)
        before = sum(machine.stood(begin) for machine in machines)
        advance(agenda, grid, end)
        return Result({"down": (sum(machine.stood(end) for machine in machines) - before) / (end - begin)})


class Repaired:
    """A machine that does nothing but fail and be repaired."""

    def __init__(self, agenda: Agenda, crew: Crew, stream: str) -> None:
        self._failure = Failure(agenda, draws(Random(f"{stream} up"), 100.0), self._strike)
        self._down = draws(Random(f"{stream} down"), 10.0)
        self._slot = agenda.slot(self._mend)
        self._crew = crew
        self._since = -1
        self._sum = 0

    def stood(self, now: int) -> int:
        """Time in which it stood, so far."""
        return self._sum + (now - self._since if self._since >= 0 else 0)

    def _strike(self, now: int) -> None:
        self._since = now
        self._crew.call(now, self)

    def repair(self, now: int) -> None:
        self._slot.arm(now + self._down())

    def _mend(self, now: int) -> None:
        self._sum, self._since = self.stood(now), -1
        self._failure.mended(now)
        self._crew.finished(now)
