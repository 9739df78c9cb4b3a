"""Options that several commands have: what they mean is said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Where = Annotated[str, typer.Argument(help="A server with this register map.", metavar="HOST:PORT")]
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
Speed = Annotated[float, typer.Option(help="Plant seconds per wall second.", min=0.1, max=1000)]
Quiet = Annotated[bool, typer.Option("--quiet", help="No status line.")]
Attached = Annotated[bool, typer.Option("--attached", help="End when standard input ends.")]
