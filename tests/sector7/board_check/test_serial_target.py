"""A board behind a port: found or told why not, and told everything again when this machine was interrupted."""

from __future__ import annotations

import os
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hil.pty_board import PtyBoard
from protocols.errors import LinkError
from protocols.stations.images import ACKNOWLEDGE, SAFETY_OK
from protocols.stations.io_table import MACHINING
from sector7.board_check.bench_line import BenchLine
from sector7.board_check.runner import Verdict, tell
from sector7.board_check.serial_target import SerialTarget
from sector7.board_check.specimen import Drive
from sector7.board_check.vector import EXCHANGE_US, shipped
from tests.hil.toolbox import mutated_hex
from tests.sector7.bench import pty_board

PATIENCE_S = 20.0
CLAMPED = SAFETY_OK | MACHINING.status("clamped")


class Hasty:
    """A clock that runs ahead, so that waiting for nothing takes no time."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        self.ahead += 0.5
        return time.monotonic() + self.ahead


def test_nobody_there_is_told_with_the_port_and_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match=r"nowhere: cannot be opened"):
        BenchLine(str(tmp_path / "nowhere"))
    says = r"no board of station 9 answers at 115200 8N1 \(another .* boards assign PORT 9\)"
    with pty_board(tmp_path, 4) as board, pytest.raises(LinkError, match=says):
        BenchLine(str(board.port), 9, Hasty())


def test_a_board_that_knows_no_station_is_found(tmp_path: Path) -> None:
    with pty_board(tmp_path, 4, image=bytes(1024)) as board:
        line = BenchLine(str(board.port))
        assert line.slave == 10
        line.close()


def test_another_register_layout_is_refused_with_both_fingerprints(tmp_path: Path) -> None:
    old = "return S7_BOARD_LAYOUT_FINGERPRINT >> 16;"
    start = mutated_hex(tmp_path, "app/registers.c", old, "return 0x1234;")
    says = r"its register layout is 1234\w{4}, not \w{8} \(flash the firmware"
    with pty_board(tmp_path, 4, start=start) as board, pytest.raises(LinkError, match=says):
        BenchLine(str(board.port))


@contextmanager
def over_tcp(port: Path) -> Iterator[str]:
    """The port as `socket://`, for one client."""
    serial = os.open(port, os.O_RDWR | os.O_NOCTTY)
    stop_reading, stop = os.pipe()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def relay() -> None:
            client, _ = server.accept()
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with client:
                while ready := select.select([client.fileno(), serial, stop_reading], [], [])[0]:
                    if stop_reading in ready:
                        return
                    if client.fileno() in ready:
                        os.write(serial, client.recv(4096))
                    if serial in ready:
                        client.sendall(os.read(serial, 4096))

        thread = threading.Thread(target=relay)
        thread.start()
        yield f"socket://127.0.0.1:{server.getsockname()[1]}"
        os.write(stop, b"x")
        thread.join()
    for descriptor in (serial, stop_reading, stop):
        os.close(descriptor)


def test_a_board_on_another_machine_tells_its_story_over_tcp(tmp_path: Path) -> None:
    story = next(vector for vector in shipped() if vector.name == "interlock")
    with pty_board(tmp_path, 3) as board, over_tcp(board.port) as url:
        target = SerialTarget(url)
        assert tell(story, target).verdict is Verdict.PASSED
        target.close()


def pins(board: PtyBoard) -> int:
    return board.last.outputs & 0x1F if board.last is not None else 0


def until_pins(board: PtyBoard, outputs: int) -> None:
    end = time.monotonic() + PATIENCE_S
    while pins(board) != outputs:
        assert time.monotonic() < end, f"the pins are {pins(board):05b}"
        time.sleep(0.002)


def test_what_an_interruption_spoilt_is_told_again(tmp_path: Path) -> None:
    """Nothing is asked until the board's dead-man has fired, as when this machine was busy elsewhere."""
    coolant, clamp, infeed = (MACHINING.output(name) for name in ("coolant", "clamp", "infeed_motor"))
    on = Drive(CLAMPED, command=ACKNOWLEDGE | coolant | clamp | infeed)
    with pty_board(tmp_path, 4) as board:
        target = SerialTarget(str(board.port))
        with target.fit(MACHINING, Drive(CLAMPED)) as specimen:
            specimen.exchange(0, Drive(CLAMPED))
            assert specimen.exchange(EXCHANGE_US, on).outputs == coolant | clamp | infeed
            with target.line._lock:  # no repetition gets through
                until_pins(board, coolant | clamp)
            seen = specimen.exchange(2 * EXCHANGE_US, on)
        target.close()
    assert seen.outputs == coolant | clamp | infeed
    assert seen.status == CLAMPED | MACHINING.status("in_position")


def test_while_nobody_asks_for_anything_the_board_stays_alive(tmp_path: Path) -> None:
    infeed = MACHINING.output("infeed_motor")
    with pty_board(tmp_path, 4) as board:
        target = SerialTarget(str(board.port))
        with target.fit(MACHINING, Drive()) as specimen:
            specimen.exchange(0, Drive())
            specimen.exchange(EXCHANGE_US, Drive(command=ACKNOWLEDGE | infeed))
            asked = target.line.link.counters.asked
            end = time.monotonic() + PATIENCE_S
            while target.line.link.counters.asked < asked + 10:  # longer than its watchdog
                assert time.monotonic() < end
                time.sleep(0.002)
            assert specimen.exchange(2 * EXCHANGE_US, Drive(command=ACKNOWLEDGE | infeed)).outputs == infeed
        until_pins(board, 0)  # and when the bench is left, its dead-man does its duty
        target.close()
