"""What a study file may say. Times are text (`90s`, `8h`), measures are written in the language of conditions."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sector7.scenario.model import Expect, Invariant, Name, SomeTime, Text, us
from sector7.studies.measures import MEASURES
from sector7.times import microseconds

_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, populate_by_name=True)

#: A value that a key of a recipe or scenario may get.
Value = bool | int | float | str
#: Where a value goes: `recipe.pallets`, `recipe.station.5.mtbf_h`, `scenario.timeline.storm.at`.
Key = Annotated[str, Field(min_length=1, max_length=200)]
#: Runs of one study at most: points times replications.
MOST_RUNS: Final = 100_000
#: What a run of a recipe is judged by: watching safety in every instant would cost a third more time.
STEADY: Final[tuple[Invariant, ...]] = ("conservation", "deadlock", "robots")
#: The warm-up is found by MSER-5 instead of given.
MSER: Final = "mser"


class Measure(BaseModel):
    """A response of your own: `value` is an expression over names, `over` says what is made of its course."""

    model_config = _STRICT

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
    value: Annotated[str, Field(min_length=1)]
    per: str = ""
    over: Literal["gain", "mean", "end", "max", "min"] = "gain"
    unit: Annotated[str, Field(max_length=20)] = ""

    @model_validator(mode="after")
    def _per_gain(self) -> Self:
        if self.per and self.over != "gain":
            raise ValueError("per goes with over = 'gain' (the gain of value divided by the gain of per)")
        return self


class Replications(BaseModel):
    """How often each point is run: `min` times, then `step` more until the half-width is met or `max` is reached."""

    model_config = _STRICT

    min: Annotated[int, Field(ge=2, le=10_000)] = 10
    max: Annotated[int | None, Field(ge=2, le=10_000)] = None
    step: Annotated[int, Field(ge=1, le=1000)] = 5
    half_width: Annotated[float | None, Field(gt=0)] = None
    relative: Annotated[float | None, Field(gt=0, lt=1)] = None
    of: str = ""

    @model_validator(mode="after")
    def _stop_rule(self) -> Self:
        rule = self.half_width is not None or self.relative is not None
        if self.half_width is not None and self.relative is not None:
            raise ValueError("gives either half_width (in the response's unit) or relative (a share of the mean)")
        if rule and self.max is None:
            raise ValueError("needs max: how many replications at most")
        if not rule and ({"max", "step", "of"} & self.model_fields_set):
            raise ValueError("max, step and of go with half_width or relative")
        if self.max is not None and self.max < self.min:
            raise ValueError(f"max = {self.max} is less than min = {self.min}")
        return self

    @property
    def most(self) -> int:
        """Replications of a point at most."""
        return self.min if self.max is None else self.max


class Sweep(BaseModel):
    """Values that a key takes one after the other; with several sweeps every combination is a point."""

    model_config = _STRICT

    key: Key | Annotated[list[Key], Field(min_length=1)]
    values: Annotated[list[Value], Field(min_length=1, max_length=1000)]

    @property
    def keys(self) -> list[str]:
        """The keys that get each value together."""
        return [self.key] if isinstance(self.key, str) else list(self.key)

    @field_validator("values")
    @classmethod
    def _differ(cls, values: list[Value]) -> list[Value]:
        twice = [value for i, value in enumerate(values) if value in values[:i]]
        if twice:
            raise ValueError(f"the value {twice[0]!r} is there twice")
        return values


class Alternative(BaseModel):
    """One of the plants that are compared: another recipe, other values of keys, or both. The first is the baseline."""

    model_config = _STRICT

    name: Name
    recipe: str | None = None
    set: dict[str, Value] = {}


class Candidates(BaseModel):
    """Faults that the chaos search may use: every kind on every target at every time."""

    model_config = _STRICT

    kinds: Annotated[list[str], Field(min_length=1)]
    on: Annotated[list[str], Field(min_length=1)]
    at: Annotated[list[SomeTime], Field(min_length=1)]
    for_: Annotated[SomeTime | None, Field(alias="for")] = None
    parameters: dict[str, float] = {}


class Chaos(BaseModel):
    """A search for the smallest set of faults that breaks an expectation."""

    model_config = _STRICT

    runs: Annotated[int, Field(ge=1, le=MOST_RUNS)] = 200
    most: Annotated[int, Field(ge=1, le=64)] = 8
    faults: Annotated[list[Candidates], Field(min_length=1)]


class Study(BaseModel):
    """A whole study: of a recipe that runs by itself, or of a scenario."""

    model_config = _STRICT

    name: Name
    about: Text = ""
    recipe: Annotated[str | None, Field(min_length=1)] = None
    scenario: Annotated[str | None, Field(min_length=1)] = None
    duration: SomeTime | None = None
    seed: Annotated[int, Field(ge=0)] = 0
    warmup: str = MSER
    every: SomeTime = "2m"
    invariants: list[Invariant] | None = None
    confidence: Annotated[float, Field(ge=0.5, le=0.999)] = 0.95
    common_random_numbers: bool = True
    responses: list[str] = []
    response: list[Measure] = []
    replications: Replications = Replications()
    sweep: list[Sweep] = []
    compare: list[Alternative] = []
    expect: list[Expect] = []
    chaos: Chaos | None = None

    @field_validator("warmup")
    @classmethod
    def _a_time_or_mser(cls, text: str) -> str:
        if text != MSER and microseconds(text) is None:
            raise ValueError(f"a time such as 30m, or {MSER!r}")
        return text

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.scenario is None and self.duration is None:
            raise ValueError("needs duration (how long a run is), or a scenario, which has its own")
        if self.scenario is not None and self.recipe is not None:
            raise ValueError("names either a recipe or a scenario, which has its own recipe")
        if us(self.every) < 1_000_000:
            raise ValueError("every must be at least 1s")
        if self.chaos is not None and (self.sweep or self.compare or self.responses or self.response):
            raise ValueError("a chaos search takes no sweep, compare or responses: it is one search on one plant")
        self._measures_fit()
        names = [each.name for each in self.compare]
        if len(set(names)) < len(names):
            raise ValueError(f"compare: the name {next(n for n in names if names.count(n) > 1)!r} is there twice")
        if len(self.compare) == 1:
            raise ValueError("compare needs at least two alternatives, the first is the baseline")
        if (most := self.points * self.replications.most) > MOST_RUNS:
            raise ValueError(f"is {most:,} runs: more than the {MOST_RUNS:,} that one study may have")
        return self

    def _measures_fit(self) -> None:
        own = [each.name for each in self.response]
        for name in own:
            if own.count(name) > 1 or name in MEASURES:
                raise ValueError(f"response: the name {name!r} is taken")
        for name in self.responses:
            if name not in MEASURES:
                raise ValueError(f"responses: {name!r} is none (there are {', '.join(MEASURES)})")
        if len(set(self.responses)) < len(self.responses):
            raise ValueError("responses: a name is there twice")
        of = self.replications.of
        if of and of not in self.names:
            raise ValueError(
                f"replications.of: {of!r} is no response of this study (there are {', '.join(self.names)})"
            )

    @property
    def points(self) -> int:
        """How many combinations of swept values and alternatives there are."""
        product = max(1, len(self.compare))
        for sweep in self.sweep:
            product *= len(sweep.values)
        return product

    @property
    def names(self) -> list[str]:
        """The responses in the order of the file; those of every study if it names none."""
        chosen = list(self.responses)
        if not chosen and not self.response:
            chosen = ["rate", "oee", "wip", "energy_per_robot"]
        return [*chosen, *(each.name for each in self.response)]

    @property
    def measures(self) -> list[Measure]:
        """What is measured, in the order of `names`."""
        own = {each.name: each for each in self.response}
        return [own[name] if name in own else Measure(name=name, **MEASURES[name]._asdict()) for name in self.names]
