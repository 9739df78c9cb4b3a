"""What this machine has and lacks for sector7: one finding per question, each with its remedy.

Every check takes the facts it judges as arguments (defaulting to this machine's), changes nothing and never raises:
a machine in a bad state is what it is for. A finding that is not ok and is `required` means exit code 3.
"""

import importlib.util
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from protocols.address import DEFAULT_PORT
from sector7 import installed

OLDEST_PYTHON = (3, 11)
SMALLEST_TERMINAL = (80, 24)
"""Columns and lines below which the operator screens are cut."""
"""TCP port of the plant's Modbus server."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer: what was looked at, whether it will do, what was seen, and (if it will not do) how to help it."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    required: bool = True
    """False where sector7 runs without it and only offers less."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A program or library that pip cannot give. `proof` is a command on the PATH or an absolute path."""

    name: str
    proof: str
    purpose: str
    packages: str
    """Debian packages that bring it, separated by spaces."""


TOOLS = (
    Tool("mbpoll", "mbpoll", "reading and writing the plant's registers from a shell", "mbpoll"),
    Tool("avr-gcc", "avr-gcc", "building the board firmware", "gcc-avr avr-libc"),
    Tool("simavr", "/usr/include/simavr/sim_avr.h", "emulated boards that run the firmware's binary", "libsimavr-dev"),
    Tool("avrdude", "avrdude", "flashing a real board", "avrdude"),
)


def examine() -> tuple[Finding, ...]:
    """Ask everything of this machine. Takes about a second: a child process imports the required packages."""
    return (
        check_python(),
        *check_packages(),
        check_import_names(),
        check_terminal(),
        *check_tools(),
        check_serial_ports(),
        check_port(),
    )


def fit(findings: Iterable[Finding]) -> bool:
    """Whether sector7 can run: every required finding is ok. The caller exits with code 3 if not."""
    return all(finding.ok or not finding.required for finding in findings)


def check_python(version: tuple[int, int, int] | None = None) -> Finding:
    """Judge the Python version (major, minor, micro)."""
    major, minor, micro = version or sys.version_info[:3]
    shown = f"{major}.{minor}.{micro}"
    if (major, minor) >= OLDEST_PYTHON:
        return Finding("Python", True, shown)
    oldest = ".".join(str(part) for part in OLDEST_PYTHON)
    remedy = f"install Python {oldest} or newer, then: make run"
    return Finding("Python", False, f"{shown}, older than {oldest}", remedy)


def check_packages(
    requirements: Sequence[installed.Requirement] | None = None,
    version_of: Callable[[str], str | None] = installed.version_of,
    import_errors: Callable[[Sequence[str]], Mapping[str, str]] = installed.import_errors,
) -> list[Finding]:
    """Judge each required package: installed, at a version we accept, and importable."""
    if requirements is None:
        requirements = installed.requirements()
    if not requirements:
        return [Finding("packages", False, "sector7 itself is not installed in this Python", "make run")]
    errors = import_errors([requirement.import_name for requirement in requirements])
    findings = []
    for requirement in requirements:
        version = version_of(requirement.name)
        error = errors.get(requirement.import_name)
        if version is None:
            detail = "not installed"
        elif not requirement.accepts(version):
            detail = f"{version}, needed: {requirement.specifier}"
        elif error is not None:
            detail = f"{version}, does not import: {error}"
        else:
            pinned = "  (exactly this one)" if requirement.exact else ""
            findings.append(Finding(requirement.name, True, f"{version}{pinned}"))
            continue
        remedy = "make clean run   (or: pip install --force-reinstall sector7)"
        findings.append(Finding(requirement.name, False, detail, remedy))
    return findings


def check_import_names(
    owners: Mapping[str, frozenset[str]] | None = None,
    folders: Mapping[str, Path | None] | None = None,
) -> Finding:
    """Judge that our import names are ours alone; `plant` and `hmi` are names of other people's packages too.

    `owners` maps an import name to the distributions that install it, `folders` to where Python would find it now.
    """
    if owners is None:
        owners = installed.owners()
    if folders is None:
        folders = {name: installed.folder_of(name) for name in installed.IMPORT_NAMES}
    name = "import names"
    for ours in installed.IMPORT_NAMES:
        strangers = sorted(owners.get(ours, frozenset()) - {"sector7"})
        if strangers:
            detail = f"{ours} is also installed by {', '.join(strangers)}"
            return Finding(name, False, detail, own_environment(strangers))
        if not owners.get(ours):
            return Finding(name, False, f"{ours} is installed by nobody", "make run")
    homes = {folder.parent if folder else None for folder in folders.values()}
    if len(homes) > 1 or None in homes:
        where = ", ".join(f"{ours} in {folder}" for ours, folder in folders.items())
        return Finding(name, False, f"found in several places: {where}", "start sector7 from another folder")
    return Finding(name, True, f"{', '.join(installed.IMPORT_NAMES)}: ours alone")


