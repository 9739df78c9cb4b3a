"""Real boards in recipes: what is wrong is told in one line, by its key and with what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from protocols.errors import RecipeError
from sector7.recipe import parse
from tests.sector7.command_line import Command


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('board = "serial"', r"station\[1\]: station 1 has a serial board: say where, in a block \[station\.serial\]"),
        ('board = "serial"\nserial = {}', r"station\[1\]\.serial\.port: must be given"),
        ('serial = { port = "ttyACM0" }', r"station\[1\]\.serial\.port: must be a device such as /dev/tty.*'ttyACM0'"),
        ('serial = { port = "usb:41:43" }', r"serial\.port: must be a device .* usb:VID:PID\[:SERIAL\] in hexadecimal"),
        ('serial = { port = "/dev/x", watchdog = 1 }', r"serial\.watchdog: .* not 1"),
        ('serial = { port = "/dev/x", speed = 1 }', r"serial\.speed: is no key here \(there are port, baud, watchdog"),
        ('serial = { port = "/dev/x", sensors = { nose = "pin" } }', "station 1 has no sensor 'nose' .it has"),
        ('serial = { port = "/dev/x", sensors = { safety_ok = "wire" } }', r"sensors\.safety_ok: .*'plant' or 'pin'"),
        ('board = "serial"\nserial = { port = "/dev/x" }\nremote = { host = "plc" }', "a remote board and a serial"),
    ],
)
def test_a_wrong_real_board_is_told_by_its_key(text: str, says: str) -> None:
    with pytest.raises(RecipeError, match=says):
        parse("line.toml", f'name = "x"\n[[station]]\nnumber = 1\nplaces = 24\n{text}\n[[station]]\nnumber = 12\n')


def test_a_port_has_one_board() -> None:
    rows = "".join(f'[[station]]\nnumber = {n}\nplaces = 24\nserial = {{ port = "/dev/x" }}\n' for n in (1, 12))
    with pytest.raises(RecipeError, match="stations 1 and 12 have their boards on /dev/x: one board a port"):
        parse("line.toml", f'name = "x"\n{rows}')


def test_a_line_with_a_real_board_has_one_speed(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "line.toml"
    file.write_text(
        'name = "x"\n[[station]]\nnumber = 1\nplaces = 24\nboard = "serial"\nserial = { port = "/dev/ttyACM7" }\n'
        "[[station]]\nnumber = 12\n",
        "utf-8",
    )
    done = command("serve", "--recipe", str(file), "--speed", "10", "--port", "0")
    why = "serve: speed x10 refused: ST01 has a real board: the plant keeps to the wall clock"
    assert (done.code, done.err) == (2, f"sector7: {why}\n")
    assert command("simulate", "--recipe", str(file), "--duration", "1m").code == 2
    assert command("simulate", "--recipe", str(file), "--duration", "1m", "--boards", "simulated").code in (0, 1)
