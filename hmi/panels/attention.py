"""Who needs attention: stations that stopped for a reason of their own, worst and newest first."""

from __future__ import annotations

from collections.abc import Sequence

from hmi.draw.ink import LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, pack
from hmi.draw.texts import duration
from hmi.frame import Frame, StationView

#: So many stations that stand for the same reason share a line.
_NEWS_TOGETHER = 3


def attention(frame: Frame, width: int, height: int) -> list[Line]:
    """At most `height` lines; if there are more stations than lines, the last one says how many."""
    if not frame.live:
        return [fit(((" ?", STALE), (" no fresh data", LABEL)), width)]
    troubled = sorted(
        (v for v in frame.stations if v.fitted and v.troubled), key=lambda v: (-v.mark.level, v.elapsed_s)
    )
    room = max(1, height - 1)
    groups = _together(troubled)
    lines = [_stopped(group[0], width) if len(group) == 1 else _all_of(group, width) for group in groups[:room]]
    if len(groups) > room:
        left = sum(len(group) for group in groups[room - 1 :])
        lines[-1] = fit(((f" … and {left} more stations stopped", STRONG),), width)
    commanded = [v for v in frame.stations if v.fitted and v.by_command]
    if commanded and len(lines) < room:
        lines.append(_all_of(commanded, width))
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


def _together(views: Sequence[StationView]) -> list[list[StationView]]:
    """Three and more stations that stand for the same reason are one piece of news, at the place of the first."""
    alike: dict[tuple[str, str], list[StationView]] = {}
    for view in views:
        alike.setdefault((view.mark.text, view.reason), []).append(view)
    groups: list[list[StationView]] = []
    for group in alike.values():
        groups += [group] if len(group) >= _NEWS_TOGETHER else [[view] for view in group]
    return groups


def _all_of(views: Sequence[StationView], width: int) -> Line:
    """Stations that stand alike on one line: how many, since when the last of them, why, which."""
    first = views[0]
    text = f"{len(views)} stations" if len(views) > 1 else f"{first.code} {first.io.title}"
    parts: list[tuple[int, Line]] = [
        (0, ((" ", PLAIN), (clip(first.mark.text, 11), first.mark.block))),
        (1, ((text, STRONG),)),
        (2, ((duration(first.elapsed_s), PLAIN),)),
        (1, ((first.reason or "no reason given", PLAIN),)),
    ]
    if len(views) > 1:
        parts.append((3, ((" ".join(view.code for view in sorted(views, key=lambda one: one.number)), LABEL),)))
    return pack(parts, width)


def _waiting(frame: Frame, width: int) -> Line:
    starved = " ".join(v.code for v in frame.stations if v.raw("Starved")) or "none"
    blocked = " ".join(v.code for v in frame.stations if v.raw("Blocked")) or "none"
    return pack(
        [(0, ((" Starved ◁ ", LABEL), (starved, PLAIN))), (1, (("Blocked ▷ ", LABEL), (blocked, PLAIN)))], width, 3
    )
