"""`sector7 replay`: a recorded run again."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from sector7.commands.options import Quiet
from sector7.usage import UsageError, parse_duration


def replay(
    folder: Annotated[Path, typer.Argument(help="A state folder of `sector7 serve --state`.", metavar="DIR")],
    until: Annotated[str, typer.Option(help="Plant time to stop at, e.g. 90s, 2h (default: the end).")] = "",
    hmi: Annotated[bool, typer.Option("--hmi", help="Watch the past on the operator screen.")] = False,
    port: Annotated[
        int | None,
        typer.Option(help="Show the past on Modbus TCP here, read-only; 0: a free port.", min=0, max=65535),
    ] = None,
    speed: Annotated[float, typer.Option(help="To watch: plant seconds per wall second.", min=0.1, max=1000)] = 1.0,
    quiet: Quiet = False,
    attached: Annotated[bool, typer.Option("--attached", help="With --port: end when standard input ends.")] = False,
    against: Annotated[
        str,
        typer.Option(help="Tell it to the board at this serial port (or socket://HOST:PORT), too.", metavar="PORT"),
    ] = "",
    station: Annotated[
        int | None, typer.Option(help="With --against: whose board it is now (default: its own).", min=1, max=12)
    ] = None,
    window: Annotated[
        str,
        typer.Option(
            help="With --against: how late an answer may be (default: 0; twice its watchdog, if the session had a real "
            "board there)."
        ),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Nothing is wired to the board that must not move.")] = False,
) -> None:
    """Run a journal again from the empty plant and compare its trace with the one on record.

    Exit code 0: all equal; 1: the first divergence is named. Real boards are not needed: their answers are on record.
    With --against a board gets the commands and sensors of then, and its answers are compared as well.
    """
    until_us = parse_duration(until, what="--until") if until else None
    if against:
        if hmi or port is not None:
            raise UsageError("--against", against, "a way to watch: leave out --hmi and --port")
        from sector7.commands.replay_against import tell_board

        tell_board(folder, against, station, until_us, window, quiet=quiet, yes=yes)
        return
    for option, value in (("--station", station), ("--window", window or None), ("--yes", yes or None)):
        if value is not None:
            raise UsageError(option, str(value), "needed without --against")
    logging.getLogger("sector7.boards.kinds").setLevel(logging.ERROR)  # what was refused then is no news
    if hmi:
        raise typer.Exit(_on_the_screen(folder, until, port or 0, speed))

    from sector7.journal.folder import DATABASE
    from sector7.journal.store import Journal

    if port is not None:
        _serve(folder, until_us, port, speed, quiet=quiet, attached=attached)
        return
    from sector7.journal.replay import replay as run_again

    journal = Journal(folder / DATABASE)
    outcome = run_again(journal, until_us, _progress if sys.stderr.isatty() and not quiet else None)
    if sys.stderr.isatty() and not quiet:
        sys.stderr.write("\r\x1b[K")
    sys.stdout.write(
        f"replayed {outcome.now_us / 1e6:.1f} s of plant time, {outcome.inputs} inputs from outside\n"
        f"trace {outcome.entries:,} events, sha256 {outcome.sha256}\n"
        f"✔ equal in all {outcome.blocks} recorded pieces\n"
    )


def _progress(now_us: int, end_us: int) -> None:
    sys.stderr.write(f"\r\x1b[Kreplay {now_us / max(1, end_us):4.0%}")


def _serve(folder: Path, until_us: int | None, port: int, speed: float, *, quiet: bool, attached: bool) -> None:
    from sector7.stop import StopSignals

    signals = StopSignals()
    import asyncio

    from sector7.journal.folder import DATABASE
    from sector7.journal.replay import Watched
    from sector7.journal.store import Journal
    from sector7.serve import serve_until_stopped

    def announce(host: str, listening: int) -> None:
        sys.stdout.write(f"listening on {host}:{listening}\n")
        sys.stdout.flush()

    service = Watched(Journal(folder / DATABASE), "127.0.0.1", port, speed, until_us)
    asyncio.run(serve_until_stopped(service, announce, signals, status=not quiet, attached=attached))


def _on_the_screen(folder: Path, until: str, port: int, speed: float) -> int:
    from hmi.app import run as run_hmi
    from hmi.desk import READ_ONLY
    from sector7.run import run_with_hmi

    arguments = [str(folder), "--speed", str(speed)]
    if until:
        arguments += ["--until", until]
    return run_with_hmi(arguments, port, lambda host, listening: run_hmi(host, listening, READ_ONLY), "replay")
