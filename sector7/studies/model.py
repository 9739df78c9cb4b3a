"""The port of studies: what is studied is a function from a point and a seed to responses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a run. `failed` tells what did not hold in it, `broken` is true if an invariant was among that;
    `warmup_s` is what was cut off, `settled` is false if MSER-5 would have cut off more than it may."""

    responses: dict[str, float]
    failed: tuple[str, ...] = ()
    broken: bool = False
    warmup_s: float = 0.0
    settled: bool = True
    wall_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Job:
    """One run, and what it is known by: everything that its result depends on is in `key`."""

    key: str
    model: Model
    point: Any
    seed: int

    def __call__(self) -> Result:
        """Do it."""
        return self.model(self.point, self.seed)


class Model(Protocol):
    """A function that can be sent to another process. The same point and seed give the same result anywhere."""

    def key(self, point: Any) -> str:
        """What the responses of a point depend on, besides the seed: the content of its recipe, its program, ..."""

    def __call__(self, point: Any, seed: int) -> Result:
        """Run it once."""
