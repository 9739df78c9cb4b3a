"""The doctor: each fault is seen, named and given a remedy, and advice is never mistaken for a fault."""

import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from sector7 import doctor, installed
from sector7.doctor import Finding

OURS = {name: frozenset({"sector7"}) for name in installed.IMPORT_NAMES}
HOMES: dict[str, Path | None] = {name: Path("home") / name for name in installed.IMPORT_NAMES}
TEXTUAL = installed.Requirement("textual", "==8.2.8")


def no_errors(names: Sequence[str]) -> Mapping[str, str]:
    return {}


def one_package(version: str | None, errors: Mapping[str, str] | None = None) -> Finding:
    (finding,) = doctor.check_packages([TEXTUAL], lambda _: version, lambda _: errors or {})
    return finding


@pytest.mark.parametrize(
    ("version", "ok"), [((3, 11, 0), True), ((3, 13, 2), True), ((4, 0, 0), True), ((3, 10, 13), False)]
)
def test_python(version: tuple[int, int, int], ok: bool) -> None:
    finding = doctor.check_python(version)
    assert finding.ok is ok
    assert finding.required
    assert bool(finding.remedy) is not ok


def test_a_package_at_its_exact_pin_is_fine() -> None:
    assert one_package("8.2.8").ok


@pytest.mark.parametrize(
    ("version", "errors", "said"),
    [
        (None, {}, "not installed"),
        ("8.2.9", {}, "8.2.9, needed: ==8.2.8"),
        ("8.2.8", {"textual": "OSError: no"}, "8.2.8, does not import: OSError: no"),
    ],
)
def test_a_package_that_will_not_do(version: str | None, errors: Mapping[str, str], said: str) -> None:
    finding = one_package(version, errors)
    assert (finding.ok, finding.required, finding.detail) == (False, True, said)
    assert finding.remedy


def test_without_metadata_there_is_one_finding_and_no_crash() -> None:
    (finding,) = doctor.check_packages([], import_errors=no_errors)
    assert not finding.ok
    assert "not installed" in finding.detail


def test_our_own_requirements_hold_here() -> None:
    findings = doctor.check_packages()
    assert {finding.name for finding in findings} >= {"pymodbus", "pyserial", "simpy", "textual", "typer", "pydantic"}
    assert [finding for finding in findings if not finding.ok] == []


def test_each_import_name_has_one_owner_and_one_home_here() -> None:
    finding = doctor.check_import_names()
    assert finding.ok, finding.detail


def test_a_stranger_with_our_import_name_is_named() -> None:
    finding = doctor.check_import_names({**OURS, "hmi": frozenset({"sector7", "hmi-tools"})}, HOMES)
    assert not finding.ok
    assert "hmi is also installed by hmi-tools" in finding.detail
    assert "pip uninstall hmi-tools" in finding.remedy


def test_an_import_name_nobody_installs_is_a_fault() -> None:
    assert not doctor.check_import_names({**OURS, "plant": frozenset()}, HOMES).ok


def test_a_folder_that_shadows_one_of_ours_is_a_fault() -> None:
    finding = doctor.check_import_names(OURS, {**HOMES, "plant": Path("elsewhere/plant")})
    assert not finding.ok
    assert str(Path("elsewhere/plant")) in finding.detail


@pytest.mark.parametrize(
    ("size", "environ", "ok", "said"),
    [
        ((140, 42), {"TERM": "xterm-256color"}, True, "140x42, 256 colours"),
        ((80, 24), {"TERM": "xterm", "COLORTERM": "truecolor"}, True, "80x24, 16 million colours"),
        ((80, 24), {"TERM": "linux"}, True, "80x24, 16 colours"),
        ((79, 24), {"TERM": "xterm"}, False, "79x24"),
        ((80, 23), {"TERM": "xterm"}, False, "80x23"),
        ((80, 24), {}, False, "TERM says dumb"),
        ((80, 24), {"TERM": "xterm", "NO_COLOR": "1"}, True, "NO_COLOR"),
    ],
)
def test_terminal(size: tuple[int, int], environ: Mapping[str, str], ok: bool, said: str) -> None:
    finding = doctor.check_terminal(size, environ, tty=True)
    assert (finding.ok, finding.required) == (ok, False)
    assert said in finding.detail


