"""The register map as a table for spreadsheets and for the import of other tools."""

from __future__ import annotations

import csv
import io
from typing import Final

from protocols.tags.tag import PlantMap, Table

COLUMNS: Final = (
    "unit", "unit_title", "table", "address", "reference", "words", "name", "kind", "engineering_unit", "decimals",
    "low", "high", "default", "writer", "labels", "description",
)  # fmt: skip

#: First digit of the traditional, 1-based six-digit references.
REFERENCE_DIGITS: Final = {Table.COIL: 0, Table.DISCRETE: 1, Table.INPUT: 3, Table.HOLDING: 4}


def render(plant_map: PlantMap) -> str:
    """One line per tag, comma separated, with a heading; `address` is 0-based, `low`, `high`, `default` are raw."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for unit, tag in plant_map.rows():
        writer.writerow(
            (
                unit.unit,
                unit.title,
                tag.table,
                tag.address,
                reference(tag.table, tag.address),
                tag.kind.words,
                tag.name,
                tag.kind,
                tag.unit,
                tag.decimals,
                *tag.bounds,
                tag.default,
                tag.writer,
                "; ".join(f"{value}={label}" for value, label in tag.labels),
                tag.doc,
            )
        )
    return text.getvalue()


def reference(table: Table, address: int) -> str:
    """The six-digit 1-based reference (400001 is holding register 0) that many tools ask for."""
    return f"{REFERENCE_DIGITS[table]}{address + 1:05d}"
