"""`sector7 serve`: the plant headless, on Modbus."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from protocols.address import DEFAULT_PORT
from sector7.commands.options import Attached, Host, Port, Quiet, Recipe, Seed, Speed, State

if TYPE_CHECKING:
    from sector7.historian.options import HistoryOptions
    from sector7.masters.doors import DoorOptions

History = Annotated[
    str, typer.Option(help="Write the history to this PostgreSQL database too.", metavar="postgresql://...")
]
PlantName = Annotated[str, typer.Option(help="The plant's name there (default: the recipe's).", metavar="NAME")]
Days = Annotated[float, typer.Option(help="Days of plant time that the state folder's history keeps.", min=0.01)]
Megabytes = Annotated[int, typer.Option(help="Size that it may have.", min=1, max=1_000_000)]


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
    quiet: Quiet = False,
    attached: Attached = False,
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
    serve_plant(
        recipe, seed, speed, host, port, quiet=quiet, attached=attached, options=options, state=state, kept=kept
    )


def serve_plant(
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
    """Serve a plant until it is told to stop. Raises EmulatorError naming what is wrong before anything starts."""
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
