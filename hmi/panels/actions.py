"""What was commanded last, and what came of it: from all consoles where the plant keeps a log, else from this one."""

from __future__ import annotations

from rich.style import Style

from hmi.draw.ink import ALARM, CAUTION, LABEL, PLAIN, STRONG
from hmi.draw.spans import Line, fit
from hmi.draw.texts import clock
from hmi.frame import Frame
from hmi.link.actions import Action, Result
from hmi.panels.operator_log import log_line
from protocols.records.action_text import action_text

_INK: dict[Result, Style] = {
    Result.PENDING: STRONG,
    Result.OK: PLAIN,
    Result.REFUSED: CAUTION,
    Result.NO_FEEDBACK: ALARM,
    Result.FAILED: ALARM,
}


def action_line(action: Action, width: int) -> Line:
    """One action: plant time, what was asked, the result and why."""
    note = f"  {action.note}" if action.note else ""
    return fit(
        (
            (f" {clock(action.time_us)}  ", LABEL),
            (f"{action.what}  ", PLAIN),
            (action.result.value, _INK[action.result]),
            (note, PLAIN),
        ),
        width,
    )


def actions(frame: Frame, width: int, height: int) -> list[Line]:
    """The newest `height` actions, newest first."""
    if frame.logged:
        return [log_line(frame, entry, action_text(entry), width) for entry in frame.logged[:height]]
    if not frame.actions:
        return [fit(((" No command was given at this console.", LABEL),), width)][:height]
    return [action_line(action, width) for action in frame.actions[:height]]


def last_action(frame: Frame, width: int) -> Line:
    """What the operator must be told at once; else the newest action on one line, empty before the first."""
    if frame.notice:
        return fit(((f" ▲ {frame.notice}", CAUTION),), width)
    return action_line(frame.actions[0], width) if frame.actions else fit((), width)
