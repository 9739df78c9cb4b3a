"""The thread that carries reports to a sink, in batches; the plant never waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from sector7.historian.errors import SinkFailure
from sector7.historian.reporter import Report
from sector7.historian.sink import Sink

#: Wall time between two batches, and the longest between two attempts when writing fails; seconds.
BATCH_S: Final = 1.0
_LONGEST_RETRY_S: Final = 30.0
#: Changes that wait for a sink at most (a report counts as one more).
ROOM: Final = 200_000

_log = logging.getLogger("sector7.historian")


class Writer:
    """Runs between construction and `close`. `open_sink` may fail with SinkFailure: it is tried again."""

    def __init__(self, open_sink: Callable[[], Sink], *, batch_s: float = BATCH_S, room: int = ROOM) -> None:
        #: Why nothing can be written; empty while all is well.
        self.problem = ""
        #: Plant time in ms up to which everything is kept; -1: nothing yet.
        self.kept_ms = -1
        self._open_sink = open_sink
        self._sink: Sink | None = None
        self._batch_s = batch_s
        self._room = room
        self._waiting: list[Report] = []
        self._taken = 0
        self._news = threading.Condition()
        self._closing = self._hurry = False
        self._thread = threading.Thread(target=self._run, name="historian", daemon=True)
        self._thread.start()

    def put(self, report: Report) -> bool:
        """Have a report kept with the next batch; False if too much waits already."""
        with self._news:
            if self._taken + _size(report) > self._room:
                return False
            self._waiting.append(report)
            self._taken += _size(report)
        return True

    def flush(self, patience_s: float = 10.0) -> None:
        """Have everything written now. Blocks until it is, or cannot be, or patience ends."""
        with self._news:
            self._hurry = True
            self._news.notify_all()
            self._news.wait_for(lambda: not self._hurry, patience_s)

    def close(self) -> None:
        """Write what is left, if it can be written, and end. Blocks until then."""
        with self._news:
            self._closing = True
            self._news.notify_all()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._carry()
        finally:
            if not self._closing:
                self.problem = "the writer of the history has ended"

    def _carry(self) -> None:
        pause = self._batch_s
        while True:
            with self._news:
                self._news.wait_for(lambda: self._closing or self._hurry, pause)
                batch, closing, hurry = list(self._waiting), self._closing, self._hurry
            well = self._write(batch) if batch else True
            with self._news:
                if well:
                    del self._waiting[: len(batch)]
                    self._taken -= sum(map(_size, batch))
                    self.kept_ms = max([self.kept_ms, *(report.at_ms for report in batch)])
                if hurry:
                    self._hurry = False
                    self._news.notify_all()
            pause = self._batch_s if well else min(2 * pause, _LONGEST_RETRY_S)
            if closing:
                if not well:
                    lost = sum(len(report.changes) for report in batch)
                    _log.warning("%s; %d changes are lost", self.problem, lost)
                break
        if self._sink is not None:
            self._sink.close()

    def _write(self, batch: list[Report]) -> bool:
        problem = ""
        try:
            if self._sink is None:
                self._sink = self._open_sink()
            self._sink.write(batch)
        except SinkFailure as failure:
            problem = str(failure)
        if problem and not self.problem:
            _log.warning("%s; the plant goes on, changes wait or are lost", problem)
        elif self.problem and not problem:
            _log.warning("the history is written again")
        self.problem = problem
        return not problem


def _size(report: Report) -> int:
    """What a report takes of the room: something, even if nothing changed."""
    return len(report.changes) + 1
