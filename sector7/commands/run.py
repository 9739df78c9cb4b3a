"""`sector7 run`: the factory and its operator screen, started together."""

from __future__ import annotations

import sys

import typer

from protocols.address import DEFAULT_PORT
from protocols.errors import EmulatorError
from sector7.commands.hmi import show_hmi
from sector7.commands.options import Port, Recipe, Seed, Speed, State
from sector7.commands.serve import serve_plant


class UnfitError(EmulatorError):
    """The operator screen cannot be shown here."""

    exit_code = 3


def run(
    recipe: Recipe = "castle",
    seed: Seed = 0,
    speed: Speed = 1.0,
    port: Port = DEFAULT_PORT,
    state: State = None,
) -> None:
    """Start the factory and its operator screen (without a terminal: headless, with a status line).

    The plant runs as a process of its own and answers Modbus TCP; Ctrl-C or q ends both.
    """
    from sector7 import recipe as recipes

    recipes.load(recipe)  # an error in it is told before anything starts
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        serve_plant(recipe, seed, speed, "127.0.0.1", port, quiet=False, state=state)
        return
    from hmi.terminal import unfit
    from sector7.run import run_with_hmi

    if why := unfit():
        raise UnfitError(why)

    arguments = ["--recipe", recipe, "--seed", str(seed), "--speed", str(speed)]
    if state is not None:
        arguments += ["--state", str(state)]
    raise typer.Exit(run_with_hmi(arguments, port, show_hmi))
