"""The register map as a page to read."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.tags.tag import PlantMap, Table, Tag, UnitMap, Window

INTRODUCTION = """\
# Register map

Generated from the tag declarations; to change it, change them and run `make map`.

- Fingerprint `{fingerprint:08X}`: clients compare it with input registers 1-2 of unit 1 when they connect.
- Addresses are **0-based**, as they stand in the protocol. Tools that count from 1 add one; tools that want
  references write `4xxxxx` for holding registers, `3xxxxx` for input registers, `1xxxxx` for discrete inputs and
  `0xxxxx` for coils, also counted from 1.
- 32- and 64-bit values are big-endian by word and byte (**ABCD**): the most significant word has the lowest address.
  Signed values are in two's complement.
- A value is *raw* / 10^*decimals* in the given unit. The ranges below are in that unit; writing outside of them is
  answered with exception 03 and changes nothing.
- Every table is contiguous from 0 and padded to a round size. Padding reads zero and may be written without effect.
- On TCP the units 0 and 255 are the same as unit 1. Other units answer exception 0B.
- *Writer* says who gives the value. Writes to what one does not own are answered, ignored and counted.
"""


def render(plant_map: PlantMap) -> str:
    """The whole page."""
    return "\n".join(_page(plant_map)) + "\n"


def _page(plant_map: PlantMap) -> Iterator[str]:
    yield INTRODUCTION.format(fingerprint=plant_map.fingerprint)
    yield "| unit | title | coils | discrete inputs | input registers | holding registers |"
    yield "|---|---|---|---|---|---|"
    for unit in plant_map.units.values():
        sizes = [str(unit.size(t)) for t in (Table.COIL, Table.DISCRETE, Table.INPUT, Table.HOLDING)]
        yield f"| {unit.unit} | {unit.title} | {' | '.join(sizes)} |"
    enumerations = _enumerations(plant_map)
    for unit in plant_map.units.values():
        yield from _unit(unit, enumerations)
    if enumerations:
        yield from ("", "## Enumerations")
    for labels, title in enumerations.items():
        yield from ("", f"### {title}", "", " · ".join(f"{value} {label}" for value, label in labels))


def _unit(unit: UnitMap, enumerations: dict[tuple[tuple[int, str], ...], str]) -> Iterator[str]:
    yield from ("", f"## Unit {unit.unit}: {unit.title}")
    for table in Table:
        tags = unit.of(table)
        if not tags:
            continue
        yield from ("", f"### Unit {unit.unit}: {table}s (0-{unit.size(table) - 1})", "")
        yield "| address | name | kind | unit | range | writer | meaning |"
        yield "|---|---|---|---|---|---|---|"
        for tag in tags:
            meaning = tag.doc
            if tag.labels:
                meaning += f" (see [{enumerations[tag.labels]}](#{_anchor(enumerations[tag.labels])}))"
            cells = (_addresses(tag), f"`{tag.name}`", tag.kind, tag.unit, _range(tag), tag.writer, meaning)
            yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    for window in unit.windows:
        yield from _window(window)


def _window(window: Window) -> Iterator[str]:
    use = "read and written" if window.writable else "read"
    yield from ("", f"Packed mirror, holding registers 0x{window.address:04X}-0x{window.end - 1:04X} ({use}):", "")
    yield "| register | repeats |"
    yield "|---|---|"
    for i, cell in enumerate(window.cells):
        if cell is None:
            what = "nothing: reads zero, takes any value"
        elif cell[0].is_bits:
            what = f"{cell[0]}s {cell[1]}-{cell[1] + 15}, the lowest address in the least significant bit"
        else:
            what = f"{cell[0]} {cell[1]}"
        yield f"| 0x{window.address + i:04X} | {what} |"


def _enumerations(plant_map: PlantMap) -> dict[tuple[tuple[int, str], ...], str]:
    """The different lists of labels, each under the name of the first tag that uses it (without its prefix)."""
    found: dict[tuple[tuple[int, str], ...], str] = {}
    taken: dict[str, int] = {}
    for _, tag in plant_map.rows():
        if tag.labels and tag.labels not in found:
            title = tag.name.rsplit(".", 1)[-1]
            taken[title] = taken.get(title, 0) + 1
            found[tag.labels] = title if taken[title] == 1 else f"{title} {taken[title]}"
    return found


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _addresses(tag: Tag) -> str:
    return str(tag.address) if tag.kind.words == 1 else f"{tag.address}-{tag.end - 1}"


def _range(tag: Tag) -> str:
    """The declared range in the tag's unit; nothing where the kind alone limits it."""
    low, high = tag.bounds
    if (low, high) == tag.kind.bounds:
        return ""
    scale = 10**tag.decimals
    return f"{low / scale:.{tag.decimals}f}..{high / scale:.{tag.decimals}f}"
