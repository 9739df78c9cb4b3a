"""What an exercise is worth: pure arithmetic over what happened, documented in docs/training.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Points for one fault: noticed, named, overcome.
DETECTION: Final = 30.0
DIAGNOSIS: Final = 40.0
RECOVERY: Final = 30.0
#: Where the station is right and the kind is not.
PARTLY: Final = 15.0
#: Full points up to the first time after the fault's beginning, none from the second on, s; linear between.
DETECTED_S: Final = (120.0, 1800.0)
RECOVERED_S: Final = (600.0, 3600.0)
#: Taken off the total for a diagnosis where nothing is wrong, and for each wrong one after the first at a station.
FALSE: Final = 10.0
GUESS: Final = 5.0

RIGHT, PARTLY_RIGHT, WRONG, MISSING = "right", "partly", "wrong", "none"


@dataclass(frozen=True, slots=True)
class Cause:
    """A recorded root cause: its number, kind (name and code), station (0: the line), target, and why; when it began
    and when the station or the line produced again (us, None: it did not)."""

    number: int
    kind: str
    code: int
    station: int
    target: str
    why: str
    since_us: int
    recovered_us: int | None


#: (us, station) of whoever noticed something, and (us, station, code of the kind) of a diagnosis.
Notice = tuple[int, int]
Diagnosis = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Marks:
    """How one fault was dealt with. Times in s after its beginning, None: never."""

    cause: Cause
    detection_s: float | None
    diagnosis: str
    diagnosis_s: float | None
    recovery_s: float | None
    points: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """The score sheet: marks for every fault, diagnoses where nothing was wrong, wrong ones after the first, and the
    total of 100."""

    marks: tuple[Marks, ...]
    false: tuple[Diagnosis, ...]
    guesses: int
    total: float


def judge(causes: Sequence[Cause], notices: Sequence[Notice], diagnoses: Sequence[Diagnosis]) -> Sheet:
    """The score sheet of an exercise; one in which nothing was wrong is worth 100, less what was made up."""
    marks = tuple(_marks(cause, notices, diagnoses) for cause in causes)
    false = tuple(d for d in diagnoses if not _known(d, causes))
    wrong = [d[1] for d in diagnoses if _known(d, causes) and not any(_right(d, cause) for cause in causes)]
    guesses = len(wrong) - len(set(wrong))
    mean = sum(each.points for each in marks) / len(marks) if marks else 100.0
    return Sheet(marks, false, guesses, max(0.0, mean - FALSE * len(false) - GUESS * guesses))


def _marks(cause: Cause, notices: Sequence[Notice], diagnoses: Sequence[Diagnosis]) -> Marks:
    here = [d for d in diagnoses if d[1] == cause.station and d[0] >= cause.since_us]
    right = [d[0] for d in here if d[2] == cause.code]
    seen = [d[0] for d in here] + [n[0] for n in notices if n[1] == cause.station and n[0] >= cause.since_us]
    detection = _after(cause, min(seen, default=None))
    recovery = _after(cause, cause.recovered_us)
    if right:
        diagnosis, named = RIGHT, min(right)
    elif here:
        diagnosis, named = PARTLY_RIGHT, here[0][0]
    else:
        diagnosis, named = (WRONG if any(d[0] >= cause.since_us for d in diagnoses) else MISSING), None
    points = _share(detection, DETECTED_S) * DETECTION + _share(recovery, RECOVERED_S) * RECOVERY
    points += {RIGHT: DIAGNOSIS, PARTLY_RIGHT: PARTLY}.get(diagnosis, 0.0)
    return Marks(cause, detection, diagnosis, _after(cause, named), recovery, points)


def _known(diagnosis: Diagnosis, causes: Sequence[Cause]) -> bool:
    """Was anything wrong there by then?"""
    return any(cause.station == diagnosis[1] and cause.since_us <= diagnosis[0] for cause in causes)


def _right(diagnosis: Diagnosis, cause: Cause) -> bool:
    return diagnosis[1:] == (cause.station, cause.code) and diagnosis[0] >= cause.since_us


def _after(cause: Cause, at_us: int | None) -> float | None:
    return None if at_us is None else (at_us - cause.since_us) / 1e6


def _share(seconds: float | None, limits: tuple[float, float]) -> float:
    if seconds is None:
        return 0.0
    good, bad = limits
    return min(1.0, max(0.0, (bad - seconds) / (bad - good)))
