"""All boards and their links: the kind each station has, how its line does, real sensors against the plant's."""

from __future__ import annotations

from rich.style import Style

from hmi.draw.ink import ALARM_BLOCK, CAUTION, CAUTION_BLOCK, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, rule
from hmi.draw.texts import duration, long_name
from hmi.frame import Frame, StationView

_SERIAL, _REMOTE = 3, 4
_CONNECTED, _SEARCHING, _LOST, _REFUSED = 1, 2, 3, 4

#: (head, tag, cells); those behind the first nine need a wider screen.
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


def boards(frame: Frame, width: int) -> list[Line]:
    """The table, and below it the sensors that differ."""
    columns = _COLUMNS if width >= 120 else _COLUMNS[:_NARROW]
    head = f" {'#':>2}  {'Board':<10}{'Link':<12}" + "".join(f"{name:>{cells}}" for name, _, cells in columns)
    return [
        rule("BOARDS", width, "times of a real board's exchanges; none: no answer to an attempt"),
        fit(((head, LABEL),), width),
        *(fit(_row(view, columns), width) for view in frame.stations),
        *_sensors(frame, width),
    ]


def _row(view: StationView, columns: tuple[tuple[str, str, int], ...]) -> Line:
    number = (f" {view.number:>2}  ", STRONG if view.fitted else LABEL)
    if not view.fitted:
        return (number, ("not fitted", LABEL))
    live = view.frame.live
    plain, unsure = (PLAIN, "") if live else (STALE, "?")
    tier = view.raw("BoardTier")
    text, style = _link(view)
    line: list[tuple[str, Style]] = [
        number,
        (f"{clip(view.tag('BoardTier').label(tier), 9)} ", plain),
        (clip(unsure + text, 11), style if live else STALE),
        (" ", plain),
    ]
    if tier == _SERIAL:
        for _, name, cells in columns:
            bad = name == "LinkLost" and view.raw(name)
            line.append((f"{view.tag(name).text(view.raw(name)):>{cells}}", CAUTION if bad and live else plain))
    return tuple(line)


def _link(view: StationView) -> tuple[str, Style]:
    link = view.raw("BoardLink")
    if link == _REFUSED:
        return "× REFUSED", ALARM_BLOCK
    if link == _SEARCHING:
        return "◌ SEARCHING", CAUTION
    if link == _LOST or not view.raw("LinkOk"):
        return "■ LINK LOST", CAUTION_BLOCK
    return ("● connected" if link == _CONNECTED else "● ok"), PLAIN


def _sensors(frame: Frame, width: int) -> list[Line]:
    """Stations with real sensors that differ from the plant's, or have."""
    found = [view for view in frame.stations if view.raw("TwinDifferences")]
    if not found:
        return []
    lines: list[Line] = [rule("REAL SENSORS AGAINST THE PLANT'S", width)]
    for view in found:
        names = {number: long_name(name) for name, number in view.io.sensors.items()}
        mask = view.raw("TwinDiffering")
        now = ", ".join(name for number, name in names.items() if mask >> number & 1)
        worst = names.get(view.raw("TwinChannel"), "?")
        text = f"{now} for {duration(view.raw('TwinSince'))}; " if now else "agree now; "
        text += f"{view.raw('TwinDifferences')} so far, worst {worst} by {view.raw('TwinWorst')}"
        style = STALE if not frame.live else CAUTION if now else PLAIN
        lines.append(fit(((f" {view.code} ", STRONG), (text, style)), width))
    return lines
