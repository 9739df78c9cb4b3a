"""`sector7 boards`: everything about station boards."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sector7.commands.board_assign import assign
from sector7.commands.board_check import check
from sector7.commands.options import Host
from sector7.commands.options import Port as TcpPort
from sector7.usage import UsageError

if TYPE_CHECKING:
    from hil.serial_port import SerialPortInfo

app = typer.Typer(no_args_is_help=True, help="Station boards: real, emulated, simulated.")
app.command("check")(check)
app.command("assign")(assign)

_LOOPBACK = ("127.0.0.1", "::1", "localhost")

Port = Annotated[str, typer.Argument(help="A serial device, or usb:VID:PID[:SERIAL].", metavar="PORT")]
Baud = Annotated[int, typer.Option(help="Bits per second.", min=300, max=1_000_000)]


@app.command("list")
def list_boards(
    ports: Annotated[
        list[str] | None, typer.Argument(help="Ports to ask besides those found here.", metavar="PORT")
    ] = None,
    probe: Annotated[
        bool, typer.Option("--probe", help="Ask every port who is there. Opening a port resets an Arduino.")
    ] = False,
    baud: Baud = 115200,
) -> None:
    """List the serial ports of this machine, and with --probe the boards on them.

    The name in the second column is what a recipe may give as a port: it stays when the device changes its own.
    """
    from hil.discovery import usb_name
    from hil.serial_port import available

    found = available()
    rows = [(port.device, usb_name(port) or "-", _about(port)) for port in found]
    rows += [(port, "-", "") for port in ports or () if port not in {port.device for port in found}]
    if not rows:
        sys.stdout.write("no serial ports here (a board on another machine: sector7 boards bridge)\n")
        return
    wide = [max(len(row[i]) for row in rows) for i in range(2)]
    for device, usb, about in rows:
        sys.stdout.write(f"{device:<{wide[0]}}  {usb:<{wide[1]}}  {about}".rstrip() + "\n")
        if probe or device in (ports or ()):
            sys.stdout.write(f"    {_who(device, baud)}\n")
            sys.stdout.flush()


@app.command()
def flash(
    port: Port,
    baud: Annotated[int, typer.Option(help="Of the bootloader: 57600 on a Nano with an old one.")] = 115200,
    image: Annotated[Path | None, typer.Option("--hex", help="Another firmware than the shipped one.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be run.")] = False,
) -> None:
    """Flash the station firmware onto an Arduino Uno or Nano with avrdude.

    One firmware serves every station: the harness makes the board its station's when it first finds it.
    """
    import shlex

    from hil import flash as flashing
    from hil.discovery import resolve
    from hil.toolchain import HEX

    if "://" in port:
        raise UsageError("PORT", port, "a port of this machine: flash the board where it is plugged in")
    if image is not None and not image.is_file():
        raise UsageError("--hex", str(image), "a firmware in Intel HEX")
    device = resolve(port)
    if dry_run:
        sys.stdout.write(shlex.join(flashing.command(device, baud, image or HEX)) + "\n")
        return
    flashing.flash(device, baud, image or HEX)
    sys.stdout.write(f"{device}: flashed and verified\n")


@app.command()
def bridge(
    port: Port,
    host: Host = "127.0.0.1",
    tcp_port: TcpPort = 5030,
    baud: Baud = 115200,
) -> None:
    """Share a board's port over TCP, raw, until Ctrl-C: a recipe elsewhere says port = "socket://HOST:PORT".

    One client at a time. There is no password: who reaches the port drives the board.
    """
    from sector7.stop import StopSignals

    signals = StopSignals()
    import asyncio

    from hil.bridge import Bridge
    from hil.discovery import resolve
    from hil.serial_stream import SerialStream

    if host not in _LOOPBACK:
        sys.stderr.write(f"sector7: warning: whoever reaches {host} can move what is wired to the board\n")

    async def serve() -> None:
        shared = Bridge(SerialStream(resolve(port), baud), host, tcp_port)
        await shared.start()
        sys.stdout.write(f"{port} is at socket://{shared.host}:{shared.port}\n")
        sys.stdout.flush()
        stopped = asyncio.Event()
        signals.attach(stopped.set)
        await stopped.wait()
        signals.detach()
        await shared.stop()

    asyncio.run(serve())


def _about(port: SerialPortInfo) -> str:
    socket = f" (USB socket {port.location})" if port.location else ""
    return (port.description if port.description != port.device else "") + socket


def _who(port: str, baud: int) -> str:
    """Who answers at a port, in words."""
    from hil.discovery import resolve
    from hil.greeting import look_for
    from hil.link import Link
    from hil.serial_port import SerialPort
    from protocols.errors import LinkError
    from protocols.tags.station_map import BOARD_FINGERPRINT

    try:
        stream = SerialPort(resolve(port), baud)
    except LinkError as error:
        return str(error)
    try:
        for _ in range(2):  # a board that was reset by the opening needs a moment
            if identity := look_for(Link(stream, timeout_s=0.1)):
                wrong = "" if identity.fits else f"; this program needs {BOARD_FINGERPRINT:08X}: flash it"
                return f"{identity}{wrong}"
        return "nobody answers"
    except LinkError as error:
        return str(error)
    finally:
        stream.close()
