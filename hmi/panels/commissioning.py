"""The commissioning page: how far every station is, the guide for the chosen one, and its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style

from hmi.draw.bars import gauge
from hmi.draw.ink import CAUTION, CURSOR, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, Span, clip, fit, flowed, pack, rule
from hmi.draw.texts import clock
from hmi.draw.window import furthest
from hmi.frame import Frame, StationView
from hmi.link.evidence import Book, Tally
from hmi.link.input_watch import InputWatch
from hmi.panels.commissioning_evidence import evidence
from hmi.panels.commissioning_guide import guide
from hmi.panels.commissioning_words import activity, check_under_way, stage_of, texts
from protocols.commissioning import FINDING_TEXTS, STAGE_TEXTS, Activity, Stage, what
from protocols.commissioning_checks import required
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.commissioning_map import NO_MAP

_WIDE = 120
#: So many rows of the ledger are shown however high the guide is.
_FEWEST = 5
_CELL = 10
_HEADS = ("Energised", "Board", "I/O", "Homed", "Dry cycle", "Hot cycle", "Released")
#: The activities in which somebody is waited for.
_WAITING = (Activity.CONFIRM, Activity.DECIDE, Activity.GIVEN_UP)
_FAILED = (Activity.DECIDE, Activity.GIVEN_UP)


@dataclass(frozen=True)
class Look:
    """What is looked at: the chosen station, whether its evidence has the page, only what failed, from which row; and
    the map of the station's inputs that was submitted last from here."""

    number: int
    opened: bool = False
    failed: bool = False
    offset: int = 0
    tried: tuple[int, ...] = ()


def commissioning(frame: Frame, book: Book, watch: InputWatch, look: Look, width: int, height: int) -> list[Line]:
    """The page."""
    view = frame.station(look.number)
    lines = guide(view, book, watch, look.tried, width)
    if not look.opened:
        head = _summary(frame, book, width)
        most = max(_FEWEST, height - len(head) - len(lines) - 1)
        lines = [*head, *_ledger(frame, book, look.number, width, most), *lines, *_found(book, width)]
    room = height - len(lines)
    return [*lines, *evidence(book, look.number, look.failed, look.offset, width, room)] if room >= 4 else lines


def _summary(frame: Frame, book: Book, width: int) -> list[Line]:
    released = frame.raw("Line.StationsReleased")
    fitted = sum(view.fitted for view in frame.stations)
    ink = PLAIN if frame.live else STALE
    failed = sum(not row.passed for row in book.rows)
    program = frame.text("Line.Commissioning")
    known = f"{len(book.rows)} rows of evidence, {failed} failed" if book.there else "this server keeps no evidence"
    parts: list[tuple[int, Line]] = [
        (0, ((" Program ", LABEL), (program, CAUTION if program == "Given up" else STRONG))),
        (0, ((f"{released} of {fitted} released ", ink), (gauge(released / max(1, fitted), 12), LABEL))),
        (1, ((known, ink),)),
        (2, (("the line starts after the last release", LABEL),) if released < fitted else ()),
    ]
    return [rule("LEDGER", width, "● proved  ◌ under way  × failed  · to come"), pack(parts, width)]


