"""Who is on the line: boards of this station, of another one, of none, with other registers, and no boards at all."""

from __future__ import annotations

import os
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hil import rtu
from hil.bench import PROFILE, PROFILE_WORDS
from hil.greeting import BLANK, WrongBoardError, identify, look_for, settle
from hil.link import Link
from hil.profile_image import profile_words
from hil.serial_port import SerialPort
from protocols.errors import LinkError
from protocols.stations.io_table import ASSEMBLY, MACHINING
from protocols.tags.station_map import BOARD_FINGERPRINT
from tests.hil.ports import pty_board
from tests.hil.toolbox import need_emulator


@contextmanager
def line(port: object) -> Iterator[Link]:
    stream = SerialPort(str(port))
    yield Link(stream, timeout_s=0.5)
    stream.close()


@contextmanager
def device(answers: dict[bytes, bytes], deaf: int = 0) -> Iterator[str]:
    """Some other Modbus device: what it answers to which request, both without CRC; the first `deaf` it misses."""
    near, slave = os.openpty()
    tty.setraw(slave)

    def serve() -> None:
        missed = 0
        while data := os.read(near, 256):
            if data == b"end":
                return
            answer = answers.get(data[:-2])
            missed += answer is not None
            if answer and missed > deaf:
                os.write(near, rtu.frame(answer))

    thread = threading.Thread(target=serve)
    thread.start()
    yield os.ttyname(slave)
    os.write(slave, b"end")
    thread.join()
    os.close(slave)
    os.close(near)


def test_a_board_says_who_it_is(tmp_path: Path) -> None:
    need_emulator()
    with pty_board(tmp_path, MACHINING) as board, line(board.port) as link:
        identity = identify(link, BLANK + MACHINING.number)
        assert (identity.vendor, identity.product, identity.station) == ("sector7", "S7-BOARD", MACHINING.number)
        assert identity.fits
        assert look_for(Link(link.stream, timeout_s=0.2)) == identity


def test_a_board_that_has_just_been_flashed_becomes_the_stations(tmp_path: Path) -> None:
    need_emulator()
    with pty_board(tmp_path, None) as board, line(board.port) as link:
        assert settle(link, MACHINING, 17).station == MACHINING.number
        request = rtu.read(BLANK + MACHINING.number, rtu.READ_HOLDING, PROFILE, PROFILE_WORDS)
        words = rtu.registers(request, link.ask(request))
        assert words == (*profile_words(MACHINING)[:6], 17, *profile_words(MACHINING)[7:])


def test_a_board_of_another_station_is_left_alone(tmp_path: Path) -> None:
    need_emulator()
    with pty_board(tmp_path, MACHINING) as board, line(board.port) as link:
        link.timeout_s = 0.2
        with pytest.raises(WrongBoardError, match="board of station 4: is on the port of station 5"):
            settle(link, ASSEMBLY, 5)
        assert identify(link, BLANK + MACHINING.number).station == MACHINING.number


def said(slave: int, *objects: bytes) -> dict[bytes, bytes]:
    body = b"".join(bytes([i, len(text)]) + text for i, text in zip((0, 1, 2, 0x80), objects, strict=False))
    return {rtu.identification(slave)[:-2]: bytes([slave, 43, 14, 3, 0x83, 0, 0, len(objects)]) + body}


def refusal(link: Link) -> str:
    with pytest.raises(WrongBoardError) as error:
        settle(link, ASSEMBLY, 5)
    return str(error.value)


def test_other_registers_are_refused_with_the_remedy() -> None:
    slave = BLANK + ASSEMBLY.number
    with device(said(slave, b"sector7", b"S7-BOARD", b"0.9", b"0BADF00D/05")) as port, line(port) as link:
        refused = refusal(link)
    assert f"layout 0BADF00D, this program needs {BOARD_FINGERPRINT:08X} (flash it" in refused


def test_some_other_device_is_refused() -> None:
    slave = BLANK + ASSEMBLY.number
    with device(said(slave, b"Acme", b"Meter")) as port, line(port) as link:
        assert "Acme Meter: has register layout unknown" in refusal(link)
    with device({rtu.identification(slave)[:-2]: bytes([slave, 0xAB, 1])}) as port, line(port) as link:
        assert "does not say who it is (exception 1)" in refusal(link)


def test_silence_is_no_wrong_board() -> None:
    with device({}) as port, line(port) as link:
        link.timeout_s = 0.01
        with pytest.raises(LinkError, match="slave 15: does not answer") as error:
            settle(link, ASSEMBLY, 5)
        assert not isinstance(error.value, WrongBoardError)


def test_a_board_that_misses_the_first_question_is_found_all_the_same() -> None:
    """It was looked for at every address then, and is not its own rival."""
    slave = BLANK + ASSEMBLY.number
    layout = f"{BOARD_FINGERPRINT:08X}/05".encode()
    answers = said(slave, b"sector7", b"S7-BOARD", b"1.0", layout)
    read = rtu.read(slave, rtu.READ_HOLDING, PROFILE, PROFILE_WORDS)
    words = profile_words(ASSEMBLY)
    answers[read[:-2]] = bytes([slave, 3, 2 * PROFILE_WORDS]) + b"".join(word.to_bytes(2, "big") for word in words)
    with device(answers, deaf=1) as port, line(port) as link:
        link.timeout_s, link.attempts = 0.2, 1
        assert settle(link, ASSEMBLY, 5).station == ASSEMBLY.number
