"""The command line's table of contents. Commands import heavy things inside, so that `sector7 --help` is instant."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import typer

from protocols.errors import EmulatorError, RecipeError
from sector7.commands import alarms, boards, commission, degrade, history, inject, register_map, scenario, web
from sector7.commands.certs import certs
from sector7.commands.doctor import doctor
from sector7.commands.hmi import hmi
from sector7.commands.replay import replay
from sector7.commands.run import run
from sector7.commands.serve import serve
from sector7.commands.simulate import simulate
from sector7.commands.study import study
from sector7.commands.train import diagnose, train

OPERATE: Final = "Operate a plant"
JUDGE: Final = "Try and judge without one"
ACT: Final = "Act on a plant that is served"
REMEMBER: Final = "What a plant remembers"
CONNECT: Final = "Connect controllers and boards"

app = typer.Typer(
    name="sector7", no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def _tell_version(wanted: bool) -> None:
    if wanted:
        from sector7.installed import DISTRIBUTION, compiled, version_of

        version = version_of(DISTRIBUTION) or "(not installed)"
        sys.stdout.write(f"{DISTRIBUTION} {version}{', compiled' if compiled() else ''}\n")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", "-V", help="Tell the version and end.", callback=_tell_version, is_eager=True)
    ] = False,
) -> None:
    """A robot factory to run, command, break and measure: stations, PLC programs and boards at signal level, on Modbus.

    `sector7 run` starts it with its operator screen; `sector7 simulate` runs a day of it in seconds and judges it.
    Every command explains itself with -h.
    """


for _command, _panel in (
    (run, OPERATE), (serve, OPERATE), (hmi, OPERATE), (train, OPERATE), (doctor, OPERATE),
    (simulate, JUDGE), (study, JUDGE),
    (replay, REMEMBER),
    (certs, CONNECT),
    (diagnose, ACT),
):  # fmt: skip
    app.command(rich_help_panel=_panel)(_command)

for _group, _name, _panel in (
    (web.app, "web", OPERATE),
    (scenario.app, "scenario", JUDGE),
    (alarms.app, "alarms", REMEMBER), (history.app, "history", REMEMBER),
    (inject.app, "inject", ACT), (commission.app, "commission", ACT), (degrade.app, "degrade", ACT),
    (register_map.app, "map", CONNECT), (boards.app, "boards", CONNECT),
):  # fmt: skip
    app.add_typer(_group, name=_name, rich_help_panel=_panel)


def main() -> None:
    """Run the command line; an EmulatorError becomes one line on stderr and its exit code."""
    try:
        app()
    except RecipeError as error:
        _fail(error, "recipe: ")
    except EmulatorError as error:
        _fail(error)


def _fail(error: EmulatorError, prefix: str = "") -> None:
    sys.stderr.write(f"sector7: {prefix}{error}\n")
    raise SystemExit(error.exit_code)
