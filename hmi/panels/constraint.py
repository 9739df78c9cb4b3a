"""The constraint in one sentence: which station limits the line, why, and whom it starves or blocks."""

from __future__ import annotations

from hmi.draw.ink import CAUTION, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, fit
from hmi.draw.texts import duration
from hmi.frame import Frame, StationView
from protocols.packml import State


def names(codes: list[str]) -> str:
    """Station codes in few words: ST06, ST06 ST07, or ST06..ST09."""
    return " ".join(codes) if len(codes) <= 2 else f"{codes[0]}..{codes[-1]}"


def starved_behind(frame: Frame, number: int) -> list[str]:
    """The unbroken run of starved stations downstream of station `number`."""
    codes = []
    for view in frame.stations[number:]:
        if not view.raw("Starved"):
            break
        codes.append(view.code)
    return codes


def blocked_before(frame: Frame, number: int) -> list[str]:
    """The unbroken run of blocked stations upstream of station `number`, in line order."""
    codes: list[str] = []
    for view in reversed(frame.stations[: number - 1]):
        if not view.raw("Blocked"):
            break
        codes.insert(0, view.code)
    return codes


def limiting(frame: Frame) -> StationView | None:
    """The station that limits the line, None if it keeps its takt: a running one limits only if it is slower."""
    number = frame.raw("Line.Constraint")
    if not 1 <= number <= len(frame.stations):
        return None
    view = frame.station(number)
    in_time = view.scaled("CycleTime") <= frame.scaled("Line.TaktTarget")
    return None if view.state == State.EXECUTE and in_time else view


def sentence(frame: Frame, titles: bool = True) -> str:
    """For instance: ST05 Joint assembly HELD 3m31s (Step 4 timed out) -> starving ST06, blocking ST04.

    Without `titles` the station is named by its code alone.
    """
    state = frame.raw("Line.StateCurrent")
    view = limiting(frame)
    if view is None or view.by_command:
        return (
            "none, the line keeps its takt" if state == State.EXECUTE else f"none, the line is {frame.line_mark.name}"
        )
    number = view.number
    text = _cause(view, titles)
    effects = []
    if starved := starved_behind(frame, number):
        effects.append(f"starving {names(starved)}")
    if blocked := blocked_before(frame, number):
        effects.append(f"blocking {names(blocked)}")
    return f"{text} -> {', '.join(effects)}" if effects else text


def _cause(view: StationView, titles: bool) -> str:
    head = f"{view.code} {view.io.title}" if titles else view.code
    if view.state == State.EXECUTE:
        cycle, takt = view.scaled("CycleTime"), view.frame.scaled("Line.TaktTarget")
        return f"{head} is the slowest: cycle {cycle:.1f} s, takt {takt:.0f} s"
    why = f" ({view.reason})" if view.reason else ""
    return f"{head} {view.mark.name} {duration(view.elapsed_s)}{why}"


def constraint(frame: Frame, width: int) -> Line:
    """The sentence as a line of the overview."""
    if not frame.live:
        return fit(((" Constraint: ", LABEL), ("?", STALE)), width)
    view = limiting(frame)
    ink = PLAIN if view is None else CAUTION if view.troubled else STRONG
    text = sentence(frame)
    if len(text) + 13 > width:
        text = sentence(frame, titles=False)
    return fit(((" Constraint: ", LABEL), (text, ink)), width)
