"""A real board in the hands of a command: what it may move is asked for, and it is left as it was found."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import typer

from sector7.usage import UsageError

if TYPE_CHECKING:
    from sector7.board_check.specimen import Target


def give_back(target: Target) -> None:
    """Give the board its profile back, whoever is impatient."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        target.close()
    finally:
        signal.signal(signal.SIGINT, before)


def confirm(option: str, port: str, warning: str, verb: str) -> None:
    """Have somebody say that the board at `port` may drive its outputs; `option` is what named it."""
    if not sys.stdin.isatty():
        raise UsageError(option, port, f"{verb.lower()}ed without --yes where nobody can be asked. {warning}")
    if not typer.confirm(f"{warning}\n{verb} the board at {port}?"):
        raise typer.Exit(130)
