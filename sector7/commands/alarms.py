"""`sector7 alarms`: the declared alarms, and how a run's alarms measure up."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from sector7.commands.options import Seed
from sector7.usage import UsageError

app = typer.Typer(no_args_is_help=True, help="The alarms: what is declared, and how they behave.")


class ListFormat(StrEnum):
    """Formats of `alarms list`."""

    TEXT = "text"
    CSV = "csv"
    MD = "md"


@app.command("list")
def list_alarms(
    form: Annotated[
        ListFormat,
        typer.Option("--format", help="text: one line each; csv for tools; md to read, with the help texts."),
    ] = ListFormat.TEXT,
    station: Annotated[int | None, typer.Option(help="Only this station's; 0: the line's.", min=0, max=12)] = None,
) -> None:
    """Print every alarm: number, tag, priority, condition, delays, cause, consequence, corrective action."""
    from protocols.alarms.table import ALARMS
    from protocols.exports import alarm_list as export_alarms

    chosen = [alarm for alarm in ALARMS if station is None or alarm.station == station]
    render = {
        ListFormat.TEXT: export_alarms.text,
        ListFormat.CSV: export_alarms.csv_text,
        ListFormat.MD: export_alarms.markdown,
    }
    sys.stdout.write(render[form](chosen))


@app.command()
def report(
    file: Annotated[
        Path | None, typer.Argument(help="What `simulate --json` wrote; else a run is simulated.", metavar="JSON")
    ] = None,
    duration: Annotated[str, typer.Option(help="Plant time to simulate without a file, e.g. 8h, 24h, 7d.")] = "24h",
    recipe: Annotated[
        str, typer.Option(help="A recipe that ships with sector7, or a TOML file.", metavar="NAME|FILE")
    ] = "castle",
    seed: Seed = 0,
) -> None:
    """Print the alarm figures of a run with a verdict against the targets of ISA-18.2.

    Exit code 0 if the targets are met (at most 12 alarms per hour, less than 1 % of the time in flood), 1 if not.
    """
    from sector7.alarm_report import judge, render

    if file is not None:
        run = _read(file)
    else:
        from sector7 import recipe as recipes
        from sector7.simulate import simulate
        from sector7.usage import parse_duration

        run = simulate(recipes.load(recipe), seed, parse_duration(duration)).report
    alarms = run["alarms"]
    title = f"{run['recipe']}, seed {run['seed']}: alarms in {run['simulated_s'] / 3600:g} h of plant time"
    try:
        text, passed = render(title, alarms), all(finding.met for finding in judge(alarms))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _no_report(file) from None
    sys.stdout.write(text)
    raise typer.Exit(0 if passed else 1)


def _read(file: Path) -> dict[str, Any]:
    try:
        run = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise UsageError("JSON", str(file), f"a file that can be read ({error.strerror})") from None
    except ValueError:
        raise _no_report(file) from None
    if not isinstance(run, dict) or not {"recipe", "seed", "simulated_s", "alarms"} <= run.keys():
        raise _no_report(file)
    return run


def _no_report(file: Path | None) -> UsageError:
    return UsageError("JSON", str(file), "a report that `sector7 simulate --json` of this release wrote")
