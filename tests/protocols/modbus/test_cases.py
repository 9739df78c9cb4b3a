"""Request and answer, byte for byte, over every transport: the application protocol V1.1b3 on our register map."""

from __future__ import annotations

from collections.abc import AsyncIterator
from importlib.metadata import version
from pathlib import Path

import pytest

from protocols.tags.line_map import MAP_VERSION
from protocols.tags.plant_map import PLANT_MAP
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.links import TRANSPORTS, Bench, ask

VALUES = {
    "Line.EStopOk": 1,
    "Line.Producing": 1,
    "Line.SimulatedTime": 0x0102_0304_0506_0708,
    "ST01.Fitted": 1,
    "ST02.JamClear": 1,
    "ST08.vision_offset": -5,
    "ST01.Board.pallet_present": 1,
    "ST01.Board.link_ok": 1,
    "ST01.Board.carrier": 0x1234,
    "ST01.Board.tray_mass_counts": 0x0155,
    "ST01.Board.axis_position": 0x0A0B,
    "ST01.Board.due": 0x0001_86A0,
    "ST01.Board.infeed_motor": 1,
    "ST01.Board.axis_target": 0x0777,
    "ST01.Board.program": 0x0012,
}

ZEROS = " 0000" * 123


def identity_object(number: int, text: str) -> str:
    return bytes((number, len(text), *text.encode())).hex()


VENDOR, CODE = identity_object(0, "sector7"), identity_object(1, "unit 1")
REVISION = identity_object(2, version("sector7"))
SERVER_ID = b"\x01\xffsector7 Line PLC " + version("sector7").encode()


def pdu(text: str) -> bytes:
    return bytes.fromhex(text)


