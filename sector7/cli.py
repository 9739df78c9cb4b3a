"""The command line. Heavy things are imported inside commands, so that `sector7 --help` is instant."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from protocols.errors import EmulatorError, RecipeError
from sector7 import __doc__ as about
from sector7.commands import alarms, boards, commission, degrade, history, inject, scenario, web
from sector7.commands.certs import certs
from sector7.commands.hmi import hmi, show_hmi
from sector7.commands.output import colour, write_text
from sector7.commands.replay import replay
from sector7.commands.simulate import simulate
from sector7.commands.study import study
from sector7.commands.train import diagnose, train
from sector7.usage import UsageError

if TYPE_CHECKING:
    from sector7.historian.options import HistoryOptions
    from sector7.masters.doors import DoorOptions

DEFAULT_PORT = 5020

app = typer.Typer(
    name="sector7", help=about, no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
map_app = typer.Typer(no_args_is_help=True, help="The Modbus register map.")
app.add_typer(map_app, name="map")
app.add_typer(boards.app, name="boards")
app.add_typer(alarms.app, name="alarms")
app.add_typer(history.app, name="history")
app.add_typer(scenario.app, name="scenario")
app.add_typer(inject.app, name="inject")
app.add_typer(commission.app, name="commission")
app.add_typer(web.app, name="web")
app.add_typer(degrade.app, name="degrade")
app.command()(certs)
app.command()(hmi)
app.command()(simulate)
app.command()(replay)
app.command()(train)
app.command()(diagnose)
app.command()(study)

Recipe = Annotated[str, typer.Option(help="A recipe that ships with sector7, or a TOML file.", metavar="NAME|FILE")]
Seed = Annotated[int, typer.Option(help="Root of all random streams: same recipe and seed, same run.", min=0)]
Host = Annotated[str, typer.Option(help="Address to listen on. Anything but loopback is open to the network.")]
Port = Annotated[int, typer.Option(help="TCP port; 0 takes a free one.", min=0, max=65535)]
State = Annotated[
    Path | None,
    typer.Option(
        help="Keep a journal in this folder, and carry on from what is in it.", metavar="DIR", file_okay=False
    ),
]
History = Annotated[
    str, typer.Option(help="Write the history to this PostgreSQL database too.", metavar="postgresql://...")
]
PlantName = Annotated[str, typer.Option(help="The plant's name there (default: the recipe's).", metavar="NAME")]
Days = Annotated[float, typer.Option(help="Days of plant time that the state folder's history keeps.", min=0.01)]
Megabytes = Annotated[int, typer.Option(help="Size that it may have.", min=1, max=1_000_000)]
Speed = Annotated[float, typer.Option(help="Plant seconds per wall second.", min=0.1, max=1000)]


class MapFormat(StrEnum):
    """Formats of `map export`."""

    CSV = "csv"
    MD = "md"
    C = "c"
    OPENPLC = "openplc"
    NODE_RED = "node-red"


@app.command()
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
        _serve(recipe, seed, speed, "127.0.0.1", port, quiet=False, state=state)
        return
    from hmi.terminal import unfit
    from sector7.run import run_with_hmi

    if why := unfit():
        raise UnfitError(why)

    arguments = ["--recipe", recipe, "--seed", str(seed), "--speed", str(speed)]
    if state is not None:
        arguments += ["--state", str(state)]
    raise typer.Exit(run_with_hmi(arguments, port, show_hmi))


@app.command()
def serve(
    recipe: Recipe = "castle",
    seed: Seed = 0,
    speed: Speed = 1.0,
    host: Host = "127.0.0.1",
    port: Port = DEFAULT_PORT,
    state: State = None,
    history: History = "",
    plant: PlantName = "",
    history_days: Days = 30,
    history_mb: Megabytes = 1000,
    quiet: Annotated[bool, typer.Option("--quiet", help="No status line.")] = False,
    attached: Annotated[bool, typer.Option("--attached", help="End when standard input ends.")] = False,
    role: Annotated[
        str,
        typer.Option(
            help="Role of clients without certificate: viewer, operator, engineer or plc "
            "(default: engineer on loopback, else viewer; plc on a serial line)."
        ),
    ] = "",
    allow: Annotated[
        list[str] | None, typer.Option(help="Let in only clients of this network; repeat it for more.")
    ] = None,
    tls_port: Annotated[int | None, typer.Option(help="Serve Modbus/TCP Security here too.", min=0, max=65535)] = None,
    tls_cert: Annotated[Path | None, typer.Option(help="The server's certificate (PEM).")] = None,
    tls_key: Annotated[Path | None, typer.Option(help="Its key (PEM).")] = None,
    tls_ca: Annotated[Path | None, typer.Option(help="The authority that signs clients (PEM).")] = None,
    rtu_tcp_port: Annotated[
        int | None, typer.Option(help="Serve RTU frames over TCP here too.", min=0, max=65535)
    ] = None,
    serial: Annotated[str, typer.Option(help="Answer as RTU slaves on this serial port too.", metavar="DEVICE")] = "",
    serial_units: Annotated[str, typer.Option(help="Units that answer there, such as 11,12 (default: all).")] = "",
    serial_baud: Annotated[int, typer.Option(help="Bits per second there.", min=300, max=4_000_000)] = 115200,
    serial_parity: Annotated[str, typer.Option(help="Parity there: N, E or O.", metavar="N|E|O")] = "N",
) -> None:
    """Run the plant headless and serve it on Modbus TCP until Ctrl-C.

    Unit 1 is the line PLC, units 11 to 22 are the station boards; `sector7 map export --format md` lists every tag.
    """
    from sector7.historian.options import HistoryOptions
    from sector7.historian.sqlite_sink import Limits
    from sector7.masters.doors import DoorOptions

    kept = HistoryOptions(Limits(history_days, history_mb * 1_000_000), history, plant)
    options = DoorOptions(
        host, port, role, allow or (), tls_port, tls_cert, tls_key, tls_ca, rtu_tcp_port, serial, serial_units,
        serial_baud, serial_parity,
    )  # fmt: skip
    _serve(recipe, seed, speed, host, port, quiet=quiet, attached=attached, options=options, state=state, kept=kept)


@app.command()
def doctor() -> None:
    """Say what is missing on this machine and how to get it."""
    from sector7 import doctor as examination

    findings = examination.examine()
    sys.stdout.write(examination.render(findings, color=colour(sys.stdout)) + "\n")
    raise typer.Exit(0 if examination.fit(findings) else 3)


@map_app.command("export")
def map_export(
    form: Annotated[
        MapFormat,
        typer.Option(
            "--format",
            help="csv for tools, md to read, c for firmware, openplc: its slave devices (mbconfig.cfg), "
            "node-red: a flow to import.",
        ),
    ] = MapFormat.MD,
    out: Annotated[Path | None, typer.Option(help="A file instead of standard output.")] = None,
    stations: Annotated[
        str, typer.Option(help="For openplc: the stations that the PLC shall command, such as 5,6.")
    ] = "5,6",
) -> None:
    """Write the register map: every tag with its unit, table, address, format, range and meaning."""
    from protocols.exports import c_header as export_c
    from protocols.exports import csv_table as export_csv
    from protocols.exports import markdown_page as export_markdown
    from protocols.exports import node_red as export_node_red
    from protocols.exports import openplc as export_openplc
    from protocols.tags.plant_map import PLANT_MAP

    render = {
        MapFormat.CSV: export_csv.render,
        MapFormat.MD: export_markdown.render,
        MapFormat.C: export_c.render,
        MapFormat.NODE_RED: export_node_red.render,
    }
    text = render[form](PLANT_MAP) if form in render else export_openplc.render(PLANT_MAP, _numbers(stations))
    if out is None:
        sys.stdout.write(text)
    else:
        write_text("--out", out, text)


# ---- shared by commands
def _serve(
    recipe: str,
    seed: int,
    speed: float,
    host: str,
    port: int,
    *,
    quiet: bool,
    attached: bool = False,
    options: DoorOptions | None = None,
    state: Path | None = None,
    kept: HistoryOptions | None = None,
) -> None:
    from sector7.stop import StopSignals

    signals = StopSignals()  # first of all: what follows takes a moment
    import asyncio
    import time

    from sector7 import recipe as recipes
    from sector7.historian.keeper import Keeper
    from sector7.historian.options import HistoryOptions
    from sector7.journal.recovery import carry_on
    from sector7.rig.rig import Rig
    from sector7.serve import PlantService, serve_until_stopped

    doors = options.doors() if options is not None else []
    for warning in options.warnings if options is not None else ():
        sys.stderr.write(f"sector7: warning: {warning}\n")
    plan = recipes.load(recipe)
    history = kept or HistoryOptions()
    carried = carry_on(state, plan, seed, history=history) if state is not None else None
    if carried is not None and carried.recovered and not quiet:
        sys.stderr.write(f"sector7: {carried.recovered}\n")
    rig = carried.rig if carried is not None else Rig(plan, seed)
    epoch = carried.epoch if carried is not None else int(time.time()) & 0xFFFFFFFF

    def announce(where: str, listening: int) -> None:
        sys.stdout.write(f"listening on {where}:{listening}\n")
        sys.stdout.writelines(f"and on {name}\n" for name in service.server.open_doors[1:])
        sys.stdout.flush()

    keeper = Keeper(rig, epoch, history) if carried is None and history.url else None
    service = PlantService(rig, host, port, speed, epoch, doors, carried, keeper)
    asyncio.run(serve_until_stopped(service, announce, signals, status=not quiet, attached=attached))


def _numbers(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdigit() for part in parts):
        raise UsageError("--stations", text, "a list of stations such as 5,6")
    return [int(part) for part in parts]


class UnfitError(EmulatorError):
    """The operator screen cannot be shown here."""

    exit_code = 3


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
