"""A session on RTU frames: what has no known length is delimited by silence, on a serial line and on TCP."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Final

from protocols.modbus.peer import Peer
from protocols.modbus.rtu import MAX_FRAME, RTU_STREAM, is_frame, last_frame, rtu_line, whole_end
from protocols.modbus.session import Session
from protocols.modbus.shared import Shared

#: Silence that ends a frame: 3.5 characters of 11 bits, but not less than what USB adapters and the operating system
#: put between two bytes of one frame.
CHARACTERS: Final = 3.5 * 11
SHORTEST_S: Final = 0.02


def silence_s(baud: int) -> float:
    """How long a line at `baud` bits per second must be silent before the next frame begins."""
    return max(CHARACTERS / baud, SHORTEST_S)


class RtuSession(Session):
    """RTU frames on a reliable stream: nothing gets lost, so what is incomplete is waited for."""

    def __init__(self, shared: Shared, peer: Peer, silence: float = SHORTEST_S) -> None:
        super().__init__(shared, RTU_STREAM, peer)
        self._silence_s = silence
        self._timer: asyncio.TimerHandle | None = None

    def feed(self, data: bytes) -> None:
        """Bytes came in, cut anywhere."""
        self._cancel()
        super().feed(data)
        if self._stream and self._wire is not None:
            self._timer = self._loop.call_later(self._silence_s, self._silence)

    def end(self) -> None:
        """The partner is gone."""
        self._cancel()
        super().end()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    @property
    def _waiting(self) -> bool:
        """What is in the stream is not incomplete, it is not looked at yet."""
        return self._stalled or self._more or self._clogged

    def _silence(self) -> None:
        self._timer = None
        if not self._waiting:
            self.serve(whole_end)


class SerialSession(RtuSession):
    """RTU frames on a serial line with other slaves and with noise: silence begins anew."""

    def __init__(self, shared: Shared, peer: Peer, own: Collection[int], baud: int) -> None:
        super().__init__(shared, peer, silence_s(baud))
        self._own = frozenset(own)
        self._use(rtu_line(self._own))

    def feed(self, data: bytes) -> None:
        """Bytes came in, cut anywhere."""
        super().feed(data)
        if len(self._stream) > 2 * MAX_FRAME and not self._waiting:  # noise without a pause
            self._stream = self._stream[-MAX_FRAME:]

    def _silence(self) -> None:
        self._timer = None
        if self._waiting:
            return
        stream = self._stream
        if not is_frame(stream):
            self.peer.line.errors += 1
            begin = last_frame(stream, self._own)
            self._stream = stream[begin:] if begin > 0 else b""
        self.serve(whole_end)
