"""An HMI inside the test, driven by Textual's pilot in front of a real server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from hmi.app import HmiApp
from hmi.desk import COMMANDING, Desk, desk
from hmi.dialogs.confirm import ConfirmDialog
from hmi.dialogs.setpoint import SetpointDialog
from hmi.link.actions import Result
from hmi.link.connect import plant_client
from hmi.link.login import Terms
from tests.hmi.painted import SLOWER
from tests.pty_console import PATIENCE_S


class Bench:
    """An app under a pilot, with a clock that can be pushed."""

    def __init__(self, port: int, terms: Terms = COMMANDING) -> None:
        self.ahead_s = 0.0
        self.desk: Desk = desk(plant_client("127.0.0.1", port), self._clock, terms)
        self.app = HmiApp(self.desk)
        self.pilot: Pilot[None]

    def _clock(self) -> float:
        return time.monotonic() / SLOWER + self.ahead_s

    async def until(self, seen: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not seen():
                await self.pilot.pause(0.02)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    @property
    def dialog(self) -> bool:
        return isinstance(self.app.screen, ConfirmDialog | SetpointDialog)

    def shows(self, kind: type[Screen[Any]]) -> bool:
        return isinstance(self.app.screen, kind)

    @property
    def last(self) -> tuple[Result, str]:
        action = self.desk.log.latest(1)[0]
        return action.result, action.note
