"""Where a station stands in PackML, how long, why, and what would refuse its start."""

from __future__ import annotations

from hmi.draw.ink import CAUTION, LABEL, PLAIN, STALE, STRONG
from hmi.draw.marks import mark
from hmi.draw.spans import Line, Span, fit, length, pack, rule
from hmi.draw.texts import duration
from hmi.frame import StationView
from protocols.packml import State
from protocols.reasons import START_INTERLOCKS

_S = State
_HOLD = (_S.EXECUTE, _S.HOLDING, _S.HELD, _S.UNHOLDING, _S.EXECUTE)
_SUSPEND = (_S.EXECUTE, _S.SUSPENDING, _S.SUSPENDED, _S.UNSUSPENDING, _S.EXECUTE)
_ABORT = (_S.ABORTING, _S.ABORTED, _S.CLEARING, _S.STOPPED, _S.RESETTING, _S.IDLE)
_STOP = (_S.STOPPING, _S.STOPPED, _S.RESETTING, _S.IDLE, _S.STARTING, _S.EXECUTE)
_RUN = (_S.STOPPED, _S.RESETTING, _S.IDLE, _S.STARTING, _S.EXECUTE, _S.COMPLETING, _S.COMPLETE)

#: The stretch of the state model that is worth showing around each state.
_PATHS: dict[State, tuple[State, ...]] = {
    **dict.fromkeys((_S.HOLDING, _S.HELD, _S.UNHOLDING), _HOLD),
    **dict.fromkeys((_S.SUSPENDING, _S.SUSPENDED, _S.UNSUSPENDING), _SUSPEND),
    **dict.fromkeys((_S.ABORTING, _S.ABORTED, _S.CLEARING), _ABORT),
    **dict.fromkeys((_S.STOPPING, _S.STOPPED), _STOP),
}

#: Conditions of a station that an operator checks first: bit, text if it is well, text if not, the value that is well.
_CONDITIONS = (
    ("SafetyOk", "safety chain closed", "SAFETY CHAIN OPEN", 1),
    ("LinkOk", "board answers", "BOARD LOST", 1),
    ("Tripped", "board not tripped", "BOARD TRIPPED", 0),
    ("Interlock", "no board interlock", "BOARD INTERLOCK", 0),
)


def path_of(state: int) -> tuple[State, ...]:
    """The PackML path on which `state` lies."""
    try:
        return _PATHS.get(State(state), _RUN)
    except ValueError:
        return _RUN


def station_state(view: StationView, width: int) -> list[Line]:
    """The section of four lines: path, what it does now, stop reason and interlocks, conditions."""
    return [
        rule("STATE (PackML)", width),
        _path(view, width),
        _doing(view, width),
        _blocked(view, width),
        _conditions(view, width),
    ]


def _path(view: StationView, width: int) -> Line:
    here, steps = view.state, path_of(view.state)
    spans: list[Span] = [(" ", PLAIN)]
    found = False
    for i, state in enumerate(steps):
        spans.append((" → " if i else "", LABEL))
        if state == here and not found:
            found = True
            unsure = "" if view.frame.live else "?"
            block = view.mark.block if view.mark.level >= 2 else STRONG
            ink = block if view.frame.live else STALE
            spans.append((f"[{unsure}{mark(here).text} {duration(view.elapsed_s)}]", ink))
        else:
            spans.append((state.name, LABEL))
    if not found:
        spans.append((f"   now: [{view.mark.text} {duration(view.elapsed_s)}]", STRONG))
    line = tuple(spans)
    if length(line) <= width:
        return line
    # Too narrow for the whole path: the present state alone.
    return fit(tuple(span for span in spans if span[0].startswith((" ", "[")) and "→" not in span[0]), width)


def _doing(view: StationView, width: int) -> Line:
    ink = PLAIN if view.frame.live else STALE
    serial, pallet = view.raw("SerialNumber"), view.raw("PalletNumber")
    carrier = view.tag("CarrierCondition").text(view.raw("CarrierCondition"))
    return pack(
        [
            (
                0,
                (
                    (" Step ", LABEL),
                    (f"{view.raw('StepNumber')} {view.step} for {view.scaled('StepElapsed'):.1f} s", ink),
                ),
            ),
            (3, (("Mode ", LABEL), (view.tag("UnitModeCurrent").text(view.raw("UnitModeCurrent")), ink))),
            (2, (("Owner ", LABEL), (view.tag("Owner").text(view.raw("Owner")), ink))),
            (1, (("Robot ", LABEL), (f"SN{serial}" if serial else "none", ink))),
            (4, (("Pallet ", LABEL), (f"{pallet} {carrier}" if pallet else "none", ink))),
            (5, (("Program ", LABEL), (str(view.raw("CurrentProgram")), ink))),
        ],
        width,
    )


def interlocks(view: StationView) -> list[str]:
    """What would refuse a start now, in words."""
    bits = view.raw("StartInterlock")
    return [text for i, text in enumerate(START_INTERLOCKS) if bits >> i & 1]


def _blocked(view: StationView, width: int) -> Line:
    why: Line = ((" Stop reason ", LABEL), (view.reason or "none", CAUTION if view.troubled and view.reason else PLAIN))
    names = interlocks(view)
    if not names:
        return pack([(0, why), (1, (("Start blocked by ", LABEL), ("nothing", PLAIN)))], width, 3)
    blocks: list[tuple[int, Line]] = [(i + 2, ((f"× {name}", STRONG),)) for i, name in enumerate(names)]
    return pack([(0, why), (1, (("Start blocked by", LABEL),)), *blocks], width)


def _conditions(view: StationView, width: int) -> Line:
    parts: list[tuple[int, Line]] = []
    for name, well, ill, good in _CONDITIONS:
        fine = view.raw(name) == good
        if not view.frame.live:
            span: Span = (f" ? {well}", STALE)
        else:
            span = (f" ✓ {well}", LABEL) if fine else (f" ■ {ill}", CAUTION)
        parts.append((1 if fine else 0, (span,)))
    return pack(parts, width, 1)
