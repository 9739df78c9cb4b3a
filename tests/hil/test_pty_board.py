"""Programs that know nothing of sector7 talk to the emulated board through its serial port."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial

from hil.board_process import CYCLES_PER_US, Terminals, emulated
from hil.profile_image import eeprom_image
from hil.pty_board import PtyBoard
from hil.rtu import frame
from protocols.stations.io_table import MACHINING
from tests.hil.toolbox import need_emulator, without
from tests.protocols.modbus import tools

CLIENT = Path(__file__).with_name("libmodbus_client.c")


@pytest.fixture
def board(tmp_path: Path) -> Iterator[PtyBoard]:
    need_emulator()
    eeprom = tmp_path / "eeprom.bin"
    eeprom.write_bytes(eeprom_image(MACHINING))
    with PtyBoard(emulated(eeprom), Terminals(inputs=0x45, counts=(100, 200, 300, 0))) as running:
        yield running


def mbpoll(board: PtyBoard, *arguments: str) -> str:
    """One poll of slave 14, addresses from 0."""
    if shutil.which("mbpoll") is None:
        without("mbpoll")
    command = ["mbpoll", "-m", "rtu", "-a", "14", "-b", "115200", "-P", "none", "-0", "-1", "-q", "-o", "1"]
    port, values = [a for a in arguments if a.startswith("-")], [a for a in arguments if not a.startswith("-")]
    done = subprocess.run(
        [*command, *port, str(board.port), *values], capture_output=True, text=True, timeout=30, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_mbpoll_reads_and_writes_the_board(board: PtyBoard) -> None:
    read = mbpoll(board, "-t3", "-r0", "-c4")
    assert [line.split()[1] for line in read.splitlines() if line.startswith("[")] == ["100", "200", "300", "0"]
    mbpoll(board, "-t4", "-r2", "700")
    assert "700" in mbpoll(board, "-t4", "-r2", "-c1")
    mbpoll(board, "-t0", "-r8", "1")
    bits = mbpoll(board, "-t1", "-r0", "-c16")
    assert [line.split()[1] for line in bits.splitlines() if line.startswith("[")][:8] == list("10100011")


def test_a_client_on_libmodbus_reads_and_writes_the_board(board: PtyBoard) -> None:
    client = tools.compiled(str(CLIENT), "modbus")
    done = subprocess.run([client, board.port, "14"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert board.last is not None
    assert board.last.outputs == 0b01100  # clamp and coolant, on the pins
    assert board.last.steps == 0  # its axis was told to stay


def test_what_the_client_would_call_wrong_is_called_wrong(board: PtyBoard) -> None:
    board.terminals.counts = (100, 201, 300, 0)
    client = tools.compiled(str(CLIENT), "modbus")
    done = subprocess.run([client, board.port, "14"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "counts: WRONG" in done.stdout


def exchange(line: serial.Serial, pdu: str) -> bytes:
    """Ask slave 14; answers function and data of the answer."""
    line.write(frame(bytes([14]) + bytes.fromhex(pdu)))
    return line.read(8)[1:-2]


def test_what_goes_out_is_in_last_before_anyone_can_have_read_it(
    board: PtyBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, gone = os.write, []

    def watched(file: int, sent: bytes) -> int:
        if file == board._master:
            gone.append((sent, board.last.sent if board.last else None))
        return write(file, sent)

    with serial.Serial(str(board.port), 115200, timeout=10) as line:
        monkeypatch.setattr(os, "write", watched)
        for _ in range(20):
            assert exchange(line, "05 0008 FF00") == bytes.fromhex("05 0008 FF00")
        monkeypatch.undo()
    assert b"".join(sent for sent, _ in gone) == frame(bytes.fromhex("0E 05 0008 FF00")) * 20
    assert all(sent == last for sent, last in gone)


def _later(us: int, by_us: int) -> int:
    """The board's cycle so much later."""
    return (us + by_us) * CYCLES_PER_US


def fill(board: PtyBoard) -> None:
    """Fill the port with bytes that nobody reads."""
    with contextlib.suppress(BlockingIOError):
        while os.write(board._master, bytes(4096)):
            pass


def test_answers_that_nobody_reads_are_lost_as_on_a_wire(board: PtyBoard) -> None:
    with serial.Serial(str(board.port), 115200, timeout=10) as line:
        fill(board)
        before = board.heard_us
        line.write(frame(bytes.fromhex("0E 05 0008 0000")) * 20)
        # until the board has heard it all and lived on for the time that its answers take
        while board.heard_us == before or board.last is None or board.last.cycle < _later(board.heard_us, 100_000):
            fill(board)
            assert board._thread.is_alive()
            board._stop.wait(0.001)
        line.reset_input_buffer()
        assert exchange(line, "05 0008 FF00") == bytes.fromhex("05 0008 FF00")
