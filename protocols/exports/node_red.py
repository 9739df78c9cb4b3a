"""The register map as a flow for Node-RED with node-red-contrib-modbus: every tag by name, in its own unit.

One tab for the line and one for each board (those come disabled, so that nothing polls what nobody looks at). On a
tab every table is read in whole blocks; a function turns each block into a message of values by tag. Another function
takes a message whose topic is a tag's name, and its payload the value to be written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, Final

from protocols.address import DEFAULT_PORT
from protocols.tags.line_map import UNIT as LINE_UNIT
from protocols.tags.tag import PlantMap, Table, Tag, UnitMap

MOST: Final = {True: 2000, False: 125}
_TYPES: Final = {
    Table.COIL: "Coil", Table.DISCRETE: "Input", Table.INPUT: "InputRegister", Table.HOLDING: "HoldingRegister",
}  # fmt: skip
_ROW: Final = 60

#: msg.payload is the array of a block: values by tag, in the tag's unit of measure.
_DECODE: Final = """const tags = %s;
const data = msg.payload;
const values = {};
for (const [name, at, words, signed, scale] of tags) {
    let raw = 0;
    for (let i = 0; i < words; i++) {
        raw = raw * 65536 + Number(data[at + i]);
    }
    if (signed && raw >= Math.pow(2, 16 * words - 1)) {
        raw -= Math.pow(2, 16 * words);
    }
    values[name] = raw / scale;
}
msg.payload = values;
return msg;
"""

#: msg.topic is a tag's name, msg.payload its new value: what modbus-flex-write takes.
_ENCODE: Final = """const tags = %s;
const tag = tags[msg.topic];
if (!tag) {
    node.error("no such tag: " + msg.topic, msg);
    return null;
}
const [address, words, scale] = tag;
if (words === 0) {
    msg.payload = { fc: 5, unitid: %d, address, quantity: 1, value: Boolean(msg.payload) };
    return msg;
}
let raw = Math.round(Number(msg.payload) * scale);
if (raw < 0) {
    raw += Math.pow(2, 16 * words);
}
const value = [];
for (let i = 0; i < words; i++) {
    value.unshift(raw %% 65536);
    raw = Math.floor(raw / 65536);
}
msg.payload = { fc: 16, unitid: %d, address, quantity: words, value };
return msg;
"""


def render(plant_map: PlantMap, host: str = "127.0.0.1", port: int = DEFAULT_PORT) -> str:
    """The flow as JSON text, for Node-RED's menu Import."""
    nodes: list[dict[str, Any]] = [_client(host, port)]
    for number in sorted(plant_map.units):
        nodes += _tab(plant_map.units[number])
    return json.dumps(nodes, indent=1, ensure_ascii=False) + "\n"


def blocks(unit: UnitMap) -> Iterator[tuple[Table, int, int, list[Tag]]]:
    """(table, start, count, tags) of the reads that show every tag; no value is cut in two."""
    for table in Table:
        group: list[Tag] = []
        for tag in unit.of(table):
            if group and tag.end - group[0].address > MOST[table.is_bits]:
                yield table, group[0].address, group[-1].end - group[0].address, group
                group = []
            group.append(tag)
        if group:
            yield table, group[0].address, group[-1].end - group[0].address, group


def _id(*parts: object) -> str:
    """Sixteen hexadecimal digits, the same in every export: an import replaces what was imported before."""
    return sha256("/".join(map(str, ("sector7", *parts))).encode()).hexdigest()[:16]


def _client(host: str, port: int) -> dict[str, Any]:
    return {
        "id": _id("client"), "type": "modbus-client", "name": "sector7", "clienttype": "tcp", "bufferCommands": True,
        "stateLogEnabled": False, "queueLogEnabled": False, "failureLogEnabled": True, "tcpHost": host,
        "tcpPort": str(port), "tcpType": "DEFAULT", "unit_id": str(LINE_UNIT), "commandDelay": "1",
        "clientTimeout": "1000", "reconnectOnTimeout": True, "reconnectTimeout": "2000",
        "parallelUnitIdsAllowed": True,
    }  # fmt: skip


def _tab(unit: UnitMap) -> list[dict[str, Any]]:
    number, tab = unit.unit, _id("tab", unit.unit)
    show = _id("debug", number)
    nodes: list[dict[str, Any]] = [
        {"id": tab, "type": "tab", "label": f"{unit.title} (unit {number})", "disabled": number != LINE_UNIT,
         "info": ""},
        {"id": show, "type": "debug", "z": tab, "name": "values", "active": True, "tosidebar": True,
         "complete": "payload", "targetType": "msg", "x": 760, "y": _ROW, "wires": []},
    ]  # fmt: skip
    y = _ROW
    for table, start, count, tags in blocks(unit):
        read, decode = _id("read", number, table, start), _id("decode", number, table, start)
        name = f"{table}s {start}-{start + count - 1}"
        nodes += [
            {"id": read, "type": "modbus-read", "z": tab, "name": name, "topic": str(table),
             "showStatusActivities": True, "logIOActivities": False, "showErrors": True, "showWarnings": True,
             "unitid": str(number), "dataType": _TYPES[table], "adr": str(start), "quantity": str(count),
             "rate": "1", "rateUnit": "s",
             "delayOnStart": False, "startDelayTime": "", "server": _id("client"), "useIOFile": False, "ioFile": "",
             "useIOForPayload": False, "emptyMsgOnFail": False, "x": 200, "y": y, "wires": [[decode], []]},
            _function(decode, tab, "values by tag", _DECODE % json.dumps(_layout(tags, start)), 480, y, [show]),
        ]  # fmt: skip
        y += _ROW
    writable = {t.name: [t.address, 0 if t.table.is_bits else t.kind.words, 10**t.decimals]
                for t in unit.tags if t.table.is_writable}  # fmt: skip
    if writable:
        encode, write = _id("encode", number), _id("write", number)
        text = _ENCODE % (json.dumps(writable), number, number)
        nodes += [
            _function(encode, tab, "write by tag: topic, payload", text, 480, y, [write]),
            {"id": write, "type": "modbus-flex-write", "z": tab, "name": "write", "showStatusActivities": True,
             "showErrors": True, "showWarnings": True, "server": _id("client"), "emptyMsgOnFail": False,
             "keepMsgProperties": True, "delayOnStart": False, "startDelayTime": "", "x": 760, "y": y,
             "wires": [[], []]},
        ]  # fmt: skip
    return nodes


def _layout(tags: Sequence[Tag], start: int) -> list[list[Any]]:
    return [[t.name, t.address - start, t.kind.words, t.kind.value[0] == "i", 10**t.decimals] for t in tags]


def _function(node: str, tab: str, name: str, text: str, x: int, y: int, wires: list[str]) -> dict[str, Any]:
    return {
        "id": node, "type": "function", "z": tab, "name": name, "func": text, "outputs": 1, "timeout": 0, "noerr": 0,
        "initialize": "", "finalize": "", "libs": [], "x": x, "y": y, "wires": [wires],
    }  # fmt: skip
