"""The pytest plugin, in pytest runs of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hil.toolbox import need_emulator
from tests.sector7.bench import pty_board
from tests.sector7.plugged import PLUGGED

pytest_plugins = ["pytester"]

#: Everything that a user's own pytest would not have either stays away.
ALONE = ("-p", "no:asyncio", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:randomly")


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    return Run(pytester)


class Run:
    """`run(source, *arguments)`: what pytest says of a file of tests."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester

    def __call__(self, source: str, *arguments: str) -> pytest.RunResult:
        self.pytester.makepyfile(source)
        return self.pytester.runpytest_subprocess(*PLUGGED, *ALONE, *arguments)


STATION = """
import pytest

@pytest.mark.sector7(station=5, seed=7)
def test_station(station, line):
    assert station.line is line
    station.expect("Board.clamped", True, within=60)
    assert type(station.cabinet.board).__name__ == "{kind}"

@pytest.mark.sector7(station=4)
def test_board(board):
    board.start("clamp")
    board.expect("clamp", off=["tripped"])
"""


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        ((), "SimulatedBoard"),
        (("--target", "simulated"), "SimulatedBoard"),
        (("--target", "emulated"), "EmulatedBoard"),
    ],
)
def test_one_test_runs_on_the_target_that_is_named(run: Run, arguments: tuple[str, ...], kind: str) -> None:
    need_emulator()
    result = run(STATION.format(kind=kind), *arguments)
    result.assert_outcomes(passed=2)
    shown = f"sector7: target {arguments[1]}" if arguments else ""
    assert shown in result.stdout.str()
    assert ("sector7: target" in result.stdout.str()) is bool(arguments)


def test_two_workers_take_turns_at_one_port(run: Run, tmp_path: Path) -> None:
    with pty_board(tmp_path, 5) as board:
        result = run(STATION.format(kind="RigBoard"), "--target", str(board.port), "-n", "2")
    result.assert_outcomes(passed=2)


def test_a_failure_names_tag_expected_and_got_at_the_users_line(run: Run) -> None:
    result = run("""
import pytest

@pytest.mark.sector7(station=5)
def test_station(station):
    station.expect("StateCurrent", "Held", within=1)

@pytest.mark.sector7(station=5)
def test_board(board):
    board.expect("clamp", within=0.1)
""")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines([
        'E *AssertionError: ST05.StateCurrent: expected Held within 1 s of plant time, got * (at 1.00 s)',
        "*.py:5: AssertionError",
        "E *AssertionError: board of ST05: clamp: expected on, got off within 0.1 s of the board's time (at 0.10 s)",
        "*.py:9: AssertionError",
    ])  # fmt: skip


def test_the_ini_file_chooses_where_the_command_line_does_not(run: Run) -> None:
    need_emulator()
    run.pytester.makeini("[pytest]\nsector7_target = emulated\nsector7_recipe = short.toml\nsector7_seed = 3\n")
    stations = "".join(f"[[station]]\nnumber = {n}\nplaces = 8\n" for n in (1, 3, 12))
    run.pytester.path.joinpath("short.toml").write_text(f'name = "short"\npallets = 8\n{stations}', "utf-8")
    source = """
import pytest

def test_line(line):
    line.run(1)
    assert line.rig.recipe.name == "short"
    assert line.rig.seed == 3
    assert {type(cabinet.board).__name__ for cabinet in line.rig.cabinets} == {"EmulatedBoard"}

@pytest.mark.sector7(recipe="castle", seed=4)
class TestMarked:
    @pytest.mark.sector7(seed=5)
    def test_line(self, line):
        assert (line.rig.recipe.name, line.rig.seed) == ("castle", 5)
"""
    run(source).assert_outcomes(passed=2)


#: Marker, fixture, what is said.
WRONG = (
    ("", "station", "sector7: the fixture 'station' needs a station: say @pytest.mark.sector7(station=5)"),
    ("", "board", "sector7: the fixture 'board' needs a station: say @pytest.mark.sector7(station=5)"),
    ("sector7(station=13)", "board", "sector7: there is no station '13': there are 1, 2, 3, *"),
    ("sector7(station=13)", "station", "sector7: there is no station '13': there are 1, 2, 3, *"),
    ("sector7(station='5')", "board", "sector7: @pytest.mark.sector7: station='5' is not a number"),
    ("sector7(statoin=5)", "line", "sector7: @pytest.mark.sector7 takes station=, recipe=, seed= not statoin"),
    ("sector7(5)", "line", "sector7: @pytest.mark.sector7 takes station=, recipe=, seed= not 5"),
    ("sector7(seed='x')", "line", "sector7: seed 'x' is not a number from 0 on"),
    ("sector7(recipe='nowhere.toml')", "line", "sector7: nowhere.toml: no such file*"),
)


def test_what_cannot_be_had_is_told_in_one_line(run: Run) -> None:
    source = ["import pytest"]
    for number, (marker, fixture, _) in enumerate(WRONG):
        source += [f"@pytest.mark.{marker}"] * bool(marker) + [f"def test_{number}({fixture}):", "    pass"]
    result = run("\n".join(source))
    result.assert_outcomes(errors=len(WRONG))
    for number, (_, _, says) in enumerate(WRONG):
        result.stdout.fnmatch_lines([f"*ERROR at setup of test_{number} *", says], consecutive=True)
    assert "Traceback" not in result.stdout.str()
    assert "sector7/testing" not in result.stdout.str()


def test_a_port_without_a_board_is_an_error_of_the_test_not_a_skip(run: Run) -> None:
    source = "import pytest\n@pytest.mark.sector7(station=5)\ndef test_it(board):\n    pass\n"
    result = run(source, "--target", "/dev/nowhere")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["sector7: /dev/nowhere: cannot be opened*"])


def test_a_target_that_cannot_be_one_ends_the_run(run: Run) -> None:
    result = run("def test_it():\n    pass\n", "--target", "emulatd")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --target: 'emulatd' is not simulated, emulated, a serial port*"])


def test_the_fixtures_option_and_marker_explain_themselves(run: Run) -> None:
    helped = run("", "--help").stdout.str()
    assert "--target=TARGET" in helped
    assert "sector7_recipe (string):" in helped
    run.pytester.makeini("[pytest]\naddopts = --strict-markers\n")
    run(STATION.format(kind="SimulatedBoard"), "--strict-markers").assert_outcomes(passed=2)
    assert "@pytest.mark.sector7(station=5" in run("", "--markers").stdout.str()
    shown = run("", "--fixtures").stdout.str()
    for fixture in ("line", "station", "board"):
        assert f"\n{fixture} -- " in shown


def test_who_does_not_use_it_pays_nothing(run: Run) -> None:
    result = run("""
import sys

def test_nothing_of_ours_is_imported():
    ours = ("sector7", "plant", "firmware_sim", "hil", "hmi", "protocols", "simpy", "pydantic", "serial", "typer")
    found = {name for name in sys.modules if name.partition(".")[0] in ours}
    assert found == {"sector7", "sector7.pytest_plugin"}

def test_names_are_free(request):
    assert "line" not in request.fixturenames
""")
    result.assert_outcomes(passed=2)
