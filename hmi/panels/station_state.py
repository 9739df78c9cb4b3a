"""Where a station stands in PackML, how long, why, and what would refuse its start."""

from __future__ import annotations

from hmi.draw.ink import CAUTION, LABEL, PLAIN, STALE, STRONG
from hmi.draw.marks import mark
from hmi.draw.spans import Line, Span, fit, flowed, length, pack, rule
from hmi.draw.texts import duration
from hmi.frame import StationView
from protocols.packml import State
from protocols.reasons import START_INTERLOCKS, Reason

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

#: What an operator does about a stop reason (docs/operating.md). For the others, such as time-outs, people come.
_ADVICE: dict[int, str] = {
    Reason.OPERATOR: "release it: Unhold, or Reset and Start",
    Reason.LINE: "release the line (overview)",
    Reason.SAFETY: "it comes back when guard and chain are closed",
    Reason.INTERLOCK: "look at the inputs: which condition is missing?",
    Reason.BOARD_LOST: "it goes on when the board is back (key B)",
    Reason.BOARD_TRIPPED: "Clear acknowledges it",
    Reason.UTILITY: "it goes on when the supply is back (key W)",
    Reason.OWNER_LOST: "mend the PLC, or take the station back (key C)",
}
_PEOPLE_COME = "somebody comes; J calls the attendant now"


def path_of(state: int) -> tuple[State, ...]:
    """The PackML path on which `state` lies."""
    try:
        return _PATHS.get(State(state), _RUN)
    except ValueError:
        return _RUN


def station_state(view: StationView, width: int) -> list[Line]:
    """The section: path, what it does now, stop reason with what to do, interlocks, conditions."""
    return [
        rule("STATE (PackML)", width),
        _path(view, width),
        _doing(view, width),
        *_blocked(view, width),
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


def _blocked(view: StationView, width: int) -> list[Line]:
    """Why it stands, with what to do, and what would refuse a start; on one line where it does not stand."""
    why: Line = ((" Stop reason ", LABEL), (view.reason or "none", CAUTION if view.troubled and view.reason else PLAIN))
    names = interlocks(view)
    blocks: list[Line] = [((f"× {name}", STRONG),) for name in names] or [(("nothing", PLAIN),)]
    by: Line = (("Start blocked by", LABEL),)
    if view.reason:
        advice = _ADVICE.get(view.raw("StopReason"), _PEOPLE_COME)
        return [pack([(0, why), (1, ((f"→ {advice}", LABEL),))], width), *flowed([by, *blocks], width, 2)]
    here: Line = ((" ", PLAIN), why[1])
    if names:
        return flowed([((why[0][0].strip(), LABEL), *here), by, *blocks], width, 2)
    return [pack([(0, why), (1, (*by, (" ", LABEL), *blocks[0]))], width, 3)]


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
