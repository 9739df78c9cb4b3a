"""The exports for other people's tools, judged as those tools read them."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from protocols.errors import MapError
from protocols.exports import node_red as export_node_red
from protocols.exports import openplc as export_openplc
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import PlantMap, Table
from tests.protocols.modbus import tools
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.small_map import SMALL_MAP

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "openplc" / "mbconfig.cfg"


def settings(text: str) -> dict[str, str]:
    """As OpenPLC reads it: key = "value", other lines are comments."""
    return dict(re.findall(r'^([\w.]+) = "([^"]*)"$', text, re.MULTILINE))


def test_openplc_gets_the_devices_of_the_shipped_example() -> None:
    assert settings(export_openplc.render(PLANT_MAP)) == settings(EXAMPLE.read_text())


@pytest.mark.parametrize("stations", [(1,), (5, 6), (12, 3, 7)])
def test_openplc_comments_lead_to_the_tags(stations: tuple[int, ...]) -> None:
    text = export_openplc.render(PLANT_MAP, stations, "10.0.0.1", 502)
    read = settings(text)
    keys = {"IX": "Discrete_Inputs", "QX": "Coils", "IW": "Input_Registers", "QW": "Holding_Registers"}
    tables = {"IX": Table.DISCRETE, "QX": Table.COIL, "IW": Table.INPUT, "QW": Table.HOLDING}
    places: dict[tuple[str, int], tuple[int, int]] = {}
    for letters, key in keys.items():
        place = 0
        for device in range(int(read["Num_Devices"])):
            unit, start = int(read[f"device{device}.slave_id"]), int(read[f"device{device}.{key}_Start"])
            for address in range(start, start + int(read[f"device{device}.{key}_Size"])):
                places[letters, place] = (unit, address)
                place += 1
    comments = re.findall(r"^# %([IQ][XW])(\d+)(?:\.(\d))? +(\S+)", text, re.MULTILINE)
    assert len(comments) > 60
    for letters, high, low, name in comments:
        place = 8 * (int(high) - 100) + int(low) if low else int(high) - 100
        home, tag = PLANT_MAP.by_name[name]
        assert places[letters, place] == (home.unit, tag.address)
        assert tag.table is tables[letters]
    assert read["device0.address"] == "10.0.0.1"
    assert read["device0.IP_Port"] == "502"


def test_openplc_writes_no_set_point_and_no_mode() -> None:
    written = re.findall(r"^# %QW\d+ +(\S+)", export_openplc.render(PLANT_MAP, (2, 9)), re.MULTILINE)
    assert written
    assert not [name for name in written if name.endswith("_sp") or "Mode" in name]


@pytest.mark.parametrize(("stations", "said"), [((13,), "station 13: is not in"), (range(1, 13), "do not fit")])
def test_openplc_refuses(stations: tuple[int, ...], said: str) -> None:
    with pytest.raises(MapError, match=said):
        export_openplc.render(PLANT_MAP, stations)


def flow(plant_map: PlantMap) -> dict[str, dict[str, Any]]:
    nodes: list[dict[str, Any]] = json.loads(export_node_red.render(plant_map))
    by_id = {node["id"]: node for node in nodes}
    assert len(by_id) == len(nodes)
    return by_id


@pytest.mark.parametrize("plant_map", [PLANT_MAP, SMALL_MAP])
def test_the_flow_is_wired_and_polls_within_bounds(plant_map: PlantMap) -> None:
    nodes = flow(plant_map)
    tabs = [n for n in nodes.values() if n["type"] == "tab"]
    assert len(tabs) == len(plant_map.units)
    for node in nodes.values():
        assert {target for wires in node.get("wires", []) for target in wires} <= nodes.keys()
        assert node.get("z", tabs[0]["id"]) in {tab["id"] for tab in tabs}
        if node["type"] == "modbus-read":
            unit = plant_map.units[int(node["unitid"])]
            table = {v: k for k, v in export_node_red._TYPES.items()}[node["dataType"]]
            assert 1 <= int(node["quantity"]) <= export_node_red.MOST[table.is_bits]
            assert int(node["adr"]) + int(node["quantity"]) <= unit.size(table)
    assert export_node_red.render(plant_map) == export_node_red.render(plant_map)


def javascript(bodies: list[tuple[str, object]]) -> list[Any]:
    """Runs function nodes as Node-RED does."""
    node = tools.program("node", "nodejs")
    program = """
    const cases = JSON.parse(require("fs").readFileSync(0, "utf8"));
    const out = cases.map(([body, msg]) => new Function("msg", "node", body)(msg, { error() {} }));
    process.stdout.write(JSON.stringify(out));
    """
    ran = subprocess.run([node, "-e", program], input=json.dumps(bodies), capture_output=True, text=True, check=True)
    results: list[Any] = json.loads(ran.stdout)
    return results


@pytest.mark.parametrize("plant_map", [PLANT_MAP, SMALL_MAP])
def test_the_flow_shows_every_tag_by_name(plant_map: PlantMap) -> None:
    plant = DictPlant(plant_map)
    for i, (_, tag) in enumerate(plant_map.rows()):
        low, high = tag.bounds
        plant[tag.name] = low + (min(high, 2**52) - low) * (i % 5) // 4
    nodes = flow(plant_map)
    cases: list[tuple[str, object]] = []
    for node in nodes.values():
        if node["type"] == "modbus-read":
            table = {v: k for k, v in export_node_red._TYPES.items()}[node["dataType"]]
            start, count = int(node["adr"]), int(node["quantity"])
            data = [plant.cell(int(node["unitid"]), table, a) & 0xFFFF for a in range(start, start + count)]
            cases.append((nodes[node["wires"][0][0]]["func"], {"payload": data}))
    shown = {name: value for result in javascript(cases) for name, value in result["payload"].items()}
    assert shown.keys() == plant_map.by_name.keys()
    for name, value in shown.items():
        assert value == plant[name] / 10 ** plant_map[name].decimals, name


def test_the_flow_writes_by_name() -> None:
    nodes = flow(PLANT_MAP)
    encode = {nodes[n["z"]]["label"]: n["func"] for n in nodes.values() if n.get("name", "").startswith("write by tag")}
    line, board = encode["Line PLC (unit 1)"], next(text for label, text in encode.items() if "(unit 11)" in label)
    results = javascript(
        [
            (line, {"topic": "ST01.kit_mass_sp", "payload": 13.0}),
            (line, {"topic": "Line.JamClearAll", "payload": 1}),
            (board, {"topic": "ST01.Board.program", "payload": 7}),
            (line, {"topic": "nobody", "payload": 7}),
        ]
    )
    assert [r and r["payload"] for r in results] == [
        {"fc": 16, "unitid": 1, "address": 20, "quantity": 1, "value": [1300]},
        {"fc": 5, "unitid": 1, "address": 0, "quantity": 1, "value": True},
        {"fc": 16, "unitid": 11, "address": 3, "quantity": 1, "value": [7]},
        None,
    ]
