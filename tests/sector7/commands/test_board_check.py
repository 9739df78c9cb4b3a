"""`sector7 boards check`: verdicts, exit codes, reports, and an end that leaves the board as it was."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sector7.board_check.bench_line import BenchLine
from sector7.board_check.measure import Measurement
from sector7.board_check.report import print_outcome, to_json, to_junit
from sector7.board_check.runner import Result, Verdict
from sector7.board_check.suite import Outcome, check, open_target
from sector7.board_check.vector import shipped
from tests.hil.toolbox import mutated_hex, need_emulator
from tests.sector7.bench import pty_board
from tests.sector7.command_line import Command
from tests.sector7.terminal import OnTerminal


@pytest.mark.parametrize("target", ["simulated", "emulated"])
def test_a_good_board_passes(command: Command, tmp_path: Path, target: str) -> None:
    need_emulator()
    as_json, as_junit = tmp_path / "x.json", tmp_path / "x.xml"
    done = command("boards", "check", "--target", target, "--json", str(as_json), "--junit", str(as_junit))
    assert (done.code, done.err) == (0, "")
    assert f"board check: {target}, station 4" in done.out
    assert "✔ passed: 12 checks\n" in done.out
    report = json.loads(as_json.read_text())
    assert report["passed"] is True
    assert {each["name"] for each in report["vectors"]} == {vector.name for vector in shipped()}
    assert {each["name"]: each["value"] for each in report["measurements"]} == {
        "debounce": 30.0, "watchdog": 100.0, "analogue": 0.0
    }  # fmt: skip
    suite = ET.parse(as_junit).getroot()
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("12", "0", "0")


def test_one_station_has_its_own_vectors(command: Command) -> None:
    done = command("boards", "check", "--target", "simulated", "--station", "11")
    assert done.code == 0
    assert "✔ heater" in done.out
    assert "✔ passed: 4 checks" in done.out


def test_a_board_behind_a_port_is_checked_and_keeps_its_profile(command: Command, tmp_path: Path) -> None:
    report = tmp_path / "x.json"
    with pty_board(tmp_path, 3) as board:
        port = str(board.port)
        asked = ("--station", "3", "--rtt-limit", "1000", "--volts", "0", "--yes", "--json", str(report))
        done = command("boards", "check", "--port", port, *asked)
        line = BenchLine(port, 3)
        line.close()
    assert (done.code, done.err) == (0, "")
    assert f"board check: {port}, station 3" in done.out
    found = {each["name"]: each for each in json.loads(report.read_text())["measurements"]}
    assert found["rtt_mean"]["high"] == 1000.0
    assert found["rtt_min"]["value"] <= found["rtt_mean"]["value"] <= found["rtt_max"]["value"]
    assert found["analogue"]["value"] == 0.0


def test_a_bad_firmware_fails_by_name(tmp_path: Path) -> None:
    from sector7.board_check.lockstep import LockStepTarget
    from sector7.board_check.measure import Limits

    old = "uint32_t stable = profile_debounce_us(profile);"
    target = LockStepTarget("mutant", mutated_hex(tmp_path, "app/logic.c", old, old.replace(";", " + 20000;")))
    outcome = Outcome("mutant", 3)
    for finding in check(target, 3, Limits()):
        outcome.take(finding)
    # the vector of that name, the one about interlocks, and the measurement
    assert outcome.failed == ["debounce", "interlock", "debounce"]


def outcome() -> Outcome:
    results = [
        Result("axis", "It moves.", Verdict.PASSED, (), 0.5),
        Result("start", "It starts.", Verdict.FAILED, ("at 0 ms: duty: expected 5, got 0",), 0.25),
        Result("heater", "It heats.", Verdict.SKIPPED, ("it has been on",), 0.25),
    ]
    measurements = [
        Measurement("rtt_mean", "exchange: mean", 12.0, "ms", None, 20.0),
        Measurement("debounce", "debounce time", 50.0, "ms", 30.0, 30.0),
        Measurement("watchdog", "watchdog time", None, "ms", 100.0, 100.0, "it never tripped", broken=True),
    ]
    return Outcome("/dev/ttyX", 4, results, measurements)


def test_the_table_shows_what_failed_and_why(capsys: pytest.CaptureFixture[str]) -> None:

    print_outcome(outcome(), sys.stdout, color=False)
    shown = capsys.readouterr().out
    assert "✘ start            0.25 s  It starts.\n    at 0 ms: duty: expected 5, got 0\n" in shown
    assert "- heater           0.25 s  It heats.\n    it has been on\n" in shown
    assert "✔ exchange: mean                                  12.0 ms     at most 20\n" in shown
    assert "✘ debounce time                                   50.0 ms     exactly 30\n" in shown
    assert "✘ watchdog time                             it never tripped\n" in shown
    assert shown.endswith("\n✘ failed: start, debounce, watchdog, 1 skipped\n")


def test_the_reports_say_the_same() -> None:
    report = json.loads(to_json(outcome()))
    assert (report["passed"], report["failed"]) == (False, ["start", "debounce", "watchdog"])
    suite = ET.fromstring(to_junit(outcome()))
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("6", "3", "1")
    cases = {case.get("name"): case for case in suite}
    failure = cases["debounce"].find("failure")
    assert failure is not None
    assert failure.get("message") == "50 ms: exactly 30"
    skipped = cases["heater"].find("skipped")
    assert skipped is not None
    assert skipped.get("message") == "it has been on"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--target", "nonsense"), 2, "--target: 'nonsense' is not simulated, emulated, a serial port"),
        (("--port", "emulated"), 2, "--port: 'emulated' is not a serial port such as /dev/ttyACM0"),
        (("--port", "/dev/x", "--target", "emulated"), 2, "--target names the board already"),
        (("--port", "/dev/nowhere"), 2, "checked without --yes where nobody can be asked"),
        (("--port", "/dev/nowhere", "--yes"), 3, "/dev/nowhere: cannot be opened (there is no such device"),
        (("--port", "socket://127.0.0.1:1", "--yes"), 3, "socket://127.0.0.1:1: cannot be opened"),
        (("--target", "simulated", "--json", "/nowhere/x.json"), 2, "--json: '/nowhere/x.json' is not a file"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    command: Command, arguments: tuple[str, ...], code: int, says: str
) -> None:
    done = command("boards", "check", *arguments)
    assert done.code == code
    assert says in done.err
    assert done.err.count("\n") == 1
    assert done.out == ""


async def test_on_a_terminal_it_asks_first_and_ctrl_c_gives_the_board_its_profile_back(tmp_path: Path) -> None:
    report = tmp_path / "x.json"
    with pty_board(tmp_path, 9) as board:
        port = str(board.port)
        async with OnTerminal("boards", "check", "--port", port, "--json", str(report)) as terminal:
            await terminal.shows("take the power off what is wired to it", "Check the board at")
            terminal.press("y\n")
            await terminal.shows("2  safety: passed")
            terminal.send(signal.SIGINT)
            assert await terminal.ends() == 130
            assert "interrupted: the rest was not checked" in terminal.text
        line = BenchLine(port, 9)
        line.close()
    assert report.read_text() == ""


async def test_who_says_no_is_left_alone(tmp_path: Path) -> None:
    async with OnTerminal("boards", "check", "--port", str(tmp_path / "nowhere" / "tty")) as terminal:
        await terminal.shows("Check the board at")
        terminal.press("n\n")
        assert await terminal.ends() == 130
        assert "cannot be opened" not in terminal.text


def test_a_target_is_opened_by_its_name() -> None:
    assert [open_target(name).name for name in ("simulated", "emulated")] == ["simulated", "emulated"]
