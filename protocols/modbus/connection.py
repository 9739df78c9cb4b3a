"""One TCP connection of the Modbus server: asyncio and pymodbus on one side, a session on the other."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from typing import Any, Protocol

from protocols.modbus.pymodbus_server import ServerRequestHandler
from protocols.modbus.session import Session
from protocols.modbus.shared import Guest
from protocols.modbus.tls import HANDSHAKE_S, HandshakeError, holder, trouble
from protocols.roles import Role
from protocols.tags.session_map import Session as Known

#: How often in its timeout an idle client is looked at: it is closed after one timeout, or a part of it more.
IDLE_LOOKS = 8


class Door(Protocol):
    """Where a connection came in."""

    @property
    def tls(self) -> ssl.SSLContext | None:
        """How clients are identified; None where nobody is."""
        ...

    @property
    def role(self) -> Role:
        """What everybody is who is not identified."""
        ...

    @property
    def idle_timeout_s(self) -> float:
        """Whoever asks nothing for so long is put out."""
        ...

    def admit(self, guest: Guest, peername: Any) -> bool:
        """May this client come in?"""
        ...

    def part(self, guest: Guest) -> None:
        """It has left."""
        ...

    def session(self, name: str, known: Known) -> Session:
        """What serves it."""
        ...

    def refuse(self, kind: str, text: str) -> None:
        """A line in the log about somebody who was turned away."""
        ...

    def idle(self, guest: Guest) -> None:
        """It said nothing for too long."""
        ...


class Connection(ServerRequestHandler):
    """The server's end of one TCP connection, plain or TLS. It is admitted first, then identified, then served."""

    def __init__(self, door: Door) -> None:
        super().__init__(door, None, None, None)  # type: ignore[no-untyped-call]
        self.who = "unknown"
        #: Done when the connection is gone.
        self.gone: asyncio.Future[None] = self.loop.create_future()
        #: None until the client is admitted, and identified where TLS asks for it.
        self.session: Session | None = None
        self._early = b""
        self._door = door
        self._raw: asyncio.Transport | None = None
        self._handshake: asyncio.Task[None] | None = None
        self._idle_timer: asyncio.TimerHandle | None = None

    @property
    def silent(self) -> bool:
        """It has never asked anything."""
        return self.session is None or not self.session.requests

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio: a client has connected."""
        super().connection_made(transport)
        assert isinstance(transport, asyncio.Transport)
        peername = transport.get_extra_info("peername")
        self.who = _name(peername)
        self._raw = transport
        if not self._door.admit(self, peername):
            transport.abort()
        elif self._door.tls is None:
            self._begin(transport, self.who, Known(self.who, self._door.role))
        else:
            transport.pause_reading()
            self._handshake = self.loop.create_task(self._secure(transport, self._door.tls))

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: the connection is closed, by whichever side."""
        if self.gone.done():
            return
        if self._idle_timer is not None:
            self._idle_timer.cancel()
        if self.session is not None:
            self.session.end()
            del self.data_received
        self._raw = None
        self._door.part(self)
        self.gone.set_result(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """asyncio: bytes came in before there is a session: together with the end of the handshake."""
        self._early += data

    def eof_received(self) -> bool | None:  # type: ignore[override]
        """asyncio: the client sends nothing more. True keeps the connection for the answers that are due."""
        return self.session is not None and self.session.finish()

    def pause_writing(self) -> None:
        """asyncio: the client does not take its answers."""
        if self.session is not None:
            self.session.clog(True)

    def resume_writing(self) -> None:
        """asyncio: the client has taken enough of its answers."""
        if self.session is not None:
            self.session.clog(False)

    def drop(self) -> None:
        """Close at once, without waiting for what is still to be sent."""
        if self._handshake is not None:
            self._handshake.cancel()
        if self.session is not None:
            self.session.drop()
        if self._raw is not None:
            self._raw.abort()

    async def _secure(self, raw: asyncio.Transport, tls: ssl.SSLContext) -> None:
        """The handshake. asyncio's own TLS server would keep to itself why one failed."""
        open_still = raw.get_extra_info("socket").dup()  # asyncio closes its own before a client can be told
        try:
            wire = await self.loop.start_tls(
                raw, self, tls, server_side=True, ssl_handshake_timeout=HANDSHAKE_S, ssl_shutdown_timeout=1.0
            )
        except (OSError, EOFError) as error:
            self._door.refuse("TLS refused", f"{self.who}: {trouble(error)}")
            with suppress(OSError):
                open_still.send(error.alert if isinstance(error, HandshakeError) else b"")
            raw.abort()
            self.connection_lost(None)
        except asyncio.CancelledError:
            raw.abort()
            self.connection_lost(None)
        else:
            if wire is None or wire.is_closing():
                self.connection_lost(None)
                return
            self.transport = wire
            name, role = holder(wire.get_extra_info("ssl_object"))
            self._begin(wire, f"{name} ({role}) at {self.who}", Known(self.who, role, name))
        finally:
            open_still.close()
            self._handshake = None

    def _begin(self, wire: asyncio.Transport, name: str, known: Known) -> None:
        self.session = self._door.session(name, known)
        self.session.begin(wire)
        self.data_received = self.session.feed  # type: ignore[method-assign]  # no detour: this is every request's way
        self._watch_idle()
        if self._early:
            self.session.feed(self._early)
            self._early = b""

    def _watch_idle(self, asked: int = -1, quiet: int = 0) -> None:
        """Looks now and then whether requests came since the last look, when there were `asked`; `quiet` looks in a row
        they did not. A clock would have to be read for every request."""
        assert self.session is not None
        requests = self.session.requests
        quiet = 0 if requests != asked or self.session.busy else quiet + 1
        if quiet < IDLE_LOOKS:
            pause = self._door.idle_timeout_s / IDLE_LOOKS
            self._idle_timer = self.loop.call_later(pause, self._watch_idle, requests, quiet)
            return
        self._door.idle(self)
        self.drop()


def _name(peer: Any) -> str:
    """A socket address as people write it."""
    if not isinstance(peer, tuple):
        return "unknown"
    host, port = peer[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
