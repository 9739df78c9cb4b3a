"""All boards and their links: the kind each station has, how its line does."""

from __future__ import annotations

from rich.style import Style

from hmi.draw.ink import ALARM_BLOCK, CAUTION, CAUTION_BLOCK, CURSOR, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, rule
from hmi.frame import Frame, StationView

SERIAL, REMOTE = 3, 4
_CONNECTED, _SEARCHING, _LOST, _REFUSED = 1, 2, 3, 4

#: (head, tag, cells); those behind the first eight need a wider screen.
_COLUMNS = (
    ("mean ms", "LinkRttMean", 8),
    ("max", "LinkRttMax", 7),
    ("jitter", "LinkJitter", 7),
    ("retry", "LinkRetries", 6),
    ("CRC", "LinkGarbled", 6),
    ("none", "LinkTimeouts", 6),
    ("late", "LinkLate", 6),
    ("lost", "LinkLost", 6),
    ("last ms", "LinkRtt", 8),
    ("found", "LinkConnects", 6),
    ("asked", "LinkAsked", 11),
    ("answered", "LinkAnswered", 11),
)
_NARROW = 8
_WIDE = 120
#: From this height on every board has a line of its own.
_TALL = 32
#: On lower screens the boards stand side by side: so many below one another, in columns of so many cells.
_BELOW, _CELL = 4, 26


def boards(frame: Frame, width: int, height: int, cursor: int) -> list[Line]:
    """A line for each station, or three columns of them where the screen is low; `cursor` is the selected station."""
    if height < _TALL:
        return _grid(frame, width, cursor)
    columns = _COLUMNS if width >= _WIDE else _COLUMNS[:_NARROW]
    head = f" {'#':>2} {'Board':<10}{'Link':<12}" + "".join(f"{name:>{cells}}" for name, _, cells in columns)
    return [
        rule("BOARDS", width, "times of a real board's exchanges; none: no answer to an attempt"),
        fit(((head, LABEL),), width),
        *(fit(_row(view, columns, view.number == cursor), width) for view in frame.stations),
    ]


def _grid(frame: Frame, width: int, cursor: int) -> list[Line]:
    lines: list[Line] = [rule("BOARDS", width, "↑↓ choose one")]
    for first in range(1, _BELOW + 1):
        line: Line = ()
        for number in range(first, 13, _BELOW):
            line += fit(_row(frame.station(number), (), number == cursor), _CELL)
        lines.append(fit(line, width))
    return lines


def _row(view: StationView, columns: tuple[tuple[str, str, int], ...], cursor: bool) -> Line:
    if not view.fitted:
        return ((f" {view.number:>2} not fitted", CURSOR if cursor else LABEL),)
    live = view.frame.live
    plain, unsure = (PLAIN, "") if live else (STALE, "?")
    text, style = link(view)
    line: list[tuple[str, Style]] = [
        (f" {view.number:>2} ", CURSOR if cursor else STRONG),
        (f"{clip(tier(view), 9)} ", CURSOR if cursor else plain),
        (clip(unsure + text, 11), style if live else STALE),
        (" ", plain),
    ]
    if view.raw("BoardTier") == SERIAL:
        for _, name, cells in columns:
            bad = name == "LinkLost" and view.raw(name)
            line.append((f"{view.tag(name).text(view.raw(name)):>{cells}}", CAUTION if bad and live else plain))
    return tuple(line)


def tier(view: StationView) -> str:
    """The kind of board that the station has."""
    return view.tag("BoardTier").label(view.raw("BoardTier"))


def link(view: StationView) -> tuple[str, Style]:
    """How it stands with the board, in words with a shape."""
    state = view.raw("BoardLink")
    if state == _REFUSED:
        return "× REFUSED", ALARM_BLOCK
    if state == _SEARCHING:
        return "◌ SEARCHING", CAUTION
    if state == _LOST or not view.raw("LinkOk"):
        return "■ LINK LOST", CAUTION_BLOCK
    return ("● connected" if state == _CONNECTED else "● ok"), PLAIN


def well(view: StationView) -> bool:
    """True while the station's board is there and answers."""
    return view.raw("BoardLink") not in (_SEARCHING, _LOST, _REFUSED) and bool(view.raw("LinkOk"))
