"""`sector7 replay --against PORT`: a recorded session told to a real board."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Final

import typer

from sector7.commands.real_board import confirm, give_back
from sector7.usage import UsageError, parse_duration

_WARNING: Final = (
    "The replay switches the outputs of the board as in the session and moves its axis: take the power off what is "
    "wired to it."
)
_REPORT_S: Final = 0.2


def tell_board(
    folder: Path, port: str, station: int | None, until_us: int | None, window: str, *, quiet: bool, yes: bool
) -> None:
    """Repeat the session in `folder` with the board at `port` beside it, and report. Raises what the library raises."""
    from sector7.board_check.serial_target import SerialTarget
    from sector7.board_check.suite import is_port
    from sector7.journal.against import replay_against
    from sector7.journal.folder import DATABASE
    from sector7.journal.store import Journal

    if not is_port(port):
        raise UsageError("--against", port, "a serial port such as /dev/ttyACM0, or socket://HOST:PORT")
    window_us = (0 if window == "0" else parse_duration(window, what="--window")) if window else None
    journal = Journal(folder / DATABASE)
    if not yes:
        confirm("--against", port, _WARNING, "Drive")
    began = time.monotonic()
    target = SerialTarget(port)
    progress = _Progress() if sys.stderr.isatty() and not quiet else None
    try:
        number = station or target.station
        if not number:
            raise UsageError("--station", "(none)", "known: the board is nobody's; say whose part it shall play")
        told = replay_against(journal, target, number, until_us, window_us, progress)
    except KeyboardInterrupt:
        sys.stderr.write("\nsector7: interrupted: the rest was not compared\n")
        raise typer.Exit(130) from None
    finally:
        if progress is not None:
            progress.end()
        give_back(target)
    counters = target.line.link.counters
    window_text = f"within {told.window_us // 1000} ms" if told.window_us else "at the same instant"
    sys.stdout.write(
        f"replayed {told.now_us / 1e6:.1f} s of plant time to the board at {port} as station {number}, "
        f"in {time.monotonic() - began:.1f} s\n"
        f"  exchanges   {told.exchanges:,}, mean {counters.rtt_mean_us / 1000:.1f} ms, {counters.retries} repeated\n"
        f"  board       started {told.starts} time{'s' if told.starts != 1 else ''}\n"
        f"  answers     compared at {told.compared:,} instants, {window_text}\n"
        "✔ equal\n"
    )


class _Progress:
    """How far it is, on a terminal."""

    def __init__(self) -> None:
        self._at_s = 0.0

    def __call__(self, now_us: int, end_us: int) -> None:
        if time.monotonic() - self._at_s > _REPORT_S:
            self._at_s = time.monotonic()
            sys.stderr.write(f"\r\x1b[Kreplay {now_us / max(1, end_us):4.0%}")
            sys.stderr.flush()

    def end(self) -> None:
        """Nothing of it stays on the screen."""
        sys.stderr.write("\r\x1b[K")
