"""`sector7 simulate`: a run as fast as possible, its figures and its verdict."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from sector7.commands.output import check_writable, colour, write_text
from sector7.commands.scenario import run as run_scenario
from sector7.report.extra import require
from sector7.usage import UsageError, parse_duration

if TYPE_CHECKING:
    from sector7.simulate import Outcome


def simulate(
    scenario: Annotated[
        str,
        typer.Argument(
            help="A scenario that ships with sector7, or a TOML file; without one a plain run.", metavar="NAME|FILE"
        ),
    ] = "",
    duration: Annotated[
        str | None, typer.Option(help="Plant time of a plain run, e.g. 90s, 30m, 24h, 7d (default: 24h).")
    ] = None,
    recipe: Annotated[
        str | None, typer.Option(help="Recipe of a plain run: NAME or FILE (default: castle).", metavar="NAME|FILE")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Root of all random streams (default: the scenario's, or 0).", min=0)
    ] = None,
    boards: Annotated[
        Literal["simulated", "emulated"] | None,
        typer.Option(help="Fit every station with such a board, whatever the recipe says."),
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write figures and verdict as JSON.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Write the verdict as JUnit XML.")] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write a page for people: one file with everything in it, no network needed.")
    ] = None,
    fixed_scan: Annotated[
        bool, typer.Option("--fixed-scan", help="Scan every 10 ms instead of when needed: slow, same trace.")
    ] = False,
) -> None:
    """Run the line as fast as possible and give a verdict: exit code 0 if it passed, 1 if not.

    The verdict of a plain run: nothing lost (conservation), safety invariants, no deadlock, robots built. A scenario
    says what happens besides, and what else is expected; `sector7 scenario list` names those that come with sector7.
    """
    from sector7 import recipe as recipes
    from sector7.boards.kinds import with_boards
    from sector7.report.terminal import print_outcome, progress_line
    from sector7.simulate import simulate as run_simulation

    if html is not None:
        require()
    for option, path in (("--json", json), ("--junit", junit), ("--html", html)):
        check_writable(option, path)
    collect = any(path is not None for path in (json, junit, html))
    if scenario:
        for option, given in (("--duration", duration), ("--recipe", recipe)):
            if given is not None:
                raise UsageError(option, given, "for a scenario, which has its own")
        outcome: Outcome = run_scenario(scenario, seed, boards, fixed=fixed_scan, collect=collect)
    else:
        duration_us = parse_duration(duration or "24h")
        plan = recipes.load(recipe or "castle")
        if boards is not None:
            plan = with_boards(plan, boards)
        with progress_line(duration_us, sys.stderr) as progress:
            outcome = run_simulation(plan, seed or 0, duration_us, progress, fixed=fixed_scan, collect=collect)
    if json is not None:
        write_text("--json", json, outcome.to_json())
    if junit is not None:
        write_text("--junit", junit, outcome.to_junit())
    if html is not None:
        from sector7.report.page import render

        write_text("--html", html, render(outcome, _again(scenario, duration, recipe, seed, boards)))
    print_outcome(outcome, sys.stdout, color=colour(sys.stdout))
    raise typer.Exit(0 if outcome.passed else 1)


def _again(scenario: str, duration: str | None, recipe: str | None, seed: int | None, boards: str | None) -> str:
    """The command that gives the same run again."""
    given = (("--duration", duration), ("--recipe", recipe), ("--seed", seed), ("--boards", boards))
    options = [word for option, value in given if value is not None for word in (option, str(value))]
    return shlex.join(["sector7", "simulate", *filter(None, [scenario]), *options])
