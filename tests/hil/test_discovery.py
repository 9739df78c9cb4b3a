"""Ports by USB numbers: what is plugged in is found again under any name, and what is not is told."""

from __future__ import annotations

import pytest

from hil.discovery import resolve, usb_name
from hil.serial_port import available
from protocols.errors import LinkError
from tests.hil.test_serial_port import port, present

UNO = {"vid": 0x2341, "pid": 0x0043}
CLONE = {"vid": 0x1A86, "pid": 0x7523}


@pytest.fixture(autouse=True)
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    present(
        monkeypatch,
        port("/dev/ttyS0"),
        port("/dev/ttyACM0", **UNO, serial_number="7563", location="1-1.1"),
        port("/dev/ttyACM1", **UNO, serial_number="8800", location="1-1.2"),
        port("/dev/ttyUSB0", **CLONE, location="1-1.3"),
        port("/dev/ttyUSB1", **CLONE, location="1-1.4"),
    )


@pytest.mark.parametrize(
    ("name", "device"),
    [
        ("usb:2341:0043:7563", "/dev/ttyACM0"),
        ("usb:2341:0043:8800", "/dev/ttyACM1"),
        ("usb:2341:0043:1-1.2", "/dev/ttyACM1"),
        ("usb:1A86:7523:1-1.4", "/dev/ttyUSB1"),
        ("/dev/ttyACM7", "/dev/ttyACM7"),
        ("socket://bench:5030", "socket://bench:5030"),
    ],
)
def test_a_port_is_found(name: str, device: str) -> None:
    assert resolve(name) == device


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("usb:0403:6001", r"is not plugged in \(USB serial ports here: usb:2341:0043:7563 at /dev/ttyACM0"),
        ("usb:2341:0043:9999", "is not plugged in"),
        ("usb:1a86:7523", r"fits 2 ports \(add a serial number or USB socket: usb:1a86:7523:1-1\.3 "),
    ],
)
def test_what_is_not_there_or_not_clear_is_told(name: str, says: str) -> None:
    with pytest.raises(LinkError, match=says):
        resolve(name)


def test_the_name_that_is_shown_finds_its_port() -> None:
    names = {usb_name(found): found.device for found in available()}
    assert names.pop("") == "/dev/ttyS0"
    assert len(names) == 4
    assert {name: resolve(name) for name in names} == names
