"""Who needs attention: stations that stopped for a reason of their own, worst and newest first."""

from __future__ import annotations

from collections.abc import Sequence

from hmi.draw.ink import LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, pack
from hmi.draw.texts import duration
from hmi.frame import Frame, StationView


def attention(frame: Frame, width: int, height: int) -> list[Line]:
    """At most `height` lines; if there are more stations than lines, the last one says how many."""
    if not frame.live:
        return [fit(((" ?", STALE), (" no fresh data", LABEL)), width)]
    troubled = sorted(
        (v for v in frame.stations if v.fitted and v.troubled), key=lambda v: (-v.mark.level, v.elapsed_s)
    )
    room = max(1, height - 1)
    lines = [_stopped(view, width) for view in troubled[:room]]
    if len(troubled) > room:
        lines[-1] = fit(((f" … and {len(troubled) - room + 1} more stations stopped", STRONG),), width)
    commanded = [v for v in frame.stations if v.fitted and v.by_command]
    if commanded and len(lines) < room:
        lines.append(_commanded(commanded, width))
    if not lines:
        lines = [fit(((" No station is stopped for a reason of its own.", LABEL),), width)]
    return [*lines, _waiting(frame, width)][:height]


def _stopped(view: StationView, width: int) -> Line:
    mark = view.mark
    return pack(
        [
            (0, ((" ", PLAIN), (clip(mark.text, 11), mark.block))),
            (1, ((f"{view.code} {view.io.title}", STRONG),)),
            (2, ((duration(view.elapsed_s), PLAIN),)),
            (1, ((view.reason or "no reason given", PLAIN),)),
        ],
        width,
    )


def _commanded(views: Sequence[StationView], width: int) -> Line:
    """All stations that stand by the line's command, on one line: they are no news of their own."""
    first = views[0]
    text = f"{len(views)} stations" if len(views) > 1 else f"{first.code} {first.io.title}"
    return pack(
        [
            (0, ((" ", PLAIN), (clip(first.mark.text, 11), first.mark.block))),
            (1, ((text, STRONG),)),
            (2, ((duration(first.elapsed_s), PLAIN),)),
            (1, ((first.reason, PLAIN),)),
        ],
        width,
    )


def _waiting(frame: Frame, width: int) -> Line:
    starved = " ".join(v.code for v in frame.stations if v.raw("Starved")) or "none"
    blocked = " ".join(v.code for v in frame.stations if v.raw("Blocked")) or "none"
    return pack(
        [(0, ((" Starved ◁ ", LABEL), (starved, PLAIN))), (1, (("Blocked ▷ ", LABEL), (blocked, PLAIN)))], width, 3
    )
