"""The register page: one unit's tags with address, raw words in a format of choice, value and quality."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rich.style import Style

from hmi.draw.ink import CAUTION, CURSOR, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, rule
from hmi.draw.texts import duration, holds
from hmi.frame import Frame
from hmi.link.changes import Changes
from hmi.link.words import Format, Words, table_letter
from protocols.roles import Role
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.line_map import UNIT as LINE_UNIT
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Tag

#: A change is marked heavily for the first time span, lightly until the second one (seconds).
FRESH_S, FADED_S = 1.0, 3.0
UNITS: Final = tuple(PLANT_MAP.units)
#: Cells of the columns where there is room, and where there is not: name, raw, value.
_WIDE, _NARROW = (34, 20, 22), (26, 11, 14)
#: From this width on there is room for all columns.
_ROOMY = 126


@dataclass(frozen=True)
class Sheet:
    """What of the registers is shown, and how."""

    unit: int
    filter: str
    format: Format
    swapped: bool
    pins: tuple[str, ...]
    cursor: int


def listed(sheet: Sheet) -> list[Tag]:
    """The tags shown: pins first, then those of the unit that match the filter, by table and address."""
    pinned = [PLANT_MAP[name] for name in sheet.pins if _unit(name) == sheet.unit]
    unit = PLANT_MAP.units[sheet.unit]
    rest = [
        tag
        for table, _ in unit.sizes
        for tag in unit.of(table)
        if tag.name not in sheet.pins
        and holds(sheet.filter, f"{tag.name} {tag.doc} {table_letter(table)}{tag.address}")
    ]
    return pinned + rest


def _unit(name: str) -> int:
    return PLANT_MAP.by_name[name][0].unit


def values_of(frame: Frame, unit: int) -> Mapping[str, int]:
    """The raw values of a unit as they were read last, empty if it is not polled."""
    return frame.snapshot.line if unit == LINE_UNIT else frame.snapshot.board_of(unit - 10)


def registers(frame: Frame, sheet: Sheet, tags: Sequence[Tag], changes: Changes, width: int, height: int) -> list[Line]:
    """Head and the rows around the selected one, in `height` lines."""
    values = values_of(frame, sheet.unit)
    title = f"UNIT {sheet.unit}  {PLANT_MAP.units[sheet.unit].title}"
    order = "CDAB" if sheet.swapped else "ABCD"
    note = f"{len(tags)} tags   raw as {sheet.format}, {order}   {_polled(frame, sheet.unit, values)}"
    doc = tags[sheet.cursor].doc if tags and width < _ROOMY else ""
    lines = [rule(title, width, note), _filter(sheet, doc, width), _heads(width)]
    room = max(1, height - len(lines))
    top = max(0, min(sheet.cursor - room // 2, len(tags) - room))
    words = Words(PLANT_MAP.units[sheet.unit], values)
    marked = _marked(frame, sheet.unit)
    for place, tag in enumerate(tags[top : top + room], top):
        lines.append(_row(frame, sheet, tag, values, words, changes, marked, place == sheet.cursor, width))
    if not tags:
        lines.append(fit(((" No tag of this unit has that in its name, description or address.", PLAIN),), width))
    return lines


def _polled(frame: Frame, unit: int, values: Mapping[str, int]) -> str:
    if not values:
        return "not read yet" if frame.live else "no data"
    age = max(0.0, frame.now_s - frame.snapshot.read_at_s)
    return f"read {age:.1f} s ago" if frame.live else f"? read {duration(age)} ago"


def _filter(sheet: Sheet, doc: str, width: int) -> Line:
    """What is typed; then what the selected tag is, or where every row says that, what the marks mean."""
    typed = f" / {sheet.filter}" if sheet.filter else " / no filter"
    pins = f"   {len(sheet.pins)} pinned" if sheet.pins else ""
    return fit(
        (
            (typed, STRONG if sheet.filter else LABEL),
            (pins, LABEL),
            (f"   {doc}" if doc else "   ▌ just changed  ▏ changed  ^ pinned", LABEL),
        ),
        width,
    )


def _cells(width: int) -> tuple[int, int, int]:
    return _WIDE if width >= _ROOMY else _NARROW


def _heads(width: int) -> Line:
    name, raw, value = _cells(width)
    head = f"  {'Addr':<8}{'Name':<{name}} {'Raw':>{raw}}  {'Value':<{value}}{'Quality':<8}"
    return fit(((head + ("Changed R/W by" if width >= _ROOMY else "R/W"), LABEL),), width)


def _row(
    frame: Frame, sheet: Sheet, tag: Tag, values: Mapping[str, int], words: Words, changes: Changes,
    marked: Mapping[str, str], cursor: bool, width: int,
) -> Line:  # fmt: skip
    name, raw_cells, value_cells = _cells(width)
    known = tag.name in values
    quality = marked.get(tag.name) or (frame.quality.value if known else "NO DATA")
    good = known and frame.live
    age = changes.age(tag.name, frame.now_s)
    fresh = age is not None and age < FRESH_S
    mark = "▌" if fresh else "▏" if age is not None and age < FADED_S else " "
    ink: Style = STALE if not good else STRONG if fresh else PLAIN
    text = f"{tag.text(values[tag.name])} {tag.unit}".rstrip() if known else "—"
    line: Line = (
        (mark + ("^" if tag.name in sheet.pins else " "), STRONG),
        (f"{table_letter(tag.table)}{tag.address:<5} ", LABEL),
        (clip(tag.name, name), CURSOR if cursor else PLAIN),
        (f" {clip(words.text(tag, sheet.format, sheet.swapped).rjust(raw_cells), raw_cells)}  ", ink),
        (clip(("" if good or not known else "?") + text, value_cells), ink),
        (f"{quality:<8}", CAUTION if tag.name in marked else PLAIN if good else STALE),
    )
    access = "RW" if tag.table.is_writable else "R"
    if width < _ROOMY:
        return fit((*line, (f"{access:<4}", LABEL)), width)
    since = duration(age) if age is not None else "—"
    return fit((*line, (f"{since:<8}{access:<4}{_writers(tag)}  ", LABEL), (tag.doc, LABEL)), width)


def _writers(tag: Tag) -> str:
    """Who gives it its value, or who may write it."""
    if not tag.table.is_writable:
        return str(tag.writer)
    return "/".join(role[:3] for role in Role if role in tag.may_write) or "nobody"


def _marked(frame: Frame, unit: int) -> dict[str, str]:
    """Tags whose value is not the plant's own: forced by an engineer, or of a terminal with an injected fault."""
    found: dict[str, str] = {}
    numbers: Collection[int] = [unit - 10] if unit != LINE_UNIT else range(1, 13)
    for number in numbers:
        view, io = frame.station(number), BY_NUMBER[number]
        injected = view.raw("InjectedTerminals")
        for place, name in enumerate(io.inputs):
            if injected >> place & 1:
                found[f"{io.code}.Board.{name}"] = "INJECTED"
        for place, analog in enumerate(io.analogs):
            if injected >> 8 + place & 1:
                found[f"{io.code}.Board.{analog.name}_counts"] = found[f"{io.code}.{analog.name}"] = "INJECTED"
        found |= {f"{io.code}.Board.{name}": "FORCED" for name in view.forced}
    return found
