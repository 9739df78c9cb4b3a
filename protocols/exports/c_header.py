"""The register map as a C header: addresses, sizes, enumerations. Macros only, so that it costs no memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from protocols.errors import MapError
from protocols.packml import COMMAND_LABELS, MODE_LABELS, STATE_LABELS
from protocols.reasons import MAX_STEPS, Reason
from protocols.tags.line_map import CONDITION_LABELS, MAP_VERSION, OWNER_LABELS
from protocols.tags.station_map import BOARD_FINGERPRINT, RESET_CAUSES
from protocols.tags.tag import PlantMap, Table, UnitMap

PREFIX = "S7"
TABLE_NAMES = {
    Table.COIL: "COILS",
    Table.DISCRETE: "DISCRETE_INPUTS",
    Table.INPUT: "INPUT_REGISTERS",
    Table.HOLDING: "HOLDING_REGISTERS",
}
ENUMERATIONS: dict[str, tuple[tuple[int, str], ...]] = {
    "STATE": STATE_LABELS,
    "COMMAND": COMMAND_LABELS,
    "MODE": MODE_LABELS,
    "REASON": tuple((int(reason), reason.name) for reason in Reason),
    "OWNER": OWNER_LABELS,
    "CONDITION": CONDITION_LABELS,
    "RESET": RESET_CAUSES,
}


def render(plant_map: PlantMap) -> str:
    """The whole header. Raises MapError when two tags would get the same macro name."""
    macros: dict[str, str] = {}
    lines = []
    for line in _lines(plant_map):
        if line.startswith("#define "):
            name = line.split()[1]
            if name in macros:
                raise MapError(name, f"is defined twice: {macros[name]!r} and {line!r}")
            macros[name] = line
        lines.append(line)
    return "\n".join(lines) + "\n"


def _lines(plant_map: PlantMap) -> Iterator[str]:
    guard = f"{PREFIX}_MAP_H"
    yield "/* The sector7 register map. Generated from the tag declarations by `make map`: do not edit."
    yield " * Addresses are 0-based, 32- and 64-bit values big-endian by word. In a board's packed mirror the address"
    yield " * of a discrete input is its bit in status word 0, that of a coil its bit in command word 0. */"
    yield from (f"#ifndef {guard}", f"#define {guard}", "")
    yield f"#define {PREFIX}_MAP_VERSION {MAP_VERSION}"
    yield f"#define {PREFIX}_MAP_FINGERPRINT 0x{plant_map.fingerprint:08X}ul"
    for title, labels in ENUMERATIONS.items():
        yield from ("", f"/* {title.lower()} numbers */")
        for number, label in labels:
            yield f"#define {PREFIX}_{title}_{macro(label)} {number}"
        if title == "REASON":
            yield f"#define {PREFIX}_REASON_STEP_TIMEOUT_LAST {Reason.STEP_TIMEOUT + MAX_STEPS - 1}"
    boards = [unit for unit in plant_map.units.values() if unit.windows]
    yield from _common(boards)
    for unit in plant_map.units.values():
        yield from _unit(unit)
    yield from ("", f"#endif /* {guard} */")


def _common(boards: list[UnitMap]) -> Iterator[str]:
    """What is the same on every board, under names without a station."""
    if not boards:
        return
    first = boards[0]
    yield from ("", "/* every board */")
    yield f"#define {PREFIX}_BOARD_LAYOUT_FINGERPRINT 0x{BOARD_FINGERPRINT:08X}ul"
    yield from _sizes("BOARD", first)
    for window in first.windows:
        name = f"{PREFIX}_BOARD_MIRROR_{'WRITE' if window.writable else 'READ'}"
        yield f"#define {name} 0x{window.address:04X}"
        yield f"#define {name}_WORDS {len(window.cells)}"
    others = [{_local(tag.name): tag for tag in unit.tags} for unit in boards]
    for table in Table:
        for tag in first.of(table):
            name = _local(tag.name)
            alike = [other[name] for other in others if name in other]
            if [(t.table, t.address, t.kind) for t in alike] == [(table, tag.address, tag.kind)] * len(boards):
                doc = f": {tag.doc}" if all(t.doc == tag.doc for t in alike) else ""
                yield _define(f"BOARD_{macro(name)}", tag.address, f"{table}, {tag.kind}{doc}")


def _unit(unit: UnitMap) -> Iterator[str]:
    yield from ("", f"/* unit {unit.unit}: {unit.title} */")
    name = macro(unit.title)
    yield f"#define {PREFIX}_UNIT_{name} {unit.unit}"
    if not unit.windows:
        yield from _sizes(name, unit)
    for table in Table:
        for tag in unit.of(table):
            yield _define(macro(tag.name), tag.address, f"{table}, {tag.kind}: {tag.doc}")


def _sizes(name: str, unit: UnitMap) -> Iterable[str]:
    return [f"#define {PREFIX}_{name}_{TABLE_NAMES[table]} {size}" for table, size in unit.sizes]


def _define(name: str, number: int, comment: str) -> str:
    return f"#define {PREFIX}_{name} {number} /* {comment.replace('*/', '* /')} */"


def _local(tag_name: str) -> str:
    return tag_name.rsplit(".", 1)[-1]


def macro(name: str) -> str:
    """A tag name or label in the style of C macros: `ST01.CntrlCmd` becomes ST01_CNTRL_CMD."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"\W+", "_", spaced).upper()
