"""All boards and the link to the plant in two lines: who is well is counted, who is not is named."""

from __future__ import annotations

from collections import Counter

from hmi.draw.ink import CAUTION, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, pack
from hmi.frame import Frame
from hmi.panels.boards import link, tier, well


def board_strip(frame: Frame, width: int, height: int) -> list[Line]:
    """At most two lines: boards by kind and by trouble, then how the server is doing."""
    return [_boards(frame, width), _server(frame, width)][:height]


def _boards(frame: Frame, width: int) -> Line:
    if not frame.live:
        return pack([(0, ((" Boards  ", LABEL), ("? not known", STALE)))], width)
    fitted = [view for view in frame.stations if view.fitted]
    troubled = [view for view in fitted if not well(view)]
    kinds = Counter(tier(view).lower() for view in fitted if well(view) and view.raw("BoardTier"))
    parts: list[tuple[int, Line]] = []
    for text, style in dict.fromkeys(link(view) for view in troubled):
        where = " ".join(str(view.number) for view in troubled if link(view)[0] == text)
        parts.append((0, ((text, style), (f" at {where}", STRONG))))
    of = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    parts += [(1, ((f"● {len(fitted) - len(troubled)} ok", PLAIN),)), (3, ((of, LABEL),) if of else ())]
    differ = [str(view.number) for view in fitted if view.raw("TwinDiffering")]
    if differ:
        parts.append((2, ((f"! real sensors differ at {' '.join(differ)}", CAUTION),)))
    head = " Boards  "
    return ((head, LABEL), *pack([part for part in parts if part[1]], width - len(head)))


def _server(frame: Frame, width: int) -> Line:
    snapshot = frame.snapshot
    ink = PLAIN if frame.live else STALE
    rate = f"{snapshot.rate_hz:.0f} Hz {snapshot.latency_s * 1000:.0f} ms" if frame.live else "?"
    parts: list[tuple[int, Line]] = [(0, ((" Modbus  ", LABEL), (f"{'●' if frame.live else '■'} {rate}", ink)))]
    for name, text in (("Exceptions", "exceptions"), ("IgnoredWrites", "ignored writes")):
        count = frame.raw(f"Line.{name}")
        parts.append((1, ((f"{count} {text}", ink),)))
    return pack(parts, width)
