"""The desk: what all screens of one operator station share. It holds no widget and draws nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from hmi.frame import Frame
from hmi.lamp import Lamp
from hmi.link.acquisition import Acquisition
from hmi.link.actions import ActionLog
from hmi.link.backfill import keep_filled
from hmi.link.client import ClientFactory
from hmi.link.commander import Commander
from hmi.link.feedback import FeedbackWatch
from hmi.link.history import History
from hmi.link.login import Login, Terms
from hmi.link.pens import Pens
from hmi.link.shared_log import SharedLog, keep_read

COMMANDING: Final = Terms()
#: A console that only looks.
READ_ONLY: Final = Terms(read_only=True)


@dataclass(frozen=True)
class Desk:
    """Acquisition, commands, log and trend memory behind the screens, and the lamp that blinks on them."""

    acquisition: Acquisition
    commander: Commander
    log: ActionLog
    history: History
    pens: Pens
    shared: SharedLog
    feedback: FeedbackWatch
    login: Login
    clock: Callable[[], float]
    lamp: Lamp = field(default_factory=Lamp)

    async def run(self) -> None:
        """Poll, keep the trends filled and the operator log read, until cancelled."""
        helpers = [
            asyncio.create_task(keep_filled(self.acquisition, self.history), name="backfill"),
            asyncio.create_task(keep_read(self.acquisition, self.shared), name="operator log"),
        ]
        try:
            await self.acquisition.run()
        finally:
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
            await self.login.close()

    def frame(self) -> Frame:
        """Everything a screen needs, as of now."""
        now = self.clock()
        snapshot = self.acquisition.snapshot
        self.history.sample(snapshot, now)
        self.pens.sample(snapshot, now)
        self.feedback.sample(snapshot)
        log, shared, lit = self.log.latest(), self.shared.latest(), self.lamp.lit(now)
        unanswered = self.feedback.unanswered()
        read_only, out, notice = self.login.terms.read_only, self.login.out, self.login.notice(now)
        return Frame(snapshot, now, self.history, log, read_only, shared, lit, unanswered, out, notice)


def desk(new_client: ClientFactory, clock: Callable[[], float], terms: Terms = COMMANDING) -> Desk:
    """Build a desk; nothing connects before its acquisition runs. `clock` gives monotonic seconds."""
    acquisition = Acquisition(new_client, clock)
    log = ActionLog()
    login = Login(terms, acquisition, log, clock)
    commander = Commander(acquisition, log, clock, login.looking)
    return Desk(acquisition, commander, log, History(), Pens(), SharedLog(), FeedbackWatch(), login, clock)
