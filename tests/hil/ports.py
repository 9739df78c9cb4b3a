"""Serial ports for tests: an emulated board behind a pty, and a cable that can be noisy, cut, and plugged elsewhere."""

from __future__ import annotations

import os
import select
import socket
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, cast

import serial
from serial.rfc2217 import PortManager

from hil.board_process import Terminals, emulated
from hil.profile_image import EEPROM_BYTES, eeprom_image
from hil.pty_board import PtyBoard
from protocols.stations.station_io import StationIO


@contextmanager
def pty_board(folder: Path, io: StationIO | None, inputs: int = 0x40) -> Iterator[PtyBoard]:
    """The .hex in real time as a station's board; without a station as one that has just been flashed."""
    eeprom = folder / f"eeprom-{io.number if io else 0}.bin"
    eeprom.write_bytes(eeprom_image(io) if io else b"\xff" * EEPROM_BYTES)
    with PtyBoard(emulated(eeprom), Terminals(inputs=inputs)) as board:
        yield board


class Cable:
    """A serial cable: `port` is its near end, `far` the path of a board's port.

    `corrupt` is the share of bytes with one bit changed, `drop` that of frames that vanish, in both directions, drawn
    from `seed`. `cut` says that nothing goes through at all. `faults` counts the frames that did not arrive as sent.
    """

    def __init__(self, far: Path, seed: int = 1, *, corrupt: float = 0.0, drop: float = 0.0) -> None:
        self.corrupt = corrupt
        self.drop = drop
        self.cut = False
        self.faults = 0
        self.frames = 0
        self._random = Random(seed)
        self._near, slave = os.openpty()
        tty.setraw(slave)
        self._slave = slave
        self.port = os.ttyname(slave)
        self._far = os.open(far, os.O_RDWR | os.O_NOCTTY)
        self._stop_in, self._stop_out = os.pipe()
        self._threads = [
            threading.Thread(target=self._carry, args=(a, b), daemon=True)
            for a, b in ((self._near, self._far), (self._far, self._near))
        ]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Pull it out at both ends."""
        os.write(self._stop_out, b"x")
        for thread in self._threads:
            thread.join()
        for fd in (self._near, self._slave, self._far, self._stop_in, self._stop_out):
            os.close(fd)

    def __enter__(self) -> Cable:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _carry(self, source: int, sink: int) -> None:
        frame = b""
        while True:
            # what follows within 3 ms belongs to the same frame
            ready, _, _ = select.select([source, self._stop_in], [], [], 0.003 if frame else None)
            if self._stop_in in ready:
                return
            if ready:
                frame += os.read(source, 256)
                continue
            out, frame = self._spoil(frame), b""
            if out:
                os.write(sink, out)

    def _spoil(self, frame: bytes) -> bytes:
        if self.cut:
            return b""
        self.frames += 1
        if self._random.random() < self.drop:
            self.faults += 1
            return b""
        out = bytes(
            byte ^ 1 << self._random.randrange(8) if self._random.random() < self.corrupt else byte for byte in frame
        )  # fmt: skip
        self.faults += out != frame
        return out


@contextmanager
def rfc2217(port: Path) -> Iterator[str]:
    """A port behind the network protocol that carries its settings too; one client."""
    server = socket.create_server(("127.0.0.1", 0))
    device = _Pty(str(port), 115200, timeout=0.01)

    def serve() -> None:
        client, _ = server.accept()
        client.settimeout(0.01)
        manager: Any = _Manager(cast("Any", device), cast("Any", _Writer(client)))
        with client:
            while True:
                waiting = device.read(device.in_waiting or 1)
                if waiting:
                    client.sendall(b"".join(manager.escape(waiting)))
                try:
                    data = client.recv(256)
                except TimeoutError:
                    continue
                if not data:
                    return
                device.write(b"".join(manager.filter(data)))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"rfc2217://127.0.0.1:{server.getsockname()[1]}"
    thread.join(10)
    device.close()
    server.close()


class _Pty(serial.Serial):
    """A pty has no control lines."""

    def _update_dtr_state(self) -> None:
        pass

    def _update_rts_state(self) -> None:
        pass


class _Manager(PortManager):
    """Nor has it modem lines."""

    def check_modem_lines(self, force_notification: bool = False) -> None:
        """Nothing to tell."""


class _Writer:
    def __init__(self, client: socket.socket) -> None:
        self._client = client

    def write(self, data: bytes) -> None:
        """What the protocol answers."""
        self._client.sendall(data)
