"""The list of serial ports: what pyserial finds, in our own words and in a fixed order."""

import dataclasses
import os
import tty

import pytest
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from hil import serial_port
from protocols.errors import LinkError


def port(device: str, **facts: object) -> ListPortInfo:
    info = ListPortInfo(device, skip_link_detection=True)
    for name, value in facts.items():
        setattr(info, name, value)
    return info


def present(monkeypatch: pytest.MonkeyPatch, *ports: ListPortInfo) -> None:
    monkeypatch.setattr(list_ports, "comports", lambda: list(ports))


def test_ports_come_sorted_by_device(monkeypatch: pytest.MonkeyPatch) -> None:
    present(monkeypatch, port("/dev/ttyUSB0"), port("/dev/ttyACM0"))
    assert [found.device for found in serial_port.available()] == ["/dev/ttyACM0", "/dev/ttyUSB0"]


def test_a_usb_board_tells_who_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    uno = port("/dev/ttyACM0", description="Arduino Uno", vid=0x2341, pid=0x0043, serial_number="7563")
    present(monkeypatch, uno)
    assert serial_port.available() == (
        serial_port.SerialPortInfo("/dev/ttyACM0", "Arduino Uno", vid=0x2341, pid=0x43, serial_number="7563"),
    )


@pytest.mark.parametrize("nothing", ["n/a", "", None])
def test_a_port_that_tells_nothing_is_named_by_its_device(monkeypatch: pytest.MonkeyPatch, nothing: str | None) -> None:
    present(monkeypatch, port("/dev/ttyS0", description=nothing, serial_number=nothing))
    (found,) = serial_port.available()
    assert found == serial_port.SerialPortInfo("/dev/ttyS0", "/dev/ttyS0", vid=None, pid=None, serial_number=None)


def test_no_port_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    present(monkeypatch)
    assert serial_port.available() == ()


def test_this_machine_can_be_asked() -> None:
    assert all(found.device for found in serial_port.available())


def test_what_was_found_cannot_be_changed() -> None:
    found = serial_port.SerialPortInfo("COM3", "COM3", None, None, None)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.device = "COM4"  # type: ignore[misc]


def test_a_port_that_takes_nothing_is_told_as_gone() -> None:
    near, far = os.openpty()
    tty.setraw(far)
    port = serial_port.SerialPort(os.ttyname(far))
    with pytest.raises(LinkError, match="is gone: Write timeout"):
        port.write(bytes(1 << 20))
    port.close()
    os.close(near)
    os.close(far)


def test_a_port_whose_other_end_is_gone_is_told() -> None:
    near, far = os.openpty()
    tty.setraw(far)
    port = serial_port.SerialPort(os.ttyname(far))
    assert port.read(9, 0) == b""
    os.write(near, b"hello")
    assert port.read(9, 5) == b"hello"
    os.close(far)
    os.close(near)
    with pytest.raises(LinkError, match="is gone"):
        port.read(1, 5)
    port.close()
