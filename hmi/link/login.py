"""Who sits at the console: logging in with another certificate, logging out, and the time after which nobody is there.

A new identity is tried on a connection of its own, and takes the place of the old one when the server has let it in:
whatever goes wrong leaves the console as it was.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from hmi.link.acquisition import Acquisition
from hmi.link.actions import ActionLog, Result
from hmi.link.client import ClientFactory
from hmi.link.wallet import Card, Wallet
from protocols.errors import LinkError, Refusal
from protocols.modbus.tls_client import ClientContext, Identity
from protocols.passphrase import Passphrase
from protocols.roles import Role

#: So long before the end the operator is warned (seconds).
WARNED_S: Final = 60.0


@dataclass(frozen=True)
class Terms:
    """How a console is sat at. `wallet` and `clients`, which makes connections as somebody, where there is TLS.

    A `read_only` console never commands. After `idle_s` without a key its operator is logged out; 0: never.
    """

    read_only: bool = False
    wallet: Wallet | None = None
    clients: Callable[[ClientContext], ClientFactory] | None = None
    idle_s: float = 0.0


class Login:
    """One console's. `clock` gives monotonic seconds, `today` the wall clock against which certificates are judged."""

    def __init__(
        self,
        terms: Terms,
        acquisition: Acquisition,
        log: ActionLog,
        clock: Callable[[], float],
        today: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.terms: Final = terms
        #: True while nobody is logged in: the console shows everything and commands nothing.
        self.out = False
        self.who: Identity | None = terms.wallet.first if terms.wallet is not None else None
        self._acquisition = acquisition
        self._log = log
        self._clock = clock
        self._today = today
        self._touched_s = clock()
        self._changing = asyncio.Lock()
        self._resting: asyncio.Task[None] | None = None

    def looking(self) -> str:
        """Why this console only looks; empty if it may command what its role may."""
        if self.terms.read_only:
            return "this console is read-only"
        return "nobody is logged in" if self.out else ""

    def cards(self) -> list[Card]:
        """Who may log in; nobody in particular where there is no TLS. Raises LinkError, also if nobody at all may."""
        if self.terms.read_only:
            raise LinkError("console", "it is read-only")
        return self.terms.wallet.cards(self._today()) if self.terms.wallet is not None else []

    async def enter(self, card: Card | None, passphrase: Passphrase) -> str:
        """Become who a certificate says (None: as this port lets everybody in); why not, empty if it is done.

        The passphrase is used and wiped.
        """
        key = self._log.begin(self._time_us(), f"Log in {card.who if card is not None else 'as the port says'}")
        try:
            async with self._changing:
                if card is not None:
                    await self._become(card, passphrase)
                self.out = False
                self.touch()
        except (LinkError, Refusal) as error:
            why = error.problem if isinstance(error, LinkError) else error.why
            self._log.end(key, Result.REFUSED, why)
            return str(error)
        finally:
            passphrase.wipe()
        self._log.end(key, Result.OK)
        return ""

    def leave(self, why: str = "") -> None:
        """From this moment on nobody commands here; then the connection becomes a viewer's, where there is one."""
        if self.out or self.terms.read_only:
            return
        self.out = True
        self._acquisition.login += 1  # what is under way is not sent any more
        self._log.end(self._log.begin(self._time_us(), "Log out"), Result.OK, why)
        self._resting = asyncio.get_running_loop().create_task(self._rest(), name="log out")

    def touch(self) -> None:
        """Somebody is there."""
        self._touched_s = self._clock()

    def notice(self, now_s: float) -> str:
        """A word of warning while the operator is about to be logged out."""
        left = self._left_s(now_s)
        if left is None or left > min(WARNED_S, self.terms.idle_s / 2):
            return ""
        return f"Nobody there? Logged out in {max(0, round(left))} s; any key keeps you logged in"

    def tick(self, now_s: float) -> None:
        """Log out whoever has gone."""
        left = self._left_s(now_s)
        if left is not None and left <= 0:
            self.leave(f"no key for {self.terms.idle_s / 60:g} min")

    async def close(self) -> None:
        """End what is under way."""
        if self._resting is not None:
            self._resting.cancel()
            await asyncio.gather(self._resting, return_exceptions=True)

    def _left_s(self, now_s: float) -> float | None:
        """Until the operator is logged out; None where nobody is."""
        session = self._acquisition.snapshot.session
        viewer = session is not None and session.role is Role.VIEWER
        if not self.terms.idle_s or self.looking() or viewer:
            return None
        return self._touched_s + self.terms.idle_s - now_s

    async def _rest(self) -> None:
        async with self._changing:
            self.out = True  # also if somebody was just being let in
            try:
                card = self.terms.wallet.viewer(self._today()) if self.terms.wallet is not None else None
                if card is not None and card.identity != self.who:
                    await self._become(card, Passphrase())
            except (LinkError, Refusal) as error:
                key = self._log.begin(self._time_us(), "Connect as viewer")
                self._log.end(key, Result.FAILED, f"looks on over the connection that it had: {error}")

    async def _become(self, card: Card, passphrase: Passphrase) -> None:
        """Raises LinkError, Refusal; then nothing has changed."""
        if card.trouble:
            raise LinkError(card.name, card.trouble)
        assert self.terms.clients is not None
        new_client = self.terms.clients(card.identity.context(passphrase))
        client = new_client()
        try:
            await client.connect()
            session = await client.session()
        except BaseException:
            await client.close()
            raise
        await self._acquisition.hand_over(new_client, client, session)
        self.who = card.identity

    def _time_us(self) -> int:
        return self._acquisition.snapshot.line.get("Line.SimulatedTime", 0)
