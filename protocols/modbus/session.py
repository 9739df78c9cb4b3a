"""One partner of the Modbus server: cuts its byte stream into requests and answers them in order.

A partner never gets more than a slice of the loop at a time, is not read from while it does not take its answers, and
is closed when it talks nonsense or says nothing for too long. Answers to writes may have to wait for the journal: they
queue up, and everything behind them that could tell the difference waits too.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Protocol

from protocols.modbus.core import BLIND_WRITES, Pending
from protocols.modbus.framing import BROKEN, INCOMPLETE, TCP, Framing
from protocols.modbus.peer import Peer
from protocols.modbus.quick import SIZE, read_once, read_registers
from protocols.modbus.shared import Shared

FrameEnd = Callable[[bytes, int], int]

#: Requests answered before others get their turn (about half a millisecond).
SLICE = 32


class Wire(Protocol):
    """The way back to the partner: what a session uses of an asyncio transport."""

    def write(self, data: bytes) -> None:
        """Send."""
        ...

    def pause_reading(self) -> None:
        """Deliver nothing more for now."""
        ...

    def resume_reading(self) -> None:
        """Deliver again."""
        ...

    def close(self) -> None:
        """Part after what is still to be sent."""
        ...

    def abort(self) -> None:
        """Part at once."""
        ...

    def is_closing(self) -> bool:
        """Nothing can be sent any more."""
        ...


class Due:
    """A request whose answer is not sent yet; `answer` is None until it is known."""

    __slots__ = ("answer", "request")

    def __init__(self, request: bytes, answer: bytes | None) -> None:
        self.request = request
        self.answer = answer


class Session:
    """The server's end of one byte stream."""

    def __init__(self, shared: Shared, framing: Framing, peer: Peer) -> None:
        self.peer = peer
        #: Requests answered, or waiting to be.
        self.requests = 0
        self._shared = shared
        self._counters = shared.counters
        self._answer = shared.answer
        self._use(framing)
        self._loop = asyncio.get_running_loop()
        self._wire: Wire | None = None
        self._stream = b""
        #: The wire, while nothing is left over or due and nothing hinders the next answer: `serve` works that out, and
        #: whatever changes it takes it back.
        self._ready: Wire | None = None
        self._due: deque[Due] = deque()
        self._clogged = False
        self._more = False
        self._stalled = False
        self._leaving = False
        self._flushing = False
        self._paused = False

    def _use(self, framing: Framing) -> None:
        """Kept apart and flat: they are looked up for every request."""
        self._framing = framing
        self._find, self._framed = framing.end, framing.framed
        self._body_at, self._tail = framing.head + 1, framing.tail
        self._plain = framing is TCP

    def begin(self, wire: Wire) -> None:
        """The partner is there."""
        self._wire = wire

    def end(self) -> None:
        """The partner is gone; what is due is due to nobody."""
        self._wire = None
        self._ready = None
        self._due.clear()
        self._stream = b""

    def feed(self, data: bytes) -> None:
        """Bytes came in, cut anywhere."""
        counters = self._counters
        counters.bytes_in += len(data)
        ready = self._ready
        if ready is not None and len(data) == SIZE and (answer := read_once(data, self.peer.line)) is not None:
            self.requests += 1
            counters.requests += 1
            counters.bytes_out += len(answer)
            ready.write(answer)
            return
        self._stream = self._stream + data if self._stream else data
        if not self._more:
            self.serve()

    def finish(self) -> bool:
        """The partner sends nothing more. True if it has answers to come; the session then parts by itself."""
        self._leaving = bool(self._due)
        self._ready = None
        return self._leaving

    @property
    def busy(self) -> bool:
        """Something is being done for the partner."""
        return bool(self._due)

    def clog(self, clogged: bool) -> None:
        """The partner does not take its answers (or does again): it gets no further ones until it does."""
        self._clogged = clogged
        self._ready = None
        if clogged:
            self._set_reading()
        elif not self._more:
            self.serve()

    def drop(self) -> None:
        """Part at once, without waiting for what is still to be sent."""
        if self._wire is not None:
            self._wire.abort()

    def serve(self, frame_end: FrameEnd | None = None) -> None:
        """Answer the complete requests received so far, at most a slice of them, with one write."""
        self._more = self._stalled = False
        self._ready = None
        wire = self._wire
        if wire is None or wire.is_closing():
            return
        stream, start, served, end = self._stream, 0, 0, INCOMPLETE
        output: list[bytes] = []
        if not (self._clogged or self._leaving):
            if self._plain and not (self._due or self.peer.muted):
                served = read_registers(stream, self.peer.line, SLICE, output)
                start = served * SIZE
            if start < len(stream):
                start, served, end = self._carry_out(stream, start, served, output, frame_end or self._find)
        if served:
            self._stream = stream[start:]
            self.requests += served
            self._counters.requests += served
            if output:
                self._write(output[0] if len(output) == 1 else b"".join(output))
        if end == BROKEN:
            self._part_from_nonsense()
        elif self._paused or self._more or self._stalled:
            self._set_reading()
        elif self._plain and not (self._stream or self._due or self._clogged or self._leaving or self.peer.muted):
            self._ready = wire

    def _carry_out(
        self, stream: bytes, start: int, served: int, output: list[bytes], find: FrameEnd
    ) -> tuple[int, int, int]:
        """Requests of any kind from `start` on; where it stopped, how many are served by now, and why it stopped."""
        peer, answer, due, framed = self.peer, self._answer, self._due, self._framed
        body_at, tail = self._body_at, self._tail
        length, end = len(stream), INCOMPLETE
        while start < length and (end := find(stream, start)) > 0:
            if served == SLICE:
                self._more = True
                self._loop.call_soon(self.serve)
                break
            body = start + body_at
            if due and (stream[body] not in BLIND_WRITES or len(due) >= SLICE):
                self._stalled = True
                break
            reply = answer(stream[body - 1], stream[body : end - tail], peer)
            if due or reply.__class__ is Pending:
                self._postpone(stream[start:end], reply)
            elif reply:
                output.append(framed(stream, start, reply))  # type: ignore[arg-type]
                if reply[0] & 0x80:  # type: ignore[index]
                    self._counters.exceptions += 1
            start = end
            served += 1
        return start, served, end

    def _write(self, data: bytes) -> None:
        self._counters.bytes_out += len(data)
        if self._wire is not None:
            self._wire.write(data)

    def _postpone(self, request: bytes, reply: bytes | Pending) -> None:
        due = Due(request, None)
        self._due.append(due)
        if isinstance(reply, Pending):
            reply.then(partial(self._settle, due))
        else:
            due.answer = reply

    def _settle(self, due: Due, answer: bytes) -> None:
        due.answer = answer
        if not self._flushing:  # one write for all that one commit sets free
            self._flushing = True
            self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        """Send the answers that are known, up to the first that is not; then go on with what waited behind them."""
        self._flushing = False
        output = []
        while self._due and (answer := self._due[0].answer) is not None:
            due = self._due.popleft()
            if answer:
                self._counters.exceptions += answer[0] >> 7
                output.append(self._framing.framed(due.request, 0, answer))
        if output:
            self._write(b"".join(output))
        if self._leaving:
            if not self._due and self._wire is not None:
                self._wire.close()
        elif self._stalled:
            self.serve()

    def _part_from_nonsense(self) -> None:
        """There is no way to find the next frame in such a stream: the connection has to go, after its answers."""
        self.peer.line.errors += 1
        self._counters.broken_frames += 1
        header = self._stream[:6].hex(" ")
        self._shared.log.note("client dropped", f"{self.peer.name}: no {self._framing.name} frame begins with {header}")
        self._stream = b""
        self._leaving = True
        if not self._due and self._wire is not None:
            self._wire.close()

    def _set_reading(self) -> None:
        self._paused = self._clogged or self._more or self._stalled
        if self._wire is None:
            return
        if self._paused:
            self._wire.pause_reading()
        else:
            self._wire.resume_reading()
