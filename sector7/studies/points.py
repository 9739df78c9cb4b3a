"""The points of a study: every combination of swept values with every alternative that is compared."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from sector7.studies.seeds import seed_of
from sector7.studies.study import Alternative, Study, Value

#: Values by key, in the order in which they are set.
Settings = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One plant that is run again and again. `swept` are the values of the sweeps as people read them."""

    number: int
    alternative: str
    swept: tuple[tuple[str, Value], ...]
    settings: Settings
    recipe: str | None = None

    @property
    def label(self) -> str:
        """How tables call it."""
        values = ", ".join(f"{key} = {value}" for key, value in self.swept)
        return ": ".join(filter(None, (self.alternative, values))) or "as it is"


def points_of(study: Study) -> list[Point]:
    """All points: alternatives vary fastest, so that those of one combination stand together."""
    points: list[Point] = []
    alternatives = study.compare or [Alternative.model_construct(name="", recipe=None, set={})]
    for combination in product(*(sweep.values for sweep in study.sweep)):
        pairs = list(zip(study.sweep, combination, strict=True))
        swept = tuple((short(sweep.keys[0]), value) for sweep, value in pairs)
        common = [(key, value) for sweep, value in pairs for key in sweep.keys]
        for each in alternatives:
            settings = (*each.set.items(), *common)
            points.append(Point(len(points), each.name, swept, settings, each.recipe))
    return points


def short(key: str) -> str:
    """`station.5.mtbf_h` of `recipe.station.5.mtbf_h`."""
    return key.partition(".")[2]


def seed_at(study: Study, point: Point, replication: int) -> int:
    """The seed of a run. With common random numbers all points share it, so that only what differs makes a
    difference: the streams of a plant have names, and the same name draws the same in every point."""
    if study.common_random_numbers:
        return seed_of(study.seed, replication)
    return seed_of(study.seed, point.label, replication)
