"""Where commands get a passphrase from: a file, the environment or the terminal, never the command line."""

from __future__ import annotations

import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sector7.usage import UsageError

if TYPE_CHECKING:
    from protocols.passphrase import Passphrase

VARIABLE = "SECTOR7_PASSPHRASE"
#: A new passphrase shorter than this is no protection (characters).
SHORTEST = 8

PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        help=f"Read the passphrase from the first line of this file (or put it into {VARIABLE}); else it is asked for.",
        metavar="FILE",
    ),
]


def given(file: Path | None) -> Passphrase | None:
    """The passphrase of a script, None if there is none. Raises LinkError naming the file."""
    from protocols.passphrase import from_environment, read_passphrase

    if file is not None:
        return read_passphrase(file)
    return from_environment(VARIABLE) or None


def ask(prompt: str) -> Passphrase:
    """Somebody types it, unseen. Raises UsageError where nobody can."""
    from protocols.passphrase import Passphrase

    if not sys.stdin.isatty():
        raise UsageError("--passphrase-file", "", f"a file, {VARIABLE} is not set, and there is no terminal to ask at")
    return Passphrase(getpass(prompt))


def new(file: Path | None) -> Passphrase:
    """A passphrase to protect keys with; who types it does so twice. Raises UsageError, LinkError."""
    chosen = given(file)
    if chosen is None:
        chosen = ask("New passphrase: ")
        again = ask("The same again: ")
        same = again.reveal() == chosen.reveal()
        again.wipe()
        if not same:
            raise UsageError("the second passphrase", "...", "the same as the first: nothing was made")
    if len(chosen) < SHORTEST:
        raise UsageError("the passphrase", "...", f"long enough: {SHORTEST} characters at least")
    return chosen