def _ledger(frame: Frame, book: Book, chosen: int, width: int, most: int) -> list[Line]:
    """A head and a row for each station; where there is no room for all, the ones around the chosen one."""
    if width >= _WIDE:
        steps = "".join(clip(head, _CELL) for head in _HEADS)
        lines = [fit(((f" #  {'Station':<18}{steps}What goes on", LABEL),), width)]
    else:
        lines = [fit(((" #  Station         Steps    Reached        What goes on", LABEL),), width)]
    rows = [_row(view, book.of(view.number), view.number == chosen, width) for view in frame.stations]
    top = furthest(len(rows), most, chosen - 1 - most // 2)
    shown = rows[top : top + most]
    if top:
        shown[0] = fit(((f" ▲ {top + 1} more stations (↑)", LABEL),), width)
    if below := len(rows) - top - len(shown):
        shown[-1] = fit(((f" ▼ {below + 1} more stations (↓)", LABEL),), width)
    return [*lines, *shown]


def _row(view: StationView, tally: Tally, chosen: bool, width: int) -> Line:
    wide = width >= _WIDE
    name = clip(view.io.title.replace(" and ", " & "), 17 if wide else 15)
    head: Span = (f"{view.number:>2}  {name} ", CURSOR if chosen else STRONG if view.fitted else LABEL)
    if not view.fitted:
        return fit((head, ("not fitted", LABEL)), width)
    live = view.frame.live
    steps = [_step(view, tally, step, wide) for step in range(Stage.ENERGISED, Stage.RELEASED + 1)]
    said, ink = _goes_on(view)
    marks: Line
    if wide:
        marks = tuple((clip(text, _CELL), ink if live else STALE) for text, ink in steps)
    else:
        reached = clip(STAGE_TEXTS[stage_of(view)], 14)
        marks = (("".join(text[0] for text, _ in steps), PLAIN if live else STALE), (f"  {reached}", LABEL))
    return fit((head, *marks, (f" {'' if live else '?'}{said}", ink if live else STALE)), width)


def _step(view: StationView, tally: Tally, step: int, wide: bool) -> tuple[str, Style]:
    """One cell: a mark, how many checks have passed, and how many times one failed on the way."""
    stage, doing = stage_of(view), activity(view)
    count = len(required(view.io)[Stage(step)])
    failures = tally.failures.get(step, 0)
    on_the_way = f" ×{failures}" if failures else ""
    if step <= stage:
        row = tally.reached.get(step)
        if step == Stage.RELEASED:
            return (f"● {clock(row.at_us)}" if row else "●"), PLAIN
        return f"● {count if row else ''}{on_the_way}", PLAIN
    if step > stage + 1:
        return f"·{on_the_way}", LABEL
    passed = len(tally.passed) if tally.stage == stage else 0
    share = f" {passed}/{count}" if count > 1 and (passed or doing) else ""
    if doing in _FAILED:
        return f"×{share}{on_the_way}", CAUTION
    return f"{'◌' if doing else '·'}{share}{on_the_way}", STRONG if doing else LABEL


def _goes_on(view: StationView) -> tuple[str, Style]:
    doing = activity(view)
    check = check_under_way(view)
    finding = texts(FINDING_TEXTS, view.raw("CommissionFinding")).lower()
    name = what(check) if check is not None else "?"
    score = view.raw("MapScore")
    if doing is Activity.CHECKING:
        return f"checking {name}", PLAIN
    if doing is Activity.CONFIRM:
        return f"◆ you: what of {name}?", STRONG
    if doing is Activity.DECIDE:
        return f"× {finding}: decide", CAUTION
    if doing is Activity.CREW:
        return f"crew: {finding}", PLAIN
    if doing is Activity.GIVEN_UP:
        return f"× given up: {finding}", CAUTION
    if stage_of(view) == Stage.HOT_CYCLE:
        return "◆ you: release it?", STRONG
    if score != NO_MAP and stage_of(view) < Stage.IO_CHECKED:
        return f"map: {score} of {len(view.io.inputs)} right", STRONG
    return "", LABEL


def _found(book: Book, width: int) -> list[Line]:
    """What is wrong, or was, in one place for the whole line."""
    parts: list[Line] = []
    for one in book.found:
        entry, io = one.entry, BY_NUMBER[one.entry.station]
        text = f"{FINDING_TEXTS[entry.finding].lower()} ({what(entry)})"
        if one.mended:
            parts.append(((f"{io.code} ", LABEL), (f"{text} mended", LABEL)))
        else:
            parts.append(((f"{io.code} ", STRONG), (f"× {text}", CAUTION)))
    if not parts or width < _WIDE:
        return []
    return [rule("FOUND", width, f"{sum(not one.mended for one in book.found)} not mended"), *flowed(parts, width)[:3]]
