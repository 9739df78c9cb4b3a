"""The operator log: who did what at which console, and what became of it."""

from __future__ import annotations

from datetime import datetime

from rich.style import Style

from hmi.draw.ink import CAUTION, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, rule
from hmi.draw.texts import clock
from hmi.frame import Frame
from protocols.records.action_text import action_text
from protocols.tags.session_map import ActionResult, LoggedAction

#: The shortest length to which a log cuts the name of a console.
_CUT = 16
_RESULTS: dict[ActionResult, tuple[str, Style]] = {
    ActionResult.TAKEN: ("taken", LABEL),
    ActionResult.DONE: ("OK", PLAIN),
    ActionResult.REFUSED: ("REFUSED", CAUTION),
    ActionResult.FORBIDDEN: ("FORBIDDEN", CAUTION),
    ActionResult.IGNORED: ("IGNORED: no owner", CAUTION),
}


def operator_log(frame: Frame, width: int) -> list[Line]:
    """A head and one line for each entry, the newest first."""
    note = "all consoles, newest first   * this console"
    lines = [rule("OPERATOR LOG", width, note), fit(((_head(width), LABEL),), width)]
    lines += [log_line(frame, entry, action_text(entry), width) for entry in frame.logged]
    if not frame.logged:
        lines.append(fit(((" Nothing was commanded in this run, from no console.", LABEL),), width))
    return lines


def log_line(frame: Frame, entry: LoggedAction, text: str, width: int) -> Line:
    """One entry: plant time, wall time where there is room and it is known, who, as what, `text`, result."""
    live = frame.live
    result, ink = _RESULTS[entry.result]
    wide = width >= 110
    wall = f"{_here(entry.wall_s):<9}" if wide else ""
    role = entry.role.upper() if entry.role is not None else "SERVER"
    who = clip(f"{'*' if _own(frame, entry.who) else ' '}{entry.who or 'server'}", 26 if wide else 17)
    return fit(
        (
            (f" {clock(entry.time_ms * 1000)} {wall}", LABEL),
            (f"{who} ", PLAIN if live else STALE),
            (f"{clip(role, 9)}" if wide else "", LABEL),
            (f"{text}  ", STRONG if live else STALE),
            (result, ink if live else STALE),
        ),
        width,
    )


def _own(frame: Frame, who: str) -> bool:
    """True if this console is meant: long names are cut in the logs."""
    session = frame.snapshot.session
    if session is None:
        return False
    return who == session.label or (len(who) >= _CUT and session.label.startswith(who))


def _here(wall_s: int) -> str:
    return f"{datetime.fromtimestamp(wall_s):%H:%M:%S}" if wall_s else ""  # noqa: DTZ006 (the console's own time)


def _head(width: int) -> str:
    if width >= 110:
        return f" {'plant':<8} {'here':<9}{'console':<27}{'role':<9}what"
    return f" {'plant':<8}  console          what"
