"""Keys of studies: what they reach, and what is said of those that reach nothing."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sector7.studies.keys import KeyPathError, parts_of, put

TABLE: dict[str, Any] = {
    "pallets": 24,
    "station": [{"number": 1, "places": 9}, {"number": 3, "places": 2}, {"number": 5, "places": 2}],
    "timeline": [{"name": "storm", "at": "5m", "do": [{"on": "ST05"}]}, {"name": "a.b", "at": "6m"}],
}


def after(key: str, value: object) -> dict[str, Any]:
    table = copy.deepcopy(TABLE)
    put(table, key, value)
    return table


def places(key: str) -> list[int]:
    return [row["places"] for row in after(key, 7)["station"]]


def test_a_plain_key() -> None:
    assert after("pallets", 7)["pallets"] == 7


def test_stations_by_number_range_and_all() -> None:
    assert places("station.3.places") == [9, 7, 2]
    assert places("station.2-5.places") == [9, 7, 7]
    assert places("station.*.places") == [7, 7, 7]


def test_rows_by_name_and_position() -> None:
    assert after("timeline.storm.at", "1m")["timeline"][0]["at"] == "1m"
    assert after("timeline.2.at", "1m")["timeline"][1]["at"] == "1m"
    assert after('timeline."a.b".at', "1m")["timeline"][1]["at"] == "1m"
    assert after("timeline.storm.do.1.on", "ST07")["timeline"][0]["do"][0]["on"] == "ST07"


def test_tables_are_made() -> None:
    assert after("power.fuel_l", 5)["power"] == {"fuel_l": 5}
    assert after("station.3.setpoints.x", 5)["station"][1]["setpoints"] == {"x": 5}


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("station.4.places", "there is no '4' (there are 1, 3, 5)"),
        ("station.6-9.places", "there is no '6-9'"),
        ("timeline.strom.at", "did you mean storm?"),
        ("pallets.x", "pallets has no keys in it"),
        ("pallets..x", "separated by dots"),
    ],
)
def test_keys_that_lead_nowhere(key: str, told: str) -> None:
    with pytest.raises(KeyPathError) as caught:
        after(key, 1)
    assert told in str(caught.value)


@given(st.lists(st.text("abc.-* 1", min_size=1, max_size=5), min_size=1, max_size=4))
def test_every_list_of_parts_can_be_written(parts: list[str]) -> None:
    assert parts_of(".".join(f'"{part}"' for part in parts)) == parts
