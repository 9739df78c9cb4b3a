"""A unit with every kind of value in every place: what the castle's map does not need today, but the code can do."""

from __future__ import annotations

from protocols.tags.tag import Kind, PlantMap, Table, Tag, UnitMap, Writer

UNIT = 7
_PLANT, _MASTER = Writer.PLANT, Writer.MASTER


def tag(name: str, table: Table, address: int, kind: Kind, low: int | None = None, high: int | None = None) -> Tag:
    writer = _MASTER if table.is_writable else _PLANT
    return Tag(name, table, address, kind, writer, name, low=low, high=high, default=max(low or 0, 0))


SMALL_UNIT = UnitMap(
    UNIT,
    "Small unit",
    (
        tag("coil.first", Table.COIL, 0, Kind.BOOL),
        tag("coil.last", Table.COIL, 18, Kind.BOOL),
        tag("coil.stays_off", Table.COIL, 5, Kind.BOOL, high=0),
        tag("bit.first", Table.DISCRETE, 0, Kind.BOOL),
        tag("bit.ninth", Table.DISCRETE, 8, Kind.BOOL),
        tag("bit.last", Table.DISCRETE, 19, Kind.BOOL),
        tag("in.u16", Table.INPUT, 0, Kind.U16, high=9999),
        tag("in.i16", Table.INPUT, 1, Kind.I16),
        tag("in.u32", Table.INPUT, 3, Kind.U32),
        tag("in.i32", Table.INPUT, 5, Kind.I32),
        tag("in.u64", Table.INPUT, 8, Kind.U64),
        tag("hold.i16", Table.HOLDING, 0, Kind.I16, low=-50, high=50),
        tag("hold.u32", Table.HOLDING, 2, Kind.U32, high=100_000),
        tag("hold.i32", Table.HOLDING, 4, Kind.I32, low=-70_000, high=70_000),
        tag("hold.u64", Table.HOLDING, 6, Kind.U64, low=1),
    ),
    ((Table.COIL, 20), (Table.DISCRETE, 20), (Table.INPUT, 14), (Table.HOLDING, 12)),
)

SMALL_MAP = PlantMap((SMALL_UNIT,))
