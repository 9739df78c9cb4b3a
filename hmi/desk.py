"""The desk: what all screens of one operator station share. It holds no widget and draws nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from hmi.frame import Frame
from hmi.lamp import Lamp
from hmi.link.acquisition import Acquisition
from hmi.link.actions import ActionLog
from hmi.link.backfill import keep_filled
from hmi.link.client import ClientFactory
from hmi.link.commander import Commander
from hmi.link.feedback import FeedbackWatch
from hmi.link.history import History
from hmi.link.pens import Pens
from hmi.link.shared_log import SharedLog, keep_read


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
    clock: Callable[[], float]
    read_only: bool
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

    def frame(self) -> Frame:
        """Everything a screen needs, as of now."""
        now = self.clock()
        snapshot = self.acquisition.snapshot
        self.history.sample(snapshot, now)
        self.pens.sample(snapshot, now)
        self.feedback.sample(snapshot)
        log, shared, lit = self.log.latest(), self.shared.latest(), self.lamp.lit(now)
        return Frame(snapshot, now, self.history, log, self.read_only, shared, lit, self.feedback.unanswered())


def desk(new_client: ClientFactory, clock: Callable[[], float], read_only: bool) -> Desk:
    """Build a desk; nothing connects before its acquisition runs. `clock` gives monotonic seconds."""
    acquisition = Acquisition(new_client, clock)
    log = ActionLog()
    commander = Commander(acquisition, log, clock, read_only)
    return Desk(acquisition, commander, log, History(), Pens(), SharedLog(), FeedbackWatch(), clock, read_only)