def own_environment(strangers: Sequence[str]) -> str:
    """Say how to part sector7 from distributions that claim its import names."""
    return f"give sector7 an environment of its own (make run), or: pip uninstall {' '.join(strangers)}"


def check_terminal(
    size: tuple[int, int] | None = None,
    environ: Mapping[str, str] = os.environ,
    tty: bool | None = None,
) -> Finding:
    """Judge size (columns, lines) and colours of the terminal. Advice only: without one sector7 runs headless."""
    if tty is None:
        tty = sys.stdout.isatty()
    if not tty:
        return Finding("terminal", True, "none: headless with a status line", required=False)
    columns, lines = size if size is not None else shutil.get_terminal_size()
    seen = f"{columns}x{lines}, {colours(environ)}"
    if columns < SMALLEST_TERMINAL[0] or lines < SMALLEST_TERMINAL[1]:
        wanted = "{}x{}".format(*SMALLEST_TERMINAL)
        return Finding("terminal", False, seen, f"make it at least {wanted} (140x42 shows all)", required=False)
    if environ.get("TERM", "dumb") == "dumb":
        return Finding("terminal", False, seen, "set TERM to what the terminal is, e.g. xterm-256color", required=False)
    return Finding("terminal", True, seen, required=False)


def colours(environ: Mapping[str, str]) -> str:
    """Say how many colours the environment promises, the way terminal programs read it."""
    if environ.get("NO_COLOR"):
        return "no colour (NO_COLOR is set)"
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "16 million colours"
    term = environ.get("TERM", "dumb")
    if term == "dumb":
        return "no colour (TERM says dumb or nothing)"
    return "256 colours" if "256color" in term else "16 colours"


def check_tools(tools: Iterable[Tool] = TOOLS, find: Callable[[str], str | None] | None = None) -> list[Finding]:
    """Look for each tool; `find` maps its proof to where it is, or None. Advice only."""
    find = find or locate
    findings = []
    for tool in tools:
        place = find(tool.proof)
        if place is None:
            remedy = f"sudo apt-get install {tool.packages}"
            findings.append(Finding(tool.name, False, f"not found; for {tool.purpose}", remedy, required=False))
        else:
            findings.append(Finding(tool.name, True, f"{place}; for {tool.purpose}", required=False))
    return findings


def locate(proof: str) -> str | None:
    """Find a command on the PATH or an absolute path; None if it is not there."""
    if proof.startswith("/"):
        return proof if Path(proof).exists() else None
    return shutil.which(proof)


def check_serial_ports(ports: Sequence[str] | None = None) -> Finding:
    """Name the serial ports (device and description). None present is fine: boards are then simulated."""
    if ports is None:
        if importlib.util.find_spec("serial") is None:
            return Finding("serial ports", False, "cannot look: pyserial is not installed", "make run", required=False)
        from hil import serial_port  # here, so that a missing pyserial is a finding and not a crash

        ports = [
            port.device if port.description == port.device else f"{port.device} ({port.description})"
            for port in serial_port.available()
        ]
    seen = ", ".join(ports) if ports else "none: boards are simulated or emulated"
    return Finding("serial ports", True, seen, required=False)


def check_port(port: int = DEFAULT_PORT, host: str = "127.0.0.1") -> Finding:
    """Judge whether a server could listen on this TCP port now. Advice only: `--port` takes another."""
    name = f"port {port}"
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            remedy = f"stop what listens there (another sector7?), or: sector7 serve --port {port + 1}"
            return Finding(name, False, f"not free on {host}: {error.strerror}", remedy, required=False)
    return Finding(name, True, f"free on {host}", required=False)


def render(findings: Iterable[Finding], *, color: bool) -> str:
    """Lay the findings out as a text table, remedies below what they help, and a closing line; ends with a newline.

    The words alone tell everything; `color` only adds ANSI colours to what needs attention.
    """
    rows = list(findings)
    width = max((len(row.name) for row in rows), default=0)
    lines = []
    for row in rows:
        word, code = ("ok", "") if row.ok else ("FAIL", "31;1") if row.required else ("note", "33")
        mark = f"{word:<4}"
        if color and code:
            mark = f"\x1b[{code}m{mark}\x1b[0m"
        lines.append(f"{mark}  {row.name:<{width}}  {row.detail}")
        if row.remedy and not row.ok:
            lines.append(f"{'':4}  {'':<{width}}  -> {row.remedy}")
    failures = sum(not row.ok and row.required for row in rows)
    notes = sum(not row.ok and not row.required for row in rows)
    verdict = f"cannot run: {failures} required missing" if failures else "fit to run"
    offered = f", {notes} optional missing" if notes else ""
    return "\n".join([*lines, "", f"{verdict}{offered}"]) + "\n"
