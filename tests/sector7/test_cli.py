"""The command line: help, formats, colours, and one clear line for everything that is wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from sector7.usage import UsageError, parse_duration
from tests.pty_console import ROOT
from tests.sector7.command_line import Command, Done
from tests.sector7.terminal import OnTerminal

COMMANDS = ("run", "serve", "hmi", "simulate", "scenario", "doctor", "map", "alarms")
GOOD = """\
name = "good"
pallets = 4
[[station]]
number = 1
places = 4
[[station]]
number = 12
"""


# ---- help
def test_help_lists_the_commands(command: Command) -> None:
    done = command("--help")
    assert done.code == 0
    for name in COMMANDS:
        assert re.search(rf"\b{name}\b", done.out)
    assert command("-h").out == done.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run",), ("operator screen", "--recipe", "--seed", "--speed", "--port")),
        (("serve",), ("headless", "--host", "--port", "--quiet", "Unit 1")),
        (("hmi",), ("HOST:PORT", "--read-only")),
        (("simulate",), ("--duration", "--json", "--junit", "--fixed-scan", "verdict", "exit code")),
        (("doctor",), ("missing",)),
        (("scenario",), ("list", "check")),
        (("scenario", "check"), ("FILE", "line", "key")),
        (("map",), ("export",)),
        (("alarms",), ("list", "report")),
        (("alarms", "list"), ("--format", "--station", "corrective action")),
        (("alarms", "report"), ("--duration", "--recipe", "--seed", "verdict", "Exit code")),
        (("map", "export"), ("--format", "--out", "csv", "md")),
    ],
)
def test_every_command_explains_itself(arguments: tuple[str, ...], words: tuple[str, ...], command: Command) -> None:
    done = command(*arguments, "--help")
    assert done.code == 0
    for word in words:
        assert word in done.out
    assert "\x1b" not in done.out


def test_the_version_is_that_of_the_package(command: Command) -> None:
    for option in ("--version", "-V"):
        assert command(option) == Done(0, f"sector7 {metadata.version('sector7')}\n", "")


def test_without_a_command_it_helps(command: Command) -> None:
    done = command()
    assert done.code in (0, 2)
    assert "simulate" in done.out + done.err


HELP = "sys.argv = ['sector7', '--help']\nimport sector7.cli\ntry: sector7.cli.main()\nexcept SystemExit: pass\n"


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        (HELP, {"simpy", "pydantic", "pymodbus", "textual", "asyncio"}),
        ("import sector7.simulate\n", {"pymodbus", "textual", "asyncio"}),
        ("import sector7.serve\n", {"aiohttp", "textual"}),
        ("import hmi.app\n", {"aiohttp", "simpy", "pydantic"}),
    ],
    ids=["help", "simulate", "serve", "hmi"],
)
def test_what_is_not_needed_is_not_imported(code: str, heavy: set[str]) -> None:
    """It must be there at once."""
    code = f"import sys\n{code}unneeded = {heavy} & set(sys.modules)\nassert not unneeded, unneeded"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr


# ---- durations
@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("30m", 1800), ("24h", 86400), ("7d", 604800), ("1h30m", 5400), ("1.5h", 5400), ("45", 45),
     ("366d", 366 * 86400), ("0.000001s", 1e-6)],
)  # fmt: skip
def test_durations(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds * 1_000_000


@pytest.mark.parametrize(
    "text", ["", "x", "5x", "1h 30m", "-5s", "0", "0s", "1e3", "367d", "nan", "inf", "h", "1..5s", "0.0000001s", "s1"]
)
def test_durations_that_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"--duration: '.*' is not a time up to 366 days such as 90s, 30m, 24h or 7d"):
        parse_duration(text)


# ---- what is wrong, in one line
BAD_RECIPES = {
    "unknown key": (GOOD.replace("pallets", "palets"), "palets: is no key here"),
    "wrong type": (GOOD.replace("= 4\n[", '= "4"\n['), "pallets: input should be a valid integer, not '4'"),
    "out of range": (GOOD.replace("= 4\n[", "= 0\n["), "pallets: input should be greater than or equal to 1, not 0"),
    "unknown station": (GOOD.replace("= 12", "= 13"), "station[2].number: input should be less than or equal to 12"),
    "unknown set point": (GOOD + "[station.setpoints]\nx = 1", "station[2]: station 12 has no set point 'x'"),
    "no TOML": ("{", "is not valid TOML"),
    "binary": ("\0\1", "is not valid TOML"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_RECIPES)
@pytest.mark.parametrize("verb", ["simulate", "serve", "run"])
def test_a_bad_recipe(name: str, verb: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sector7.stop.SIGNALS", ())  # in this process they are pytest's
    text, expected = BAD_RECIPES[name]
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    done = command(verb, "--recipe", str(file))
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith(f"sector7: recipe: {file}: {expected}")
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("simulate", "--duration", "5x"), "--duration: '5x' is not a time up to 366 days such as 90s, 30m, 24h or 7d"),
        (("simulate", "--recipe", "nope"), "recipe: nope: no such file, and not one of the shipped recipes (castle"),
        (("simulate", "--recipe", "/"), "recipe: /: cannot be read: Is a directory"),
        (("simulate", "--json", "/no/such/a.json"), "--json: '/no/such/a.json' is not a file that can be written (No"),
        (("simulate", "--json", "/"), "--json: '/' is not a file that can be written (Is a directory)"),
        (("simulate", "--junit", "/proc/version/x"), "--junit: '/proc/version/x' is not a file that can be written ("),
        (("simulate", "--json", "/proc/nothing"), "--json: '/proc/nothing' is not a file that can be written ("),
        (("map", "export", "--out", "/dev/full"), "--out: '/dev/full' is not a file that can be written (No space"),
        (("map", "export", "--format", "openplc", "--stations", "x"), "--stations: 'x' is not a list of stations"),
        (("hmi", "here"), "HOST:PORT: 'here' is not a host and a port such as 127.0.0.1:5020"),
        (("hmi", "here:0"), "HOST:PORT: 'here:0' is not a host and a port"),
        (("hmi", "here:99999"), "HOST:PORT: 'here:99999' is not a host and a port"),
        (("hmi", ":5020"), "HOST:PORT: ':5020' is not a host and a port"),
    ],
)  # fmt: skip
def test_a_bad_value(arguments: tuple[str, ...], expected: str, command: Command) -> None:
    done = command(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith(f"sector7: {expected}")
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("simulate", "--seed", "x"), ("simulate", "--seed", "-1"), ("serve", "--port", "70000"),
     ("serve", "--speed", "0"), ("serve", "--speed", "1001"), ("map", "export", "--format", "pdf"),
     ("simulate", "--boards", "wooden")],
)  # fmt: skip
def test_bad_usage(arguments: tuple[str, ...], command: Command) -> None:
    done = command(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert "Traceback" not in done.err
    assert "Error" in done.err
    assert arguments[-1] in done.err or arguments[-2] in done.err or "Missing argument" in done.err


def test_a_full_disk_at_the_end_is_told(command: Command) -> None:
    done = command("simulate", "--duration", "60s", "--json", "/dev/full")
    assert done.code == 2
    assert done.err == "sector7: --json: '/dev/full' is not a file that can be written (No space left on device)\n"


def test_nothing_is_simulated_when_the_result_cannot_be_written(command: Command, tmp_path: Path) -> None:
    done = command("simulate", "--duration", "366d", "--json", str(tmp_path / "no" / "a.json"))
    assert done.code == 2


# ---- on a terminal
async def test_progress_table_and_colours_on_a_terminal() -> None:
    async with OnTerminal("simulate", "--duration", "4h", "--seed", "1") as shown:
        assert await shown.ends() == 0
        assert b"robots" in shown.raw
        assert b"\x1b[32m" in shown.raw
        assert "✔ passed" in shown.text
        # the progress line is gone
        assert "█" not in shown.text


async def test_no_color_means_no_colour() -> None:
    for arguments in (("simulate", "--duration", "10m"), ("--help",), ("doctor",)):
        async with OnTerminal(*arguments, env={"NO_COLOR": "1"}) as shown:
            assert await shown.ends() in (0, 3)  # the doctor's verdict on this machine is its own
            colours = re.findall(rb"\x1b\[(?:\d+;)*(?:3\d|4\d|9\d)(?:;\d+)*m", shown.raw)
            assert colours == []