def test_no_terminal_is_fine() -> None:
    assert doctor.check_terminal((0, 0), {}, tty=False).ok


def test_a_missing_tool_says_what_for_and_how_to_get_it() -> None:
    findings = doctor.check_tools(find=lambda proof: None)
    assert [finding.required for finding in findings] == [False] * len(doctor.TOOLS)
    for tool, finding in zip(doctor.TOOLS, findings, strict=True):
        assert tool.purpose in finding.detail
        assert finding.remedy == f"sudo apt-get install {tool.packages}"


def test_tools_are_found_by_command_and_by_path(tmp_path: Path) -> None:
    header = tmp_path / "sim_avr.h"
    assert doctor.locate(str(header)) is None
    header.touch()
    assert doctor.locate(str(header)) == str(header)
    assert doctor.locate("sh")
    assert doctor.locate("no-such-command-at-all") is None


def test_serial_ports_are_named_and_none_is_fine() -> None:
    assert doctor.check_serial_ports(["/dev/ttyACM0 (Arduino Uno)"]).detail == "/dev/ttyACM0 (Arduino Uno)"
    assert doctor.check_serial_ports([]).ok
    assert doctor.check_serial_ports().ok


def test_a_port_is_free_until_somebody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        finding = doctor.check_port(port)
        assert (finding.ok, finding.required) == (False, False)
        assert f"--port {port + 1}" in finding.remedy
    assert doctor.check_port(port).ok


FINDINGS = (
    Finding("Python", True, "3.11.7"),
    Finding("textual", False, "not installed", "make run"),
    Finding("mbpoll", False, "not found", "sudo apt-get install mbpoll", required=False),
)


def test_only_what_is_required_makes_unfit() -> None:
    assert doctor.fit(FINDINGS[::2])
    assert not doctor.fit(FINDINGS)


def test_render_says_all_in_words() -> None:
    assert doctor.render(FINDINGS, color=False).splitlines() == [
        "ok    Python   3.11.7",
        "FAIL  textual  not installed",
        "               -> make run",
        "note  mbpoll   not found",
        "               -> sudo apt-get install mbpoll",
        "",
        "cannot run: 1 required missing, 1 optional missing",
    ]


def test_render_colours_only_what_needs_attention() -> None:
    lines = doctor.render(FINDINGS, color=True).splitlines()
    assert [line for line in lines if "\x1b" in line] == [
        "\x1b[31;1mFAIL\x1b[0m  textual  not installed",
        "\x1b[33mnote\x1b[0m  mbpoll   not found",
    ]
    assert doctor.render((), color=True) == "\nfit to run\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("textual==8.2.8", ("textual", "==8.2.8")),
        ("simpy<5,>=4.1", ("simpy", "<5,>=4.1")),
        ("psycopg[binary]>=3.2", ("psycopg", ">=3.2")),
        ("Foo", ("foo", "")),
        ("plotly<8,>=6; extra == 'report'", None),
    ],
)
def test_requirement_lines(line: str, expected: tuple[str, str] | None) -> None:
    found = installed.parse_requirement(line)
    assert (None if found is None else (found.name, found.specifier)) == expected


@pytest.mark.parametrize(
    ("specifier", "version", "accepted"),
    [
        ("<5,>=4.1", "4.1", True),
        ("<5,>=4.1", "4.1.0", True),
        ("<5,>=4.1", "4.10.2", True),
        ("<5,>=4.1", "4.0.9", False),
        ("<5,>=4.1", "5.0.0", False),
        ("==8.2.8", "8.2.80", False),
        ("", "0.1", True),
    ],
)
def test_versions(specifier: str, version: str, accepted: bool) -> None:
    assert installed.Requirement("x", specifier).accepts(version) is accepted


def test_a_failing_import_is_told_in_its_own_words() -> None:
    errors = installed.import_errors(["json", "no_such_module_at_all"])
    assert errors == {"no_such_module_at_all": "ModuleNotFoundError: No module named 'no_such_module_at_all'"}


def test_the_doctor_needs_none_of_the_heavy_libraries() -> None:
    heavy = "'textual', 'pymodbus', 'simpy', 'serial'"
    code = f"import sys, sector7.doctor; print([name for name in ({heavy}) if name in sys.modules])"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert seen.strip() == "[]"
