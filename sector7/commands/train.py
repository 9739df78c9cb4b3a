"""`sector7 train` and `sector7 diagnose`: an exercise with hidden faults, and what the trainee says is wrong."""

from __future__ import annotations

import json as jsons
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from protocols.address import DEFAULT_PORT
from sector7.commands.connection import connected, taken
from sector7.commands.degrade import station_number
from sector7.commands.hmi import show_hmi
from sector7.commands.options import Attached, Port, Quiet, Speed
from sector7.commands.output import check_writable, write_text

if TYPE_CHECKING:
    from protocols.modbus.client import PlantClient


def train(
    scenario: Annotated[
        str, typer.Argument(help="A scenario with hidden = true, such as night_shift.", metavar="NAME|FILE")
    ],
    serve: Annotated[bool, typer.Option("--serve", help="Headless: serve it, then print the score sheet.")] = False,
    seed: Annotated[
        int | None, typer.Option(help="Root of all random streams (default: the scenario's).", min=0)
    ] = None,
    speed: Speed = 1.0,
    host: Annotated[str, typer.Option(help="Address to listen on with --serve.")] = "127.0.0.1",
    port: Port = DEFAULT_PORT,
    json: Annotated[Path | None, typer.Option(help="Write the score sheet as JSON.")] = None,
    least: Annotated[float, typer.Option("--pass", help="Points below which the exit code is 1.", min=0, max=100)] = 0,
    quiet: Quiet = False,
    attached: Attached = False,
) -> None:
    """Run an exercise: the plant is served with faults that nobody is told of; find, name and overcome them.

    Say what you found from another terminal: sector7 diagnose 127.0.0.1:5020 ST05 jammed. A right diagnosis sends a
    crew with the right parts. At the end the score sheet is printed. Without --serve the operator screen is shown;
    without a terminal it is headless.
    """
    from sector7.stop import StopSignals
    from sector7.training.report import data, render
    from sector7.training.session import Place

    check_writable("--json", json)
    if serve or attached or not (sys.stdin.isatty() and sys.stdout.isatty()):
        signals = StopSignals()
        exercise = _made(scenario, seed)
        exercise.serve(Place(host, port, speed, quiet, attached), signals)
        sheet = data(exercise)
        if json is not None:
            write_text("--json", json, jsons.dumps(sheet, indent=2) + "\n")
        if not attached:
            sys.stdout.write(render(sheet))
    else:
        _made(scenario, seed)  # an error in it is told before anything starts
        sheet = _with_hmi(scenario, seed, speed, port)
        if json is not None:
            write_text("--json", json, jsons.dumps(sheet, indent=2) + "\n")
        sys.stdout.write(render(sheet))
    raise typer.Exit(0 if sheet["total"] >= least else 1)


def _made(scenario: str, seed: int | None) -> Any:
    from sector7.scenario.load import load
    from sector7.training.session import Exercise

    return Exercise(load(scenario), seed)


def _with_hmi(scenario: str, seed: int | None, speed: float, port: int) -> dict[str, Any]:
    """The plant in a process of its own, the HMI here; the score sheet comes back as a file."""
    from hmi.terminal import unfit
    from protocols.errors import LinkError
    from sector7.run import run_with_hmi

    if why := unfit():
        raise LinkError("operator screen", why)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sheet.json"
        arguments = [scenario, "--speed", str(speed), "--json", str(file)]
        if seed is not None:
            arguments += ["--seed", str(seed)]
        run_with_hmi(arguments, port, show_hmi, verb="train")
        sheet: dict[str, Any] = jsons.loads(file.read_text("utf-8"))
    return sheet


def diagnose(
    address: Annotated[str, typer.Argument(help="The server of the exercise.", metavar="HOST:PORT")],
    where: Annotated[
        str, typer.Argument(help="Where something is wrong: a station such as ST05, or line.", metavar="WHERE")
    ],
    kind: Annotated[
        str,
        typer.Argument(
            help="What is wrong: a kind of fault (sector7 inject kinds); without it: something.", metavar="KIND"
        ),
    ] = "",
) -> None:
    """Submit a diagnosis in an exercise, or mark a station where something is wrong without saying what.

    Whether it was right is told when the exercise is over; a right one sends the crew.
    """

    from protocols.errors import Refusal
    from protocols.faults.kinds import BY_KIND
    from protocols.tags.training_map import SUBMISSION_LABELS, Submission
    from sector7.faults.fault import suggest
    from sector7.usage import UsageError

    station = 0 if where.lower() == "line" else station_number(where)
    if kind and kind not in BY_KIND:
        raise UsageError("KIND", kind, "a kind of fault" + suggest(kind, list(BY_KIND)))
    request = "Line.DiagnosisChangeRequest" if kind else "Line.FoundChangeRequest"
    wanted = {"Line.DiagnosisStation": station}
    if kind:
        wanted["Line.DiagnosisKind"] = BY_KIND[kind].code

    async def submit(client: PlantClient) -> None:
        before = (await client.read(1))["Line.DiagnosesTaken"]
        await client.write(request, 0)
        for name, raw in {**wanted, request: 1}.items():
            await client.write(name, raw)
        values = await taken(client, lambda seen: seen["Line.DiagnosesTaken"] != before, "it")
        result = Submission(values["Line.DiagnosisResult"])
        if result is not Submission.TAKEN:
            reason = dict(SUBMISSION_LABELS)[result].removeprefix("Refused: ")
            raise Refusal(client.partner, "diagnosis", reason)

    connected(address, submit)
    place = f"ST{station:02d}" if station else "the line"
    sys.stdout.write(f"taken: {kind or 'something'} at {place}\n")
