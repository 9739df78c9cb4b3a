"""`sector7 doctor`: what is missing on this machine."""

from __future__ import annotations

import sys

import typer

from sector7.commands.output import colour


def doctor() -> None:
    """Say what is missing on this machine and how to get it."""
    from sector7 import doctor as examination

    findings = examination.examine()
    sys.stdout.write(examination.render(findings, color=colour(sys.stdout)) + "\n")
    raise typer.Exit(0 if examination.fit(findings) else 3)
