"""`sector7 scenario`: list and check scenario files; and how `sector7 simulate` runs one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from sector7.scenario.outcome import ScenarioOutcome

app = typer.Typer(
    no_args_is_help=True, help="Scenarios: what happens to the plant, when, and what must hold (docs/scenarios.md)."
)


@app.command("list")
def list_scenarios() -> None:
    """The scenarios that come with sector7."""
    from sector7.scenario.load import load, shipped

    for name in shipped():
        scenario = load(name).scenario
        about = " ".join(scenario.about.split())
        sys.stdout.write(f"{name:16s} {scenario.duration:>5s}  {about}\n")


@app.command()
def check(
    files: Annotated[list[str], typer.Argument(help="Scenario files, or names of shipped ones.", metavar="FILE")],
) -> None:
    """Say what is wrong with scenario files, with file, line and key; exit code 2 if anything is.

    Everything is looked at but the run itself: keys, times, names of tags, targets of faults, ranges of values.
    """
    from protocols.errors import EmulatorError
    from sector7.scenario.load import ScenarioError, load
    from sector7.scenario.run import Performance

    wrong = False
    for name in files:
        try:
            performance = Performance(load(name))
        except ScenarioError as error:
            wrong = True
            for problem in error.problems:
                where = f"{name}:{problem.line}" if problem.line else name
                sys.stdout.write(": ".join(filter(None, (where, problem.key, problem.expected))) + "\n")
        except EmulatorError as error:
            wrong = True
            sys.stdout.write(f"{name}: {error}\n")
        else:
            scenario = performance.plan.scenario
            entries, expected = len(scenario.timeline), len(scenario.expect)
            sys.stdout.write(f"{name}: ok ({scenario.duration}, timeline {entries}, expect {expected})\n")
    raise typer.Exit(2 if wrong else 0)


def run(
    name: str, seed: int | None, boards: Literal["simulated", "emulated"] | None, *, fixed: bool, collect: bool
) -> ScenarioOutcome:
    """Run the scenario `name` with a progress line on a terminal; `collect` keeps what a page is made of."""
    from dataclasses import replace

    from sector7.boards.kinds import with_boards
    from sector7.report.terminal import progress_line
    from sector7.scenario.load import load
    from sector7.scenario.run import perform

    plan = load(name)
    if boards is not None:
        plan = replace(plan, recipe=with_boards(plan.recipe, boards))
    with progress_line(plan.scenario.duration_us, sys.stderr) as progress:
        return perform(plan, progress, seed=seed, fixed=fixed, collect=collect)