# what it shows | unit | request PDU | answer PDU, or none
CASES = f"""
FC1 one coil                         |   1 | 01 0000 0001 | 01 01 00
FC1 ten coils, lowest bit first      |   1 | 01 0000 000A | 01 02 04 00
FC1 not from a byte border           |   1 | 01 0002 0003 | 01 01 01
FC1 whole table                      |   1 | 01 0000 0040 | 01 08 04 00 00 00 00 00 00 00
FC1 last coil                        |   1 | 01 003F 0001 | 01 01 00
FC1 behind the table                 |   1 | 01 0040 0001 | 81 02
FC1 across the end                   |   1 | 01 003F 0002 | 81 02
FC1 address FFFF                     |   1 | 01 FFFF 0001 | 81 02
FC1 beyond address FFFF              |   1 | 01 FFFF 0002 | 81 02
FC1 quantity 0                       |   1 | 01 0000 0000 | 81 03
FC1 quantity 2000 is allowed         |   1 | 01 0000 07D0 | 81 02
FC1 quantity 2001                    |   1 | 01 0000 07D1 | 81 03
FC1 quantity FFFF                    |   1 | 01 0000 FFFF | 81 03
FC1 quantity before address          |   1 | 01 FFFF 0000 | 81 03
FC1 truncated                        |   1 | 01 0000 00   | 81 03
FC1 nothing but the function         |   1 | 01           | 81 03
FC1 trailing byte                    |   1 | 01 0000 0001 00 | 81 03
FC2 eight inputs                     |   1 | 02 0000 0008 | 02 01 21
FC2 seventeen inputs                 |   1 | 02 0000 0011 | 02 03 21 00 01
FC2 behind the table                 |   1 | 02 0100 0001 | 82 02
FC2 quantity 0                       |   1 | 02 0000 0000 | 82 03
FC2 quantity 2001                    |   1 | 02 0000 07D1 | 82 03
FC2 of a board                       |  11 | 02 0000 0010 | 02 02 01 80
FC3 a default                        |   1 | 03 0014 0001 | 03 02 04B0
FC3 padding                          |   1 | 03 01FF 0001 | 03 02 0000
FC3 behind the table                 |   1 | 03 0200 0001 | 83 02
FC3 across the end                   |   1 | 03 01FF 0002 | 83 02
FC3 quantity 0                       |   1 | 03 0000 0000 | 83 03
FC3 quantity 125 is allowed          |   1 | 03 01FF 007D | 83 02
FC3 quantity 126                     |   1 | 03 0000 007E | 83 03
FC3 truncated                        |   1 | 03 0000 00   | 83 03
FC3 trailing bytes                   |   1 | 03 0000 0001 0000 | 83 03
FC4 version and fingerprint          |   1 | 04 0000 0003 | 04 06 {MAP_VERSION:04X} {PLANT_MAP.fingerprint:08X}
FC4 64 bit, big-endian               |   1 | 04 0004 0004 | 04 08 0102 0304 0506 0708
FC4 negative                         |   1 | 04 01A2 0001 | 04 02 FFFB
FC4 behind the table                 |   1 | 04 0800 0001 | 84 02
FC4 quantity 0                       |   1 | 04 0000 0000 | 84 03
FC4 quantity 126                     |   1 | 04 0000 007E | 84 03
FC5 on                               |   1 | 05 0001 FF00 | 05 0001 FF00
FC5 off                              |   1 | 05 0002 0000 | 05 0002 0000
FC5 padding                          |   1 | 05 003F FF00 | 05 003F FF00
FC5 value 0001                       |   1 | 05 0001 0001 | 85 03
FC5 value FF01                       |   1 | 05 0001 FF01 | 85 03
FC5 value before address             |   1 | 05 0040 1234 | 85 03
FC5 behind the table                 |   1 | 05 0040 FF00 | 85 02
FC5 truncated                        |   1 | 05 0001 FF   | 85 03
FC5 trailing byte                    |   1 | 05 0001 FF00 00 | 85 03
FC6 in range                         |   1 | 06 0014 0514 | 06 0014 0514
FC6 lowest value                     |   1 | 06 0014 03E8 | 06 0014 03E8
FC6 highest value                    |   1 | 06 0014 0578 | 06 0014 0578
FC6 below the range                  |   1 | 06 0014 03E7 | 86 03
FC6 above the range                  |   1 | 06 0014 0579 | 86 03
FC6 padding takes anything           |   1 | 06 01FF BEEF | 06 01FF BEEF
FC6 behind the table                 |   1 | 06 0200 0000 | 86 02
FC6 truncated                        |   1 | 06 0014 05   | 86 03
FC6 trailing bytes                   |   1 | 06 0014 0514 0000 | 86 03
FC7 not here                         |   1 | 07           | 87 01
FC8 echo                             |   1 | 08 0000 A537 | 08 0000 A537
FC8 longer echo                      |   1 | 08 0000 A537 0102 | 08 0000 A537 0102
FC8 without data                     |   1 | 08 0000      | 88 03
FC8 odd data                         |   1 | 08 0000 A5   | 88 03
FC11 not here                        |   1 | 0B           | 8B 01
FC15 ten coils                       |   1 | 0F 0000 000A 02 FF 03 | 0F 0000 000A
FC15 bits behind the last            |   1 | 0F 0000 0002 01 FF | 0F 0000 0002
FC15 quantity 0                      |   1 | 0F 0000 0000 00 | 8F 03
FC15 quantity 0 with data            |   1 | 0F 0000 0000 01 00 | 8F 03
FC15 quantity 1968 is allowed        |   1 | 0F 0000 07B0 F6 {"00" * 246} | 8F 02
FC15 quantity 1969                   |   1 | 0F 0000 07B1 F7 {"00" * 247} | 8F 03
FC15 wrong byte count                |   1 | 0F 0000 000A 01 FF | 8F 03
FC15 too little data                 |   1 | 0F 0000 000A 02 FF | 8F 03
FC15 too much data                   |   1 | 0F 0000 000A 02 FF 03 00 | 8F 03
FC15 behind the table                |   1 | 0F 0040 0001 01 01 | 8F 02
FC15 across the end                  |   1 | 0F 003F 0002 01 03 | 8F 02
FC15 truncated                       |   1 | 0F 0000 | 8F 03
FC16 one register                    |   1 | 10 0014 0001 02 0514 | 10 0014 0001
FC16 two registers                   |   1 | 10 0014 0002 04 0514 0014 | 10 0014 0002
FC16 second one out of range         |   1 | 10 0014 0002 04 0514 FFFF | 90 03
FC16 padding takes anything          |   1 | 10 00FE 0002 04 BEEF CAFE | 10 00FE 0002
FC16 quantity 0                      |   1 | 10 0014 0000 00 | 90 03
FC16 quantity 123 is allowed         |   1 | 10 0200 007B F6 {ZEROS} | 90 02
FC16 quantity 124                    |   1 | 10 0000 007C F6 {ZEROS} | 90 03
FC16 wrong byte count                |   1 | 10 0014 0001 04 0514 | 90 03
FC16 too little data                 |   1 | 10 0014 0002 04 0514 | 90 03
FC16 behind the table                |   1 | 10 0200 0001 02 0000 | 90 02
FC16 across the end                  |   1 | 10 01FF 0002 04 0000 0000 | 90 02
FC16 truncated                       |   1 | 10 0014 0001 | 90 03
FC17 the line                        |   1 | 11           | 11 {len(SERVER_ID):02X} {SERVER_ID.hex()}
FC17 with data                       |   1 | 11 00        | 91 03
FC20 boards have no files            |  11 | 14 07 06 0001 0000 0001 | 94 01
FC24 boards have no queue            |  11 | 18 2000      | 98 01
FC8 listen-only: silence             |   1 | 08 0004 0000 | none
FC8 restart                          |   1 | 08 0001 0000 | 08 0001 0000
FC8 restart and clear the log        |   1 | 08 0001 FF00 | 08 0001 FF00
FC8 restart with other data          |   1 | 08 0001 0001 | 88 03
FC8 diagnostic register              |   1 | 08 0002 0000 | 08 0002 0000
FC8 ASCII delimiter is not here      |   1 | 08 0003 0A00 | 88 01
FC8 clear counters                   |   1 | 08 000A 0000 | 08 000A 0000
FC8 bus messages                     |   1 | 08 000B 0000 | 08 000B 0001
FC8 bus errors                       |   1 | 08 000C 0000 | 08 000C 0000
FC8 exceptions                       |   1 | 08 000D 0000 | 08 000D 0000
FC8 messages to this unit            |   1 | 08 000E 0000 | 08 000E 0001
FC8 requests without an answer       |   1 | 08 000F 0000 | 08 000F 0000
FC8 negative acknowledges            |   1 | 08 0010 0000 | 08 0010 0000
FC8 busy                             |   1 | 08 0011 0000 | 08 0011 0000
FC8 overruns                         |   1 | 08 0012 0000 | 08 0012 0000
FC8 clear overruns                   |   1 | 08 0014 0000 | 08 0014 0000
FC8 sub-function 19 is reserved      |   1 | 08 0013 0000 | 88 01
FC8 counter with data                |   1 | 08 000B 0001 | 88 03
FC8 counter with more data           |   1 | 08 000B 0000 0000 | 88 03
FC21 not here                        |   1 | 15 09 06 0000 0000 0001 0000 | 95 01
FC22 nothing changed                 |   1 | 16 0014 FFFF 0000 | 16 0014 FFFF 0000
FC22 all changed                     |   1 | 16 0014 0000 0514 | 16 0014 0000 0514
FC22 result out of range             |   1 | 16 0014 0000 0000 | 96 03
FC22 behind the table                |   1 | 16 0200 FFFF 0000 | 96 02
FC22 truncated                       |   1 | 16 0014 FFFF | 96 03
FC23 writes, then reads              |   1 | 17 0014 0001 0014 0001 02 0514 | 17 02 0514
FC23 read quantity 0                 |   1 | 17 0014 0000 0014 0001 02 0514 | 97 03
FC23 read quantity 126               |   1 | 17 0014 007E 0014 0001 02 0514 | 97 03
FC23 write quantity 0                |   1 | 17 0014 0001 0014 0000 00 | 97 03
FC23 write quantity 122              |   1 | 17 0014 0001 0014 007A F2 {" 0000" * 121} | 97 03
FC23 wrong byte count                |   1 | 17 0014 0001 0014 0001 04 0514 | 97 03
FC23 too little data                 |   1 | 17 0014 0001 0014 0002 04 0514 | 97 03
FC23 bad read address                |   1 | 17 0200 0001 0014 0001 02 0514 | 97 02
FC23 bad write address               |   1 | 17 0014 0001 0200 0001 02 0514 | 97 02
FC23 value out of range              |   1 | 17 0014 0001 0014 0001 02 0000 | 97 03
FC23 truncated                       |   1 | 17 0014 0001 0014 0001 | 97 03
FC43 basic identity                  |   1 | 2B 0E 01 00  | 2B 0E 01 83 00 00 03 {VENDOR} {CODE} {REVISION}
FC43 from the second object on       |   1 | 2B 0E 01 01  | 2B 0E 01 83 00 00 02 {CODE} {REVISION}
FC43 unknown start: from the first   |   1 | 2B 0E 01 7F  | 2B 0E 01 83 00 00 03 {VENDOR} {CODE} {REVISION}
FC43 one object                      |   1 | 2B 0E 04 00  | 2B 0E 04 83 00 00 01 {VENDOR}
FC43 one unknown object              |   1 | 2B 0E 04 7F  | AB 02
FC43 object 3 is not there           |   1 | 2B 0E 04 03  | AB 02
FC43 code 0                          |   1 | 2B 0E 00 00  | AB 03
FC43 code 5                          |   1 | 2B 0E 05 00  | AB 03
FC43 truncated                       |   1 | 2B 0E 01     | AB 03
FC43 without a type                  |   1 | 2B           | AB 03
FC43 other type                      |   1 | 2B 0D 00 00  | AB 01
FC0                                  |   1 | 00           | 80 01
FC99                                 |   1 | 63 0000      | E3 01
FC81h: an answer as a request        |   1 | 81 02        | 81 01
FCFFh                                |   1 | FF           | FF 01
unit 0 is the line                   |   0 | 03 0014 0001 | 03 02 04B0
unit 255 is the line                 | 255 | 03 0014 0001 | 03 02 04B0
unit 22 is the last board            |  22 | 03 0011 0001 | 03 02 0005
unit 2 is nobody                     |   2 | 03 0000 0001 | 83 0B
unit 10 is nobody                    |  10 | 01 0000 0001 | 81 0B
unit 23 is nobody                    |  23 | 06 0000 0001 | 86 0B
unit 247 is nobody                   | 247 | 63           | E3 0B
window: status, carrier, analogues   |  11 | 03 1100 0003 | 03 06 8001 1234 0155
window: position and due             |  11 | 03 1106 0003 | 03 06 0A0B 0001 86A0
window: the written words            |  11 | 03 1000 0004 | 03 08 0000 0000 0002 0777
window: across its end               |  11 | 03 1108 0002 | 83 02
window: before its start             |  11 | 03 10FF 0002 | 83 02
window: between table and window     |  11 | 03 0020 0001 | 83 02
window: not among input registers    |  11 | 04 1100 0001 | 84 02
window: not in the line              |   1 | 03 1100 0001 | 83 02
window: write                        |  11 | 10 1002 0002 04 0003 0123 | 10 1002 0002
window: write out of range           |  11 | 10 1002 0002 04 0003 FFFF | 90 03
window: the read one takes no write  |  11 | 06 1100 0000 | 86 02
window: a whole exchange             |  11 | 17 1100 0001 1000 0003 06 0001 0002 0003 | 17 02 8001
""".strip().splitlines()


SENTINEL = pdu("03 1003 0001")


@pytest.fixture(params=TRANSPORTS)
async def bench(request: pytest.FixtureRequest, plant: DictPlant, certificates: Path) -> AsyncIterator[Bench]:
    bench = Bench(request.param, plant, certificates)
    await bench.server.start()
    yield bench
    await bench.server.stop()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.split("|")[0].strip())
async def test_request_and_answer(case: str, plant: DictPlant, bench: Bench) -> None:
    _, unit, request, expected = case.split("|")
    for name, value in VALUES.items():
        plant[name] = value
    before = {key: dict(cells) for key, cells in plant.cells.items()}
    link = await bench.link("engineer")

    if expected.strip() == "none" or (bench.kind == "pty" and int(unit) not in PLANT_MAP.units):
        await link.send(int(unit), pdu(request))
        assert await ask(link, 22, SENTINEL) == pdu("03 02 0000")
        return
    answer = await ask(link, int(unit), pdu(request))

    assert answer.hex(" ") == pdu(expected).hex(" ")
    if answer[0] & 0x80:
        assert plant.written == []
        assert plant.cells == before
    await link.close()
