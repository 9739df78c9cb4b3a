"""What a scenario file may say. Times are text (`90s`, `1h30m`), conditions expressions, values engineering units."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from protocols.packml import Command, Mode
from protocols.tags.degraded_map import Degrade
from sector7.times import microseconds

_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, populate_by_name=True)

Invariant = Literal["conservation", "safety", "deadlock", "robots"]
COMMANDS = tuple(command.name.title() for command in Command if command)
MODES = tuple(mode.name.title() for mode in Mode)
DEGRADES = tuple(mode.name.title() for mode in Degrade)


def _time(text: str) -> str:
    if microseconds(text) is None:
        raise ValueError("a time up to 366 days such as 90s, 30m, 24h or 7d")
    return text


def _some_time(text: str) -> str:
    if not microseconds(text):
        raise ValueError("a time above zero, up to 366 days, such as 90s, 30m, 24h or 7d")
    return text


Time = Annotated[str, AfterValidator(_time)]
SomeTime = Annotated[str, AfterValidator(_some_time)]
Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]+$")]
Text = Annotated[str, Field(max_length=400, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]
Condition = Annotated[str, Field(min_length=1)]
Number = Annotated[float, Field(ge=-1e12, le=1e12)]


class Random(BaseModel):
    """Mean times of an intermittent fault."""

    model_config = _STRICT

    on: SomeTime
    off: SomeTime


class Action(BaseModel):
    """One thing that is done. Exactly one of the first eleven keys says which; the others go with it."""

    model_config = _STRICT

    fault: str | None = None
    clear: str | None = None
    command: str | None = None
    mode: str | None = None
    set: str | None = None
    write: str | None = None
    jam_clear: str | None = None
    e_stop: Literal["press", "release"] | None = None
    configure: str | None = None
    commission: Literal["release", "produce", "stop"] | None = None
    degrade: str | None = None

    on: str | None = None
    with_: Annotated[str | None, Field(alias="with")] = None
    parameters: dict[str, Number] = {}
    for_: Annotated[SomeTime | None, Field(alias="for")] = None
    random: Random | None = None
    why: Text = ""
    to: str | None = None
    donor: str | None = None
    value: Number | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        kinds = [name for name in KINDS if getattr(self, name) is not None]
        if len(kinds) != 1:
            raise ValueError(f"says what to do with exactly one of {', '.join(KINDS)}")
        wanted, possible = KINDS[kinds[0]]
        for name in wanted:
            if getattr(self, name) is None:
                raise ValueError(f"{kinds[0]} needs {name}")
        for name in self.model_fields_set - {kinds[0], *wanted, *possible}:
            raise ValueError(f"{name.rstrip('_')} does not go with {kinds[0]}")
        if self.command is not None and self.command not in COMMANDS:
            raise ValueError(f"command must be one of {', '.join(COMMANDS)}, not {self.command!r}")
        if self.mode is not None and self.mode not in MODES:
            raise ValueError(f"mode must be one of {', '.join(MODES)}, not {self.mode!r}")
        if self.degrade is not None and self.degrade not in DEGRADES:
            raise ValueError(f"degrade must be one of {', '.join(DEGRADES)}, not {self.degrade!r}")
        if self.degrade is not None and bool(self.donor) is not (self.degrade == "Cannibalise"):
            raise ValueError("donor goes with Cannibalise, and Cannibalise needs it")
        return self

    @property
    def kind(self) -> str:
        """Which of the eleven it is."""
        return next(name for name in KINDS if getattr(self, name) is not None)


#: What goes with each kind of action: keys that must be there, keys that may.
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "fault": (("on",), ("with_", "parameters", "for_", "random", "why")),
    "clear": ((), ()),
    "command": (("to",), ()),
    "mode": (("to",), ()),
    "set": (("value",), ()),
    "write": (("value",), ()),
    "jam_clear": ((), ()),
    "e_stop": ((), ()),
    "configure": (("value",), ()),
    "commission": ((), ()),
    "degrade": (("to",), ("donor",)),
}


class Entry(BaseModel):
    """Something that happens: `at` a time, or `when` a condition becomes true; once, or again `every` so often."""

    model_config = _STRICT

    name: Name = ""
    at: Time | None = None
    when: Condition | None = None
    every: SomeTime | None = None
    times: Annotated[int | None, Field(ge=1, le=1_000_000)] = None
    do: Annotated[list[Action], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_moment(self) -> Self:
        if self.at is None and self.when is None:
            raise ValueError("needs at or when (with both, the condition counts from that time on)")
        if self.times is not None and self.every is None:
            raise ValueError("times needs every")
        return self


class Expect(BaseModel):
    """Something that must hold. Exactly one of at_end, always, never, within says when."""

    model_config = _STRICT

    name: Name
    at_end: Condition | None = None
    always: Condition | None = None
    never: Condition | None = None
    within: SomeTime | None = None

    of: Name | None = None
    when: Condition | None = None
    that: Condition | None = None
    holding: SomeTime | None = None
    since: Time | None = None
    until: SomeTime | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = [name for name in ("at_end", "always", "never", "within") if getattr(self, name) is not None]
        if len(kinds) != 1:
            raise ValueError("says when with exactly one of at_end, always, never, within")
        kind = kinds[0]
        goes = {"within": {"of", "when", "that", "holding"}, "at_end": set[str]()}.get(kind, {"since", "until"})
        for name in sorted(self.model_fields_set - {"name", kind} - goes):
            raise ValueError(f"{name} does not go with {kind}")
        if kind == "within":
            if self.that is None:
                raise ValueError("within needs that: the condition that must become true")
            if (self.of is None) is (self.when is None):
                raise ValueError("within needs either of (the name of a timeline entry) or when (a condition)")
        return self

    @property
    def kind(self) -> str:
        """at_end, always, never or within."""
        return next(name for name in ("at_end", "always", "never", "within") if getattr(self, name) is not None)

    @property
    def condition(self) -> str:
        """The condition that is judged."""
        return self.that or self.at_end or self.always or self.never or ""


class Scenario(BaseModel):
    """A whole scenario."""

    model_config = _STRICT

    name: Name
    about: Text = ""
    recipe: Annotated[str, Field(min_length=1)] = "castle"
    start: Literal["warm", "dormant"] | None = None
    boards: dict[str, Literal["simulated", "emulated"]] = {}
    hidden: bool = False
    seed: Annotated[int, Field(ge=0)] = 0
    duration: SomeTime
    sample: SomeTime = "1s"
    invariants: list[Invariant] = ["conservation", "safety", "deadlock", "robots"]
    timeline: list[Entry] = []
    expect: list[Expect] = []

    @property
    def duration_us(self) -> int:
        """How long it runs."""
        return us(self.duration)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        end = self.duration_us
        if us(self.sample) < 10_000:
            raise ValueError("sample must be at least 10ms, the grid of the PLC scan")
        for number, entry in enumerate(self.timeline, 1):
            if entry.at is not None and us(entry.at) >= end:
                raise ValueError(f"timeline[{number}].at = {entry.at} is not before the end ({self.duration})")
        for number, expect in enumerate(self.expect, 1):
            if us(expect.since or "0") >= us(expect.until or self.duration) or us(expect.until or "0") > end:
                raise ValueError(f"expect[{number}]: since, until and duration are not in this order")
        for what, names in (("timeline", [e.name for e in self.timeline if e.name]), ("expect", self.names)):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"{what}: the name {twice[0]!r} is there twice")
        return self

    @property
    def names(self) -> list[str]:
        """The names of what is expected."""
        return [expect.name for expect in self.expect]


@cache
def us(text: str) -> int:
    """Microseconds of a time that was checked. Asked at every sample, for the few texts of a file."""
    found = microseconds(text)
    assert found is not None
    return found
