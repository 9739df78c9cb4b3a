"""`sector7 boards`: what it lists, the avrdude it would run and what it makes of its failures, a bridge."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hil.flash import command as avrdude
from hil.greeting import BLANK, identify
from hil.link import Link
from hil.serial_port import SerialPort
from hil.toolchain import HEX
from protocols.stations.io_table import MACHINING
from tests.hil.ports import pty_board
from tests.hil.test_serial_port import port, present
from tests.hil.toolbox import need_emulator
from tests.pty_console import ROOT
from tests.sector7.command_line import Command, runner


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return runner(monkeypatch, capsys)


def test_ports_are_listed_with_the_name_a_recipe_may_give(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    uno = port(
        "/dev/ttyACM0", description="Arduino Uno", vid=0x2341, pid=0x0043, serial_number="7563", location="1-1.2"
    )
    present(monkeypatch, port("/dev/ttyS0"), uno)
    done = command("boards", "list")
    assert done.code == 0
    assert done.out.splitlines() == [
        "/dev/ttyACM0  usb:2341:0043:7563  Arduino Uno (USB socket 1-1.2)",
        "/dev/ttyS0    -",
    ]


def test_no_port_is_no_error(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    present(monkeypatch)
    assert command("boards", "list", "--probe").out.startswith("no serial ports here")


def test_a_port_that_is_named_is_asked(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    need_emulator()
    present(monkeypatch)
    with pty_board(tmp_path, MACHINING) as board:
        done = command("boards", "list", str(board.port))
        assert "sector7 S7-BOARD 1.0, slave 14, station 4, layout " in done.out
        silent = SerialPort(str(board.port))
        assert "another program has it open" in command("boards", "list", str(board.port)).out
        silent.close()


# ---- flash
def fake_avrdude(folder: Path, monkeypatch: pytest.MonkeyPatch, says: str, code: int) -> Path:
    """A program of that name which writes down how it was called."""
    program = folder / "avrdude"
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > {folder}/arguments\necho '{says}' >&2\nexit {code}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder / "arguments"


def test_a_dry_run_says_what_would_be_run(command: Command) -> None:
    done = command("boards", "flash", "/dev/ttyACM0", "--dry-run", "--baud", "57600")
    assert done.code == 0
    assert done.out.split() == avrdude("/dev/ttyACM0", 57600)
    assert f"flash:w:{HEX}:i" in done.out


def test_avrdude_is_run_on_the_port_that_is_meant(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    present(monkeypatch, port("/dev/ttyACM3", vid=0x2341, pid=0x0043))
    arguments = fake_avrdude(tmp_path, monkeypatch, "avrdude done", 0)
    done = command("boards", "flash", "usb:2341:0043")
    assert (done.code, done.out) == (0, "/dev/ttyACM3: flashed and verified\n")
    assert arguments.read_text().splitlines() == avrdude("/dev/ttyACM3")[1:]


@pytest.mark.parametrize(
    ("says", "remedy"),
    [
        ("avrdude: stk500_recv(): programmer is not responding", "a Nano with an old one needs --baud 57600"),
        ("avrdude: ser_open(): cannot open device: No such file or directory", "is it plugged in?"),
        ('avrdude error: cannot open port /dev/ttyACM0: Permission denied', "group that owns the port"),
        ("avrdude error: cannot open port: Device or resource busy", "another program has the port open"),
        ("avrdude error: Expected device signature 1E 95 0F", "is no ATmega328P"),
    ],
)  # fmt: skip
def test_a_failure_names_the_remedy(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, says: str, remedy: str
) -> None:
    fake_avrdude(tmp_path, monkeypatch, says, 1)
    done = command("boards", "flash", "/dev/ttyACM0")
    assert done.code == 3
    last = done.err.splitlines()[-1]
    assert last.startswith("sector7: /dev/ttyACM0: was not flashed: ")
    assert remedy in last


def test_without_avrdude_it_says_how_to_get_it(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = command("boards", "flash", "/dev/ttyACM0")
    assert (done.code, done.err) == (3, "sector7: avrdude: is not installed (apt-get install avrdude)\n")


def test_only_a_port_of_this_machine_can_be_flashed(command: Command) -> None:
    assert command("boards", "flash", "socket://bench:5030").code == 2
    assert command("boards", "flash", "/dev/ttyACM0", "--hex", "/nowhere/x.hex").code == 2


# ---- bridge
def test_a_bridge_shares_a_board_until_it_is_stopped(tmp_path: Path) -> None:
    need_emulator()
    with pty_board(tmp_path, MACHINING) as board:
        process = subprocess.Popen(
            [sys.executable, "-m", "sector7", "boards", "bridge", str(board.port), "--tcp-port", "0"], cwd=ROOT,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        said = process.stdout.readline()
        stream = SerialPort(said.rpartition(" ")[2].strip())
        assert identify(Link(stream, timeout_s=2), BLANK + MACHINING.number).station == MACHINING.number
        stream.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        process.stdout.close()
    assert said.startswith(f"{board.port} is at socket://127.0.0.1:")


def test_a_port_that_is_not_there_is_told(command: Command) -> None:
    done = command("boards", "bridge", "/dev/ttyACM77")
    assert done.code == 3
    assert "there is no such device" in done.err
