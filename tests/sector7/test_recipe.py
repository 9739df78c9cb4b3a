"""Recipes: what ships is sound, what is wrong is told in one line with file, key and expectation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from protocols.errors import RecipeError
from protocols.stations.io_table import BY_NUMBER
from sector7.recipe import SHIPPED, Recipe, load, parse
from sector7.rig.rig import Rig, layout
from tests.sector7.lines import MINUTE, line

SMALL = """\
name = "small"
pallets = 6
start = "dormant"
[[station]]
number = 1
places = 6
[[station]]
number = 5
[[station]]
number = 10
[[station]]
number = 12
"""


def changed(old: str, new: str) -> str:
    """The small recipe with one thing changed."""
    assert SMALL.count(old) == 1
    return SMALL.replace(old, new)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_recipe_is_sound(name: str) -> None:
    recipe = load(name)
    assert recipe.name == name
    rig = Rig(recipe, 1)
    rig.run(10 * MINUTE)
    assert rig.plant.conservation() == ""
    assert rig.plant.ledger.completed > 0


def test_a_file_is_read_and_defaults_fill_in(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SMALL, "utf-8")
    recipe = load(str(file))
    assert [row.number for row in recipe.station] == [1, 5, 10, 12]
    assert recipe.pallets == 6
    assert recipe.crews == 1
    assert recipe.station[1].mtbf_h == 200
    assert recipe.loop_places == 3 + 3 + 8


def test_an_editors_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SMALL, "utf-8-sig")
    assert load(str(file)).name == "small"


def test_what_a_recipe_says_reaches_the_plant() -> None:
    text = SMALL + "mtbf_h = 2\nmttr_min = 3\nminor_stop_min = 4\nhidden_defects = 0.5\nwear = 6\nplaces = 7\n"
    text += "transit_s = 8.5\n[station.setpoints]\nmass_low = 41.5\n"
    text = text.replace("pallets", "crews = 3\nrework_places = 4\nrework_transit_s = 5\nutility_mtbf_h = 9\npallets")
    recipe = parse("mine", text)
    plan = layout(recipe, 42)
    hour = 3_600_000_000
    place = plan.places[-1]
    assert (plan.crews, plan.rework_capacity, plan.rework_transit_us) == (3, 4, 5_000_000)
    assert (plan.utility_mtbf_us, plan.seed, plan.warm, plan.pallets) == (9 * hour, 42, False, 6)
    assert (place.capacity, place.transit_us) == (7, 8_500_000)
    habits = place.habits
    assert (habits.mtbf_us, habits.mttr_us, habits.minor_us) == (2 * hour, 180_000_000, 240_000_000)
    assert (habits.hidden, habits.wear) == (0.5, 6)
    rig = Rig(recipe, 42)
    rig.run(MINUTE)
    index = BY_NUMBER[12].setpoint("mass_low")
    assert rig.line.units[-1].setpoints.active[index] == 415
    assert rig.orders.requested["ST12.mass_low_sp"] == 415


WRONG = {
    "empty": ("", "name: must be given"),
    "no TOML": ("name = \n", r"is not valid TOML: Invalid value \(at line 1"),
    "TOML given twice": (SMALL + "number = 3\n", r"is not valid TOML: Cannot overwrite a value \(at line 13"),
    "nested without end": ("a = " + "[" * 5000 + "]" * 5000, "is not valid TOML: nested too deeply"),
    "unknown key": (changed("pallets", "palets"), r"palets: is no key here \(there are name, start, pallets, "),
    "unknown key of a station": (
        SMALL + "mtbf = 3", r"station\[4\]\.mtbf: is no key here \(there are number, mtbf_h, mttr_min, "
    ),
    "unknown table": (SMALL + "[extra]\nx = 1", r"extra: is no key here"),
    "misspelt table": (SMALL.replace("[[station]]", "[[stations]]"), "stations: is no key here"),
    "text for a number": (changed("pallets = 6", 'pallets = "6"'), "pallets: .*valid integer, not '6'"),
    "a fraction for a count": (changed("pallets = 6", "pallets = 6.5"), "pallets: .*valid integer, not 6.5"),
    "a truth value for a count": (changed("pallets = 6", "pallets = true"), "pallets: .*valid integer, not True"),
    "a number for a name": (changed('"small"', "7"), "name: .*valid string, not 7"),
    "a name of two lines": (changed('"small"', '"a\\nb"'), "name: .*"),
    "no name": (changed('"small"', '""'), "name: .*at least 1 character"),
    "a table for a list": (SMALL.split("[[")[0] + "[station]\nnumber = 1", "station: .*valid list, not {'number': 1}"),
    "not a table": (SMALL.split("[[")[0] + "station = [1, 12]", r"station\[1\]: "),
    "too few stations": (SMALL.split("[[")[0] + "station = []", "station: .*at least 2 items"),
    "too small": (changed("pallets = 6", "pallets = 0"), "pallets: .*greater than or equal to 1, not 0"),
    "too large": (changed("pallets = 6", "crews = 21"), "crews: .*less than or equal to 20, not 21"),
    "negative time": (SMALL + "transit_s = -1", r"station\[4\]\.transit_s: .*greater than or equal to 0, not -1"),
    "no time": (SMALL + "mtbf_h = 0", r"station\[4\]\.mtbf_h: .*greater than 0, not 0"),
    "not a number": (SMALL + "mtbf_h = nan", r"station\[4\]\.mtbf_h: .*finite number, not nan"),
    "endless": (SMALL + "mttr_min = inf", r"station\[4\]\.mttr_min: .*finite number, not inf"),
    "a share above one": (SMALL + "hidden_defects = 1.5", r"station\[4\]\.hidden_defects: .*, not 1.5"),
    "unknown start": (changed('"dormant"', '"hot"'), "start: .*'warm' or 'dormant', not 'hot'"),
    "unknown board": (SMALL + 'board = "wooden"', r"station\[4\]\.board: .*, not 'wooden'"),
    "a very long value": (changed('"dormant"', f'"{"x" * 500}"'), r"start: .{1,120}$"),
    "unknown station": (changed("number = 12", "number = 13"), r"station\[4\]\.number: .*equal to 12, not 13"),
    "a station twice": (changed("number = 10", "number = 5"), r"ascending order and not repeated, not \[1, 5, 5, 12\]"),
    "no order": (changed("number = 10", "number = 4"), r"ascending order and not repeated, not \[1, 5, 4, 12\]"),
    "no pack-out": (changed("number = 12", "number = 11"), "begins with station 1 .* ends with station 12"),
    "rework that leads nowhere": (changed("number = 5", "number = 6"), "a line with 10 needs 5"),
    "no room for the pallets": (changed("places = 6", "places = 5"), "the pallet return .* all 6 pallets"),
    "a carousel that never fills": (changed("number = 10", "number = 11"), "burn-in .* holds 8 pallets, not 6"),
    "a line that cannot be laid out": (
        changed('"dormant"', '"warm"').replace("= 6", "= 2"), "lays out 3 robots.*only 2"
    ),
    "too many pallets for the rework loop": (
        SMALL.replace("= 6", "= 14"), r"pallets = 14: the rework loop \(stations 5 to 10\) has 14 places; with fewer"
    ),
    "unknown set point": (
        SMALL + "[station.setpoints]\nmass = 50", r"station\[4\]: .*no set point 'mass' \(it has mass_low, mass_high\)"
    ),
    "a set point out of range": (
        SMALL + "[station.setpoints]\nmass_low = 51", r"station\[4\]: set point mass_low = 51\.0 is outside 40\.\.50 kg"
    ),
    "an endless set point": (
        SMALL + "[station.setpoints]\nmass_low = inf", r"station\[4\]\.setpoints\.mass_low: .*finite"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_in_one_line(name: str) -> None:
    text, expected = WRONG[name]
    with pytest.raises(RecipeError) as caught:
        parse("mine.toml", text)
    message = str(caught.value)
    assert re.match(rf"mine\.toml: .*{expected}", message), message
    assert len(message.splitlines()) == 1
    assert caught.value.file == "mine.toml"
    assert caught.value.exit_code == 2


def test_one_pallet_fewer_and_the_loop_is_accepted() -> None:
    assert parse("mine", SMALL.replace("= 6", "= 13")).pallets == 13


@pytest.mark.parametrize("content", [b"\x7fELF\xff\xfe\x00", b"name = '\xe4'"])
def test_a_file_that_is_no_text(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(content)
    with pytest.raises(RecipeError, match=r"mine\.toml: is no text file: a recipe is TOML in UTF-8"):
        load(str(file))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("no/such.toml", r"no/such\.toml: no such file, and not one of the shipped recipes \(castle"),
        ("/", "/: cannot be read: Is a directory"),
        ("x" * 300, "cannot be read: File name too long"),
        ("nul\0", "cannot be read: embedded null byte"),
        ("/dev/null/x", "cannot be read: Not a directory"),
    ],
)
def test_a_file_that_cannot_be_read(name: str, expected: str) -> None:
    with pytest.raises(RecipeError, match=expected) as caught:
        load(name)
    assert len(str(caught.value).splitlines()) == 1


def test_a_recipe_survives_json() -> None:
    """As a snapshot carries it."""
    recipe = line(setpoints={})
    assert Recipe.model_validate(recipe.model_dump(mode="json")) == recipe
