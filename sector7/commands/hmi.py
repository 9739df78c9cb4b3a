"""`sector7 hmi`: the operator's console in front of a plant that is served somewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from sector7.usage import UsageError


def hmi(
    address: Annotated[str, typer.Argument(help="A server with this register map.", metavar="HOST:PORT")],
    read_only: Annotated[bool, typer.Option("--read-only", help="Look, do not command.")] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Lines and words instead of screens: for screen readers and pipes.")
    ] = False,
) -> None:
    """Open the operator screen on a plant that is served somewhere.

    With --plain every change is told on a line of its own, and commands are typed as words; `help` lists them.
    """
    host, port = host_and_port(address)
    if plain:
        from hmi.plain.console import run as run_plain

        raise typer.Exit(run_plain(host, port, read_only))
    raise typer.Exit(show_hmi(host, port, read_only))


def show_hmi(host: str, port: int, read_only: bool = False) -> int:
    """The screens in this terminal; returns their exit code."""
    from hmi.app import run

    return run(host, port, read_only)


def host_and_port(text: str) -> tuple[str, int]:
    """The two parts of HOST:PORT. Raises UsageError."""
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
        raise UsageError("HOST:PORT", text, "a host and a port such as 127.0.0.1:5020")
    return host.strip("[]"), int(port)
