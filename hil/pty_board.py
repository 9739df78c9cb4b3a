"""An emulated board in real time behind a pseudo terminal: a serial port like any other, for programs that want one.

The board runs in slices up to the wall clock. What a master writes reaches its UART at the next slice, what it sends
goes out after the slice in which it sent it: a slice late, never wrong.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
import tty
from pathlib import Path
from typing import Final

from hil.board_process import BYTES, CYCLES_PER_US, Answer, BoardProcess, Terminals

#: Length of a slice, and of one that catches up with the wall clock. A byte takes 87 us.
SLICE_US: Final = 1000
CATCH_UP_US: Final = 5000
#: More than this behind the wall clock is not caught up but slips, and is counted: far below every watchdog, so that a
#: board on a busy machine does not take its own haste for its host's silence.
SLIP_US: Final = 20_000


class PtyBoard:
    """Runs `process` on a thread of its own until `close`. `port` is the path of the serial port."""

    def __init__(self, process: BoardProcess, terminals: Terminals) -> None:
        self.process = process
        self.terminals = terminals
        self.slipped_us = 0
        self.last: Answer | None = None
        #: The board's own time when bytes last reached it, and when its driven outputs last changed, us.
        self.heard_us = 0
        self.changed_us = 0
        self._driven = 0
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self.port = Path(os.ttyname(self._slave))
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"board at {self.port}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends the board; its port is gone afterwards."""
        self._stop.set()
        self._thread.join()
        self.process.close()
        os.close(self._master)
        os.close(self._slave)

    def __enter__(self) -> PtyBoard:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self) -> None:
        begin = time.monotonic_ns() // 1000
        done = 0  # us of its own time that the board has lived
        while not self._stop.is_set():
            ahead = begin + done - time.monotonic_ns() // 1000
            if ahead > 0:
                self._stop.wait(ahead / 1e6)
            elif ahead < -SLIP_US:
                begin -= ahead
                self.slipped_us -= ahead
            try:
                received = os.read(self._master, BYTES)
            except BlockingIOError:
                received = b""
            now, done = done, done + min(max(SLICE_US, -ahead), CATCH_UP_US)
            answer = self.process.run(now * CYCLES_PER_US, done * CYCLES_PER_US, self.terminals, received)
            if received:
                self.heard_us = now
            if answer.outputs != self._driven:
                self._driven, self.changed_us = answer.outputs, done
            self.last = answer
            # Last: who has read an answer of the board finds the outputs that go with it in `last`.
            if answer.sent:
                self._send(answer.sent)

    def _send(self, sent: bytes) -> None:
        """Hand what the board sent to whoever reads the port; what nobody reads is lost, as on a wire."""
        with contextlib.suppress(BlockingIOError):
            os.write(self._master, sent)
