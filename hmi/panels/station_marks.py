"""What is not as it should be at a station, in sentences at the top of its page; nothing where all is well."""

from __future__ import annotations

from hmi.draw.ink import CAUTION, STALE
from hmi.draw.spans import Line, fit
from hmi.draw.texts import duration, long_name
from hmi.frame import StationView
from hmi.operations.degrade import WORDS
from protocols.faults.targets import MECHANISMS
from protocols.stations.feedback import FEEDBACK
from protocols.tags.degraded_map import Degrade


def station_marks(view: StationView, width: int) -> list[Line]:
    """Outputs without feedback, what stands in for the machine, what is injected and forced: a line for each."""
    ink = CAUTION if view.frame.live else STALE
    texts = [*_no_feedback(view), *_degraded(view), *_injected(view), *_forced(view)]
    return [fit(((f" {text}", ink),), width) for text in texts]


def _no_feedback(view: StationView) -> list[str]:
    lines = []
    for row in FEEDBACK[view.number]:
        tag = f"{view.code}.Board.{row.output}"
        waited = view.frame.unanswered.get(tag)
        if waited is not None:
            commanded = bool(view.board.get(tag))
            sensor, wanted = row.wanted(commanded)
            what = f"{long_name(row.output)} is commanded {_word(commanded)}"
            lines.append(f"! NO FEEDBACK  {what}, {long_name(sensor)} stays {_word(not wanted)} for {duration(waited)}")
    return lines


def _word(on: bool) -> str:
    return "on" if on else "off"


def _degraded(view: StationView) -> list[str]:
    mode, phase, parts, left = (view.raw(f"Degraded{name}") for name in ("Mode", "Phase", "Parts", "Left"))
    if not (mode or phase or parts):
        return []
    words = []
    if mode or phase:
        words.append(WORDS[Degrade(mode)] if mode in set(Degrade) else f"mode {mode}")
    if phase:
        words.append(view.tag("DegradedPhase").label(phase).lower())
    if left:
        words.append(f"{duration(left)} left")
    if parts:
        words.append(f"parts: {view.tag('DegradedParts').label(parts).lower()}")
    return [f"■ DEGRADED  {', '.join(words)}"]


def _injected(view: StationView) -> list[str]:
    count = view.raw("InjectedFaults")
    if not count:
        return []
    bits = view.raw("InjectedMechanisms")
    moving = [name for i, name in enumerate(MECHANISMS[view.number]) if bits >> i & 1]
    where = ", ".join([*sorted(long_name(name) for name in view.injected), *moving])
    kind = view.tag("InjectedKind").label(view.raw("InjectedKind"))
    faults = f"{count} fault{'s' if count > 1 else ''}, newest {kind}"
    return [f"! INJECTED  {faults}{f': {where}' if where else ''}"]


def _forced(view: StationView) -> list[str]:
    if not view.forced:
        return []
    names = ", ".join(sorted(long_name(name) for name in view.forced))
    return [f"F FORCED  {names}; the next one ends in {duration(view.raw('ForceLeft'))}"]
