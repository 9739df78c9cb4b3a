"""One fault as a value, checked whole; and what is recorded of it: the true root cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite
from random import Random

from protocols.errors import EmulatorError
from protocols.faults.kinds import BY_KIND, KINDS, FaultKind
from protocols.ports import NEVER


class FaultError(EmulatorError):
    """A fault that cannot be injected: `what` is wrong, and what was expected instead."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(f"{what}: {expected}")
        self.what = what
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Fault:
    """What is to be broken. `target` is written as the kind's level says; `parameters` are complete. It ends by itself
    after `lasts_us` (0: latched until it is cleared). With `off_us` it is intermittent: there for an exponential time
    of mean `on_us`, gone for one of mean `off_us`, beginning with gone."""

    kind: str
    target: str
    parameters: tuple[tuple[str, float], ...] = ()
    other: str = ""
    lasts_us: int = 0
    on_us: int = 0
    off_us: int = 0

    def __getitem__(self, name: str) -> float:
        return dict(self.parameters)[name]

    @property
    def declared(self) -> FaultKind:
        """Its kind."""
        return BY_KIND[self.kind]

    def __str__(self) -> str:
        given = ", ".join(f"{name} {value:g}" for name, value in self.parameters)
        other = f" with {self.other}" if self.other else ""
        return f"{self.kind} of {self.target}{other}" + (f" ({given})" if given else "")


def make(
    kind: str, target: str, parameters: Mapping[str, float] | None = None, *, other: str = "", lasts_us: int = 0,
    on_us: int = 0, off_us: int = 0,
) -> Fault:  # fmt: skip
    """A fault with everything checked but its target, which only a plant knows. Raises FaultError."""
    declared = BY_KIND.get(kind)
    if declared is None:
        raise FaultError(f"fault {kind!r}", f"is no kind of fault{suggest(kind, [k.name for k in KINDS])}")
    given = dict(parameters or {})
    names = [p.name for p in declared.parameters]
    for name in given:
        if name not in names:
            raise FaultError(f"{kind}.{name}", f"is no parameter ({kind} has {', '.join(names) or 'none'})")
    complete = []
    for p in declared.parameters:
        value = given.get(p.name, p.default)
        if value is None:
            raise FaultError(f"{kind}.{p.name}", f"must be given: {p.doc}, {p.unit}, {p.low:g}..{p.high:g}")
        if not isfinite(value) or not p.low <= value <= p.high:
            raise FaultError(f"{kind}.{p.name}", f"must be {p.low:g}..{p.high:g} {p.unit}, not {value:g}")
        complete.append((p.name, float(value)))
    if declared.other != bool(other):
        raise FaultError(f"{kind}.with", "must name the other input" if declared.other else f"{kind} takes none")
    if declared.momentary and (lasts_us or on_us or off_us):
        raise FaultError(kind, "strikes once and is over: it takes no time")
    if bool(on_us) is not bool(off_us):
        raise FaultError(kind, "an intermittent fault needs both its mean times, on and off")
    return Fault(kind, target, tuple(complete), other, lasts_us, on_us, off_us)


def suggest(word: str, known: list[str]) -> str:
    """`; did you mean ...?`, or the choice if nothing is similar and it is short."""
    near = get_close_matches(word, known, n=3, cutoff=0.6)
    if near:
        return f"; did you mean {' or '.join(near)}?"
    return f" (there are {', '.join(known)})" if len(known) <= 40 else ""


@dataclass(slots=True)
class Record:
    """A fault that was injected: by whom, why, when it began and ended (NEVER: it has not), and where it stands."""

    number: int
    fault: Fault
    who: str
    why: str
    since_us: int
    #: Nobody on the line is told of it while it lasts: what is wrong is to be found out.
    hidden: bool = False
    ended_us: int = NEVER
    ended_by: str = ""
    #: Of an intermittent one: is it there just now, and how often was it?
    present: bool = False
    strikes: int = 0
    #: When it ends by itself, turns on or off, and takes its next step (noise, drift, spikes).
    end_us: int = NEVER
    turn_us: int = NEVER
    step_us: int = NEVER
    #: When it was last there anew.
    onset_us: int = 0
    #: What noise, drift and spikes add now; the counts at which a reading is frozen.
    offset: float = 0.0
    stuck: int = -1
    #: Its random stream, while it has not ended.
    stream: Random | None = None

    @property
    def active(self) -> bool:
        """True until it has ended."""
        return self.ended_us == NEVER

    @property
    def dice(self) -> Random:
        """The random stream of one that has not ended."""
        assert self.stream is not None
        return self.stream

    @property
    def due_us(self) -> int:
        """When something is to be done about it."""
        return min(self.end_us, self.turn_us, self.step_us)
