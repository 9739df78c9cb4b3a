"""One fault at a time of its own: what chaos is made of. From a study's candidates come all of them, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import product

from protocols.faults.kinds import BY_KIND, KINDS
from protocols.faults.targets import SERVICES, SOURCES
from sector7.faults.fault import FaultError, make, suggest
from sector7.rig.rig import Rig
from sector7.scenario.model import Entry, us
from sector7.studies.load import StudyFile
from sector7.studies.study import Candidates
from sector7.times import written


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault that begins at `at_us` and ends after `lasts_us` (0: it stays, or is momentary)."""

    kind: str
    on: str
    at_us: int
    lasts_us: int = 0
    parameters: tuple[tuple[str, float], ...] = ()

    def __str__(self) -> str:
        given = "".join(f", {name} {value:g}" for name, value in self.parameters)
        lasting = f" for {written(self.lasts_us)}" if self.lasts_us else ""
        return f"{self.kind} of {self.on} at {written(self.at_us)}{lasting}{given}"

    def entry(self, number: int) -> Entry:
        """It as the entry of a timeline."""
        action: dict[str, object] = {"fault": self.kind, "on": self.on, "why": "chaos search"}
        if self.lasts_us:
            action["for"] = written(self.lasts_us)
        if self.parameters:
            action["parameters"] = dict(self.parameters)
        return Entry.model_validate({"name": f"strike {number}", "at": written(self.at_us), "do": [action]})


def strikes_of(source: StudyFile, rig: Rig, duration_us: int) -> list[Strike]:
    """All that a study's chaos may use, in the order of the file. Raises StudyError."""
    chaos = source.study.chaos
    assert chaos is not None
    found: dict[Strike, None] = {}
    targets = targets_of(rig)
    for number, row in enumerate(chaos.faults):
        for strike in _row(source, number, row, rig, targets):
            if strike.at_us >= duration_us:
                late = f"{written(strike.at_us)} is not before the end of a run ({written(duration_us)})"
                raise source.wrong(("chaos", "faults", number, "at"), late)
            found[strike] = None
    return list(found)


def targets_of(rig: Rig) -> list[str]:
    """Everything that a fault can be on."""
    names = [*rig.plant.utilities, *SOURCES, SERVICES]
    for cabinet in rig.cabinets:
        code, station = cabinet.unit.io.code, cabinet.station
        parts = [*station.terminals.names, *station.signals, *(m.name for m in station.mechanisms)]
        names += [code, *(f"{code}.{part}" for part in dict.fromkeys(parts) if part)]
    return list(dict.fromkeys(names))


def _row(source: StudyFile, number: int, row: Candidates, rig: Rig, targets: Sequence[str]) -> list[Strike]:
    place = ("chaos", "faults", number)
    for kind in row.kinds:
        if kind not in BY_KIND:
            raise source.wrong((*place, "kinds"), f"{kind!r} is no fault{suggest(kind, [k.name for k in KINDS])}")
        if BY_KIND[kind].other:
            raise source.wrong((*place, "kinds"), f"{kind} needs two inputs: write it into a scenario")
    takers = {parameter.name for kind in row.kinds for parameter in BY_KIND[kind].parameters}
    for name in row.parameters:
        if name not in takers:
            raise source.wrong((*place, "parameters"), f"{name!r} is a parameter of none of {', '.join(row.kinds)}")
    struck: list[Strike] = []
    for kind, pattern in product(row.kinds, row.on):
        on = [name for name in targets if fnmatchcase(name, pattern)]
        fitting, why = _fitting(kind, on, row, rig)
        if not fitting:
            raise source.wrong((*place, "on"), why or f"{pattern!r} is nothing here{suggest(pattern, list(targets))}")
        struck += [_strike(kind, name, us(at), row) for name in fitting for at in row.at]
    return struck


def _fitting(kind: str, names: Sequence[str], row: Candidates, rig: Rig) -> tuple[list[str], str]:
    """Those of `names` that the fault can be on; and why the last one is none of them."""
    fitting, why = [], ""
    for name in names:
        strike = _strike(kind, name, 0, row)
        try:
            rig.faults.check(make(kind, name, dict(strike.parameters), lasts_us=strike.lasts_us))
        except FaultError as error:
            why = str(error)
        else:
            fitting.append(name)
    return fitting, why


def _strike(kind: str, on: str, at_us: int, row: Candidates) -> Strike:
    declared = BY_KIND[kind]
    own = {parameter.name for parameter in declared.parameters}
    parameters = tuple((name, value) for name, value in row.parameters.items() if name in own)
    return Strike(kind, on, at_us, us(row.for_) if row.for_ and not declared.momentary else 0, parameters)
