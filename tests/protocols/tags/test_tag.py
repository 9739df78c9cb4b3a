"""A wrong declaration is found when the map is made, by name."""

from __future__ import annotations

from typing import Any

import pytest

from protocols.errors import MapError
from protocols.tags.tag import Kind, PlantMap, Table, Tag, UnitMap, Writer


def a_tag(name: str = "a.tag", address: int = 0, **changes: Any) -> Tag:
    fields: dict[str, Any] = {"table": Table.INPUT, "kind": Kind.U16, "writer": Writer.PLANT, "doc": ""} | changes
    place: dict[str, Any] = {"name": name, "address": address}
    return Tag(**(place | fields))


def a_unit(number: int, *tags: Tag) -> UnitMap:
    return UnitMap(number, "a unit", tags, tuple((table, 8) for table in Table))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"kind": Kind.BOOL}, "bool does not fit the table input register"),
        ({"table": Table.COIL}, "u16 does not fit the table coil"),
        ({"writer": Writer.MASTER}, "a master cannot write a input register"),
        ({"low": -1}, "range -1..65535"),
        ({"high": 65536}, "range 0..65536"),
        ({"low": 5, "default": 4}, "with default 4"),
        ({"low": 5, "high": 4, "default": 5}, "range 5..4"),
        ({"high": 10, "normal": (0, 11)}, "normal band (0, 11) lies outside 0..10"),
        ({"normal": (3, 2)}, "normal band (3, 2)"),
    ],
)
def test_a_contradiction_in_a_tag(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(MapError) as caught:
        a_tag(**changes)
    assert str(caught.value).startswith("tag a.tag: ")
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("tags", "problem"),
    [
        ((a_tag(), a_tag("b.tag")), "tag b.tag: input register 0 of unit 3 already holds a.tag"),
        ((a_tag(kind=Kind.U64), a_tag("b.tag", 3)), "tag b.tag: input register 3 of unit 3 already holds a.tag"),
        ((a_tag(address=8),), "ends at 9, behind the input register table of unit 3"),
        ((a_tag(address=6, kind=Kind.U64),), "ends at 10"),
    ],
)
def test_a_contradiction_in_a_unit(tags: tuple[Tag, ...], problem: str) -> None:
    with pytest.raises(MapError) as caught:
        a_unit(3, *tags)
    assert problem in str(caught.value)


def test_a_name_may_be_used_once_in_the_whole_plant() -> None:
    with pytest.raises(MapError, match=r"a\.tag: is declared twice"):
        PlantMap((a_unit(1, a_tag()), a_unit(2, a_tag())))


def test_tags_are_found_by_name() -> None:
    plant_map = PlantMap((a_unit(1, a_tag()),))
    assert plant_map["a.tag"].kind is Kind.U16
    with pytest.raises(MapError, match=r"b\.tag: is not declared"):
        plant_map["b.tag"]


@pytest.mark.parametrize(
    "changes", [{"name": "a.other"}, {"address": 1}, {"kind": Kind.I16}, {"decimals": 1}, {"table": Table.HOLDING}]
)
def test_the_fingerprint_covers_names_addresses_and_formats(changes: dict[str, Any]) -> None:
    assert PlantMap((a_unit(1, a_tag()),)).fingerprint != PlantMap((a_unit(1, a_tag(**changes)),)).fingerprint


@pytest.mark.parametrize("changes", [{"doc": "other"}, {"unit": "mm"}, {"high": 5}, {"normal": (1, 2)}])
def test_the_fingerprint_leaves_texts_and_ranges_alone(changes: dict[str, Any]) -> None:
    assert PlantMap((a_unit(1, a_tag()),)).fingerprint == PlantMap((a_unit(1, a_tag(**changes)),)).fingerprint


@pytest.mark.parametrize(
    ("changes", "raw", "text"),
    [
        ({}, 1200, "1200"),
        ({"decimals": 2}, 1205, "12.05"),
        ({"decimals": 3, "kind": Kind.I16}, -5, "-0.005"),
        ({"labels": ((0, "Off"), (1, "On"))}, 1, "On"),
        ({"labels": ((0, "Off"), (1, "On"))}, 7, "7"),
    ],
)
def test_a_value_as_people_read_it(changes: dict[str, Any], raw: int, text: str) -> None:
    assert a_tag(**changes).text(raw) == text
