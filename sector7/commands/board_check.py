"""`sector7 boards check`: does this board behave as every board must?"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sector7.commands.real_board import confirm, give_back
from sector7.usage import UsageError

if TYPE_CHECKING:
    from sector7.board_check.specimen import Target
    from sector7.board_check.suite import Outcome

_WARNING = "The check switches every output of the board and moves its axis: take the power off what is wired to it."


def check(
    port: Annotated[
        str, typer.Option(help="A real board: its serial port, or socket://HOST:PORT.", metavar="PORT")
    ] = "",
    target: Annotated[
        str, typer.Option(help="simulated, emulated, or a port.", metavar="TARGET", show_default="emulated")
    ] = "",
    station: Annotated[
        int | None,
        typer.Option(help="Only this station's vectors; on a port, its board, which keeps its profile.", min=1, max=12),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Nothing is wired to the board that must not move.")] = False,
    rtt_limit: Annotated[float, typer.Option(help="Slowest mean exchange to accept, ms.", min=1, max=10_000)] = 20.0,
    volts: Annotated[
        float | None, typer.Option(help="A known voltage that is wired to every analogue input.", min=0, max=5)
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write the findings as JSON.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Write the findings as JUnit XML.")] = None,
) -> None:
    """Tell the board every test vector of the firmware and measure it; exit code 0 if all passed, 1 if not.

    On a port the inputs are supplied over the line: a bare board on a desk will do. It becomes the board of each
    vector's station in turn and gets its own profile back at the end. What it needs: power, the firmware, and D2 to
    ground if its pins are to be checked too.
    """
    from sector7.board_check import report
    from sector7.board_check.suite import Outcome, is_port, measured_station, open_target

    if port and target:
        raise UsageError("--port", port, "needed: --target names the board already")
    name = port or target or "emulated"
    if port and not is_port(port):
        raise UsageError("--port", port, "a serial port such as /dev/ttyACM0, or socket://HOST:PORT")
    for option, path in (("--json", json), ("--junit", junit)):
        _writable(option, path)
    if is_port(name) and not yes:
        confirm("--port", name, _WARNING, "Check")
    bench = open_target(name, station)
    try:
        outcome = Outcome(name, measured_station(bench, station).number)
        complete = _run(bench, station, outcome, rtt_limit, volts)
    finally:
        give_back(bench)
    report.print_outcome(outcome, sys.stdout, color="NO_COLOR" not in os.environ and sys.stdout.isatty())
    if not complete:
        sys.stderr.write("sector7: interrupted: the rest was not checked, no report was written\n")
        raise typer.Exit(130)
    if json is not None:
        json.write_text(report.to_json(outcome), "utf-8")
    if junit is not None:
        junit.write_text(report.to_junit(outcome), "utf-8")
    raise typer.Exit(1 if outcome.failed else 0)


def _run(bench: Target, station: int | None, outcome: Outcome, rtt_limit: float, volts: float | None) -> bool:
    """Fill the outcome; False if somebody interrupted."""
    from sector7.board_check.measure import Limits
    from sector7.board_check.suite import check as findings

    watched = sys.stderr.isatty()
    try:
        for n, finding in enumerate(findings(bench, station, Limits(rtt_limit, volts)), 1):
            outcome.take(finding)
            if watched:
                sys.stderr.write(f"\r\x1b[K{n:3d}  {finding.name}: {finding.verdict}")
                sys.stderr.flush()
    except KeyboardInterrupt:
        return False
    finally:
        if watched:
            sys.stderr.write("\r\x1b[K")
    return True


def _writable(option: str, path: Path | None) -> None:
    if path is not None:
        try:
            path.open("a").close()
        except OSError as error:
            raise UsageError(option, str(path), f"a file that can be written ({error.strerror})") from None
