"""Every Modbus function of the board, byte for byte, on both builds; and what happens to frames that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from hil import bench, rtu, toolchain
from hil.board_process import hosted
from protocols.tags.station_map import BOARD_FINGERPRINT
from tests.hil.bare import ADDRESS, Bare
from tests.hil.toolbox import need_compiler, starter

F = f"{BOARD_FINGERPRINT:08x}"
FINGERPRINT = f"{F[:2]} {F[2:4]} {F[4:6]} {F[6:]}"
LAYOUT = BOARD_FINGERPRINT.to_bytes(4, "big").hex().upper().encode() + b"/04"

#: (what, request, answer), in this order on one board of station 4 with clamped and the safety chain on.
CASES = [
    ("discrete inputs: clamped, safety_ok, in_position, tripped", "02 0000 0010", "02 02 c4 40"),
    ("a few of them", "02 0006 0002", "02 01 03"),
    ("write one coil: acknowledge", "05 0008 ff00", "05 00 08 ff 00"),
    ("which clears the trip", "02 000e 0001", "02 01 00"),
    ("write coils", "0f 0000 000a 02 0c01", "0f 00 00 00 0a"),
    ("read them back", "01 0000 0010", "01 02 0c 01"),
    ("write one register", "06 0002 0200", "06 00 02 02 00"),
    ("write registers", "10 0000 0002 04 03e8 01f4", "10 00 00 00 02"),
    ("mask write", "16 0000 00ff 1200", "16 00 00 00 ff 12 00"),
    ("refused: out of the stroke", "06 0000 1771", "86 03"),
    ("nothing was written", "03 0000 0003", "03 06 12 e8 01 f4 02 00"),
    ("read and write", "17 0000 0002 0003 0001 02 0007", "17 04 12 e8 01 f4"),
    ("which was written", "03 0003 0001", "03 02 00 07"),
    ("fingerprint", "04 0012 0002", f"04 04 {FINGERPRINT}"),
    ("configuration", "03 0010 0002", "03 04 00 1e 00 05"),
    ("watchdog out of range", "06 0011 0001", "86 03"),
    ("watchdog in range", "06 0011 0006", "06 00 11 00 06"),
    ("it is kept", "03 0011 0001", "03 02 00 06"),
    ("profile block refused while it runs", "10 1200 000f 1e " + "00 " * 30, "90 06"),
    ("holes do not exist: padding reads zero", "04 0004 0001", "04 02 00 00"),
    ("behind the table", "04 001f 0002", "84 02"),
    ("before the address space ends", "03 ffff 0002", "83 02"),
    ("too many", "03 0000 007d", "83 03"),
    ("none", "03 0000 0000", "83 03"),
    ("a coil has two values", "05 0000 1234", "85 03"),
    ("coils behind the table", "0f 0008 0009 02 0000", "8f 02"),
    ("counts must agree", "10 0000 0002 02 0000", "90 03"),
    ("echo", "08 0000 a55a", "08 00 00 a5 5a"),
    ("exceptions so far", "08 000d 0000", "08 00 0d 00 0a"),
    ("no such diagnosis", "08 0002 0000", "88 01"),
    ("identification", "2b 0e 01 00", "2b 0e 01 83 00 00 03 00 07 " + b"sector7".hex(" ") + " 01 08 "
     + b"S7-BOARD".hex(" ") + " 02 03 " + b"1.0".hex(" ")),
    ("layout and station", "2b 0e 04 80", "2b 0e 04 83 00 00 01 80 0b " + LAYOUT.hex(" ")),
    ("no such object", "2b 0e 04 05", "ab 02"),
    ("no such function", "41 00", "c1 01"),
    ("a part of the mirror", "03 1100 0001", "03 02 80 44"),
    ("the mirror is written whole", "10 1000 0002 04 0000 0000", "90 02"),
]  # fmt: skip


@pytest.fixture(params=["host", "emulated"])
def board(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bare]:
    bare = Bare(starter(request.param), tmp_path)
    yield bare
    bare.process.close()


def test_functions(board: Bare) -> None:
    said = []
    for what, request, answer in CASES:
        got = board.pdu(request)
        if what == "a part of the mirror":
            got, answer = got[:2], answer[:2]  # in_position or not: the axis moves on the board's own clock
        said.append((what, got))
        assert said[-1] == (what, answer)


def test_a_broadcast_is_obeyed_and_not_answered(board: Bare) -> None:
    assert board.pdu("06 0002 0123", slave=0) == ""
    assert board.pdu("03 0002 0001") == "03 02 01 23"


def test_the_frames_of_others_are_left_alone(board: Bare) -> None:
    assert board.pdu("06 0002 0123", slave=ADDRESS + 1) == ""
    assert board.pdu("03 0002 0001") == "03 02 00 00"


def test_a_broken_frame_costs_itself_only(board: Bare) -> None:
    good = rtu.read(ADDRESS, rtu.READ_HOLDING, 16, 1)
    for broken in (good[:-1] + b"\0", good[:5], good[:1], bytes([ADDRESS, 16, 0, 0, 0, 9, 250]), bytes(96)):
        assert board.ask(broken) == b""
        assert rtu.registers(good, board.ask(good)) == (30,)
    errors = rtu.read(ADDRESS, rtu.READ_HOLDING, 0x1100 + bench.CRC_ERRORS, 2)
    assert rtu.registers(errors, board.ask(errors))[0] >= 1


def test_the_same_instant_again_changes_nothing(board: Bare) -> None:
    words = (0, 20_000, 0x10C, 100, 500, 700, 0, 0, 0, 0, 0)
    request = rtu.read_write(ADDRESS, 0x1100, 13, 0x1000, words)
    first = board.ask(request, rtu.answer_length(request))
    assert board.ask(request, rtu.answer_length(request)) == first


def test_what_a_host_supplied_goes_with_the_host(board: Bare) -> None:
    """A master that knows of no host must see the pins, not what somebody said of them long ago."""
    for now in (0, 20_000, 40_000, 60_000):
        words = (0, now, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F01, 0x8123, 0, 0, 0)
        board.ask(rtu.read_write(ADDRESS, 0x1100, 9, 0x1000, words))
    assert board.pdu("02 0000 0007") == "02 01 01"
    assert board.pdu("04 0000 0001") == "04 02 01 23"
    board.wait(300)
    assert [board.pdu("02 0000 0007") for _ in range(3)][-1] == "02 01 44"  # the first two see an edge
    assert board.pdu("04 0000 0001") == "04 02 00 00"


def test_registers_behind_the_map_are_the_same_in_c() -> None:
    header = (toolchain.FIRMWARE / "app" / "bench.h").read_text()
    macros = dict(re.findall(r"^#define (BENCH_\w+) (\w+)", header, re.MULTILINE))
    ours = {f"BENCH_{name}": value for name, value in vars(bench).items() if name.isupper()}
    assert {name: int(text, 0) for name, text in macros.items()} == {name: ours[name] for name in macros}


def noise(folder: Path, seed: int, frames: int) -> None:
    """Requests with changed, missing and wrong bytes on the sanitized build: a finding ends the program."""
    need_compiler()
    board = Bare(lambda file: hosted(file, *toolchain.SANITIZERS), folder)
    random = Random(seed)
    starts = [bytes.fromhex(request) for _, request, _ in CASES]
    starts += [bytes.fromhex("17 1100 0019 1000 0011 22") + bytes(34), bytes.fromhex("10 1200 000f 1e") + bytes(30)]
    for _ in range(frames):
        body = bytearray(bytes([random.choice((ADDRESS, ADDRESS, 0))]) + random.choice(starts))
        for _ in range(random.randrange(6)):
            body[random.randrange(len(body))] = random.choice((0, 1, 255, random.randrange(256)))
        body = body[: random.randrange(1, len(body) + 1)] if random.random() < 0.2 else body
        sent = rtu.frame(bytes(body)) if random.random() < 0.8 else bytes(body)
        board.wires.inputs = random.randrange(128)
        board.ask(sent[:96], wait_ms=random.choice((20, 20, 20, 200)))
    board.ask(bytes(8))
    address = next(a for a in range(10, 23) if board.ask(rtu.read(a, rtu.READ_INPUT, 0x12, 2)))  # whatever it became
    good = rtu.read(address, rtu.READ_INPUT, 0x12, 2)
    assert rtu.registers(good, board.ask(good)) == (BOARD_FINGERPRINT >> 16, BOARD_FINGERPRINT & 0xFFFF)


def test_noise_finds_nothing_in_the_sanitized_build(tmp_path: Path) -> None:
    noise(tmp_path, 1, 100_000)


@pytest.mark.nightly
@pytest.mark.timeout(600)
def test_much_noise_finds_nothing_in_the_sanitized_build(tmp_path: Path) -> None:
    noise(tmp_path, 2, 1_000_000)
