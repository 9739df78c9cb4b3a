"""The generated files say what the declarations say, and are the ones under version control."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from protocols.errors import MapError
from protocols.exports import c_header as export_c
from protocols.exports import csv_table as export_csv
from protocols.exports import markdown_page as export_markdown
from protocols.exports.everything import FILES, write_all
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import PlantMap, Table
from tests.protocols.modbus.small_map import SMALL_MAP, SMALL_UNIT

TOP = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", FILES)
def test_the_committed_file_is_what_the_declarations_give(name: str) -> None:
    assert (TOP / name).read_text(encoding="utf-8") == FILES[name](PLANT_MAP), "run `make map` and commit the result"


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    assert len(write_all(tmp_path)) == len(FILES)
    assert write_all(tmp_path) == []
    (tmp_path / "docs/register-map.md").write_text("edited by hand")
    assert write_all(tmp_path) == [tmp_path / "docs/register-map.md"]


@pytest.mark.parametrize("plant_map", [PLANT_MAP, SMALL_MAP])
def test_csv_has_every_tag(plant_map: PlantMap) -> None:
    rows = list(csv.DictReader(io.StringIO(export_csv.render(plant_map))))
    assert len(rows) == len(plant_map.by_name)
    for row in rows:
        unit, tag = plant_map.by_name[row["name"]]
        assert (int(row["unit"]), row["table"], int(row["address"])) == (unit.unit, tag.table, tag.address)
        assert (int(row["low"]), int(row["high"])) == tag.bounds
        assert (row["kind"], int(row["words"])) == (tag.kind, tag.kind.words)


@pytest.mark.parametrize(
    ("table", "address", "text"),
    [(Table.HOLDING, 0, "400001"), (Table.INPUT, 640, "300641"), (Table.DISCRETE, 9, "100010"),
     (Table.COIL, 0, "000001")],
)  # fmt: skip
def test_references_count_from_one(table: Table, address: int, text: str) -> None:
    assert export_csv.reference(table, address) == text


@pytest.mark.parametrize("plant_map", [PLANT_MAP, SMALL_MAP])
def test_the_page_has_every_tag_and_its_links_lead_somewhere(plant_map: PlantMap) -> None:
    page = export_markdown.render(plant_map)
    names = re.findall(r"^\| [\d-]+ \| `([^`]+)` \|", page, re.MULTILINE)
    assert sorted(names) == sorted(plant_map.by_name)
    headings = {line.lstrip("# ").lower().replace(" ", "-") for line in page.splitlines() if line.startswith("#")}
    assert set(re.findall(r"\(#([^)]+)\)", page)) <= headings
    assert f"{plant_map.fingerprint:08X}" in page
    widths = {line.count("|") - line.count("\\|") for line in page.splitlines() if line.startswith("| ")}
    assert widths <= {3, 7, 8}


def test_ranges_stand_in_the_unit_of_the_tag() -> None:
    page = export_markdown.render(PLANT_MAP)
    assert "| `ST01.kit_mass_sp` | u16 | kg | 10.00..14.00 |" in page
    assert "| `ST08.vision_offset` | i16 | mm | -1.000..1.000 |" in page


def defines(header: str) -> dict[str, str]:
    return dict(re.findall(r"^#define (\w+) (\S+)", header, re.MULTILINE))


@pytest.mark.parametrize("plant_map", [PLANT_MAP, SMALL_MAP])
def test_the_header_has_every_address(plant_map: PlantMap) -> None:
    header = export_c.render(plant_map)
    macros = defines(header)
    for name, (_, tag) in plant_map.by_name.items():
        assert macros[f"S7_{export_c.macro(name)}"] == str(tag.address)
    assert macros["S7_MAP_FINGERPRINT"] == f"0x{plant_map.fingerprint:08X}ul"
    assert macros["S7_STATE_EXECUTE"] == "6"
    assert "do not edit" in header.splitlines()[0]


def test_the_header_has_what_all_boards_share_without_a_station() -> None:
    macros = defines(export_c.render(PLANT_MAP))
    assert (macros["S7_BOARD_MIRROR_READ"], macros["S7_BOARD_MIRROR_WRITE_WORDS"]) == ("0x1100", "11")
    assert (macros["S7_BOARD_TRIPPED"], macros["S7_BOARD_DUE"], macros["S7_BOARD_WATCHDOG"]) == ("14", "16", "17")
    assert "S7_BOARD_TRAY_LOCK" not in macros
    assert macros["S7_ST01_BOARD_TRAY_LOCK"] == "4"


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler here (apt-get install gcc)")
def test_a_c_compiler_takes_the_header_twice(tmp_path: Path) -> None:
    source = tmp_path / "twice.c"
    (tmp_path / "map.h").write_text(export_c.render(PLANT_MAP), encoding="utf-8")
    uses = "\n".join(f"    n += {name};" for name in defines(export_c.render(PLANT_MAP)))
    include = '#include "map.h"\n'
    source.write_text(f"{include}{include}int main(void) {{\n    long n = 0;\n{uses}\n    return n == 0;\n}}\n")
    flags = ("-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", "-fsyntax-only")
    result = subprocess.run(["cc", *flags, str(source)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "expected"),
    [("ST01.CntrlCmd", "ST01_CNTRL_CMD"), ("Line.EStopOk", "LINE_E_STOP_OK"), ("ST01.OEE", "ST01_OEE"),
     ("ST03.kit_mass_sp", "ST03_KIT_MASS_SP"), ("Power-on", "POWER_ON"), ("Not OK", "NOT_OK")],
)  # fmt: skip
def test_macro_names(name: str, expected: str) -> None:
    assert export_c.macro(name) == expected


def test_two_tags_with_one_macro_are_refused() -> None:
    first = SMALL_UNIT.tags[0]
    tags = (replace(first, name="a.tag_b"), replace(first, name="a.tagB", address=1))
    with pytest.raises(MapError, match="S7_A_TAG_B: is defined twice"):
        export_c.render(PlantMap((replace(SMALL_UNIT, tags=tags),)))
