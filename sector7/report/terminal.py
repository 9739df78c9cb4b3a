"""What `simulate` shows: a progress line on a terminal, then a table and the verdict."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from sector7.simulate import Outcome, Progress
from sector7.times import SECOND, told

_EVERY_S = 0.2
_GREEN, _RED, _BOLD, _PLAIN = "\x1b[32m", "\x1b[31m", "\x1b[1m", "\x1b[0m"


@contextmanager
def progress_line(duration_us: int, stream: TextIO) -> Iterator[Progress | None]:
    """A progress callback that redraws one line, or None where nobody watches."""
    if not stream.isatty():
        yield None
        return
    shown = [0.0]

    def progress(now_us: int, robots: int) -> None:
        wall = time.monotonic()
        if wall - shown[0] >= _EVERY_S:
            shown[0] = wall
            share = now_us / duration_us
            bar = "█" * int(30 * share)
            stream.write(f"\r\x1b[K{bar:30s} {share:4.0%}  {now_us / 3.6e9:.1f} h  {robots} robots")
            stream.flush()

    try:
        yield progress
    finally:
        stream.write("\r\x1b[K")
        stream.flush()


def span(seconds: float) -> str:
    """A duration as people say it: hours with a decimal at most, otherwise hours, minutes and seconds."""
    return f"{seconds / 3600:g} h" if seconds and seconds % 360 == 0 else told(round(seconds * SECOND))


def print_outcome(outcome: Outcome, stream: TextIO, *, color: bool) -> None:
    """The figures of a run and its verdict."""
    r = outcome.report
    bold, plain = (_BOLD, _PLAIN) if color else ("", "")
    stream.write(
        outcome.preface + f"{bold}{r['recipe']}{plain}, seed {r['seed']}: {span(r['simulated_s'])} of plant time "
        f"in {r['wall_s']} s ({r['speed']:,} x real time)\n"
        f"robots {r['robots_completed']} completed, {r['robots_scrapped']} scrapped; "
        f"OEE {r['oee']:.1%} (availability {r['availability']:.1%}, effectiveness {r['effectiveness']:.1%}, "
        f"quality {r['quality']:.1%})\n"
        f"alarms {r['alarms']['total']}, {r['alarms']['per_hour']:g} per hour (sector7 alarms report)\n\n"
        f"{bold}{'station':16s}{'processed':>10s}{'defective':>10s}{'failures':>9s}{'OEE':>8s}"
        f"{'execute':>9s}{'starved':>9s}{'blocked':>9s}{'held':>8s}{'aborted':>9s}{plain}\n"
    )
    total = r["simulated_s"] or 1
    for s in r["stations"]:
        shares = [f"{s[key] / total:.1%}" for key in ("execute_s", "starved_s", "blocked_s", "held_s", "aborted_s")]
        stream.write(
            f"{s['station']:2d} {s['name']:13s}{s['processed']:10d}{s['defective']:10d}{s['failures']:9d}"
            f"{s['oee']:8.1%}{shares[0]:>9s}{shares[1]:>9s}{shares[2]:>9s}{shares[3]:>8s}{shares[4]:>9s}\n"
        )
    stream.write(f"\ntrace {r['trace_events']:,} events, sha256 {r['trace_sha256']}\n")
    good, bad = (_GREEN, _RED) if color else ("", "")
    if outcome.passed:
        stream.write(f"{good}✔ passed{plain}: {outcome.held}\n")
    else:
        stream.write(f"{bad}✘ failed{plain}:\n" + "".join(f"  {text}\n" for text in outcome.failed))
