"""`sector7 boards`: everything about station boards."""

from __future__ import annotations

import typer

from sector7.commands.board_assign import assign
from sector7.commands.board_check import check

app = typer.Typer(no_args_is_help=True, help="Station boards: real, emulated, simulated.")
app.command("check")(check)
app.command("assign")(assign)
