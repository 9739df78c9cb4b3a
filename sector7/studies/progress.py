"""A line that tells how far a study is and how long it still takes; silent where nobody watches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, TextIO

from sector7.studies.runner import Tally

_EVERY_S: Final = 0.2
_WIDTH: Final = 30


@dataclass
class Bar:
    """Redraws one line of a terminal. `clock` gives wall seconds."""

    stream: TextIO | None
    clock: Callable[[], float] = time.monotonic
    planned: int = 0
    _begin: float = field(default=-1.0)
    _shown: float = field(default=float("-inf"))

    def plan(self, runs: int) -> None:
        """So many runs are needed, as far as it is known."""
        self.planned = runs

    def show(self, tally: Tally) -> None:
        """Draw, unless it was just done."""
        now = self.clock()
        if self._begin < 0:
            self._begin = now
        done = tally.done
        if self.stream is None or (now - self._shown < _EVERY_S and done < self.planned):
            return
        self._shown = now
        self.stream.write("\r\x1b[K" + line(tally, self.planned, now - self._begin))
        self.stream.flush()

    def clear(self) -> None:
        """Leave the line empty."""
        if self.stream is not None:
            self.stream.write("\r\x1b[K")
            self.stream.flush()


def line(tally: Tally, planned: int, seconds: float) -> str:
    """`███   40%  8 of 20 runs, 3 from before, about 1 min 20 s left`."""
    done = tally.done
    share = min(1.0, done / planned) if planned else 0.0
    text = f"{'█' * int(_WIDTH * share):{_WIDTH}s} {share:4.0%}  {done} of {planned} runs"
    if tally.known:
        text += f", {tally.known} from before"
    if tally.restarts:
        text += f", workers replaced {tally.restarts}x"
    if tally.fresh and done < planned:
        text += f", about {duration(seconds / tally.fresh * (planned - done))} left"
    return text


def duration(seconds: float) -> str:
    """`1 h 05 min`, `4 min 10 s`, `12 s`."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{hours} h {minutes:02d} min"
    return f"{minutes} min {left:02d} s" if minutes else f"{left} s"


@contextmanager
def bar(stream: TextIO) -> Iterator[Bar]:
    """A bar on `stream` if that is a terminal."""
    shown = Bar(stream if stream.isatty() else None)
    try:
        yield shown
    finally:
        shown.clear()
