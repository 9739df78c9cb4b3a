"""Screens that read bulk data (file records) while they are looked at, and only then."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import events
from textual.worker import Worker

from hmi.desk import Desk
from hmi.link.snapshot import LinkState
from hmi.screens.guide import Guide
from hmi.screens.plant_screen import PlantScreen
from protocols.errors import LinkError


class ReadingScreen(PlantScreen):
    """A screen whose `read_bulk` is called again and again while it is on top, between two polls."""

    #: Pause between two readings (seconds of wall time).
    pause_s: ClassVar[float] = 2.0

    def __init__(self, desk: Desk, guide: Guide) -> None:
        super().__init__(desk, guide)
        self._reading: Worker[None] | None = None
        self._wanted = asyncio.Event()

    async def read_bulk(self) -> None:
        """Read what the screen shows beside the tags. May raise LinkError: it is called again when the link is back."""

    def read_soon(self) -> None:
        """Read without waiting for the pause to end: the operator asked for something else."""
        self._wanted.set()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Somebody looks."""
        if self._reading is None:
            self._reading = self.run_worker(self._keep_reading(), group="reading")
        super().on_screen_resume(event)

    def on_screen_suspend(self, event: events.ScreenSuspend) -> None:
        """Nobody looks any more, unless a dialog merely covers the page."""
        if self._reading is not None and not self.app.screen.is_modal:
            self._reading.cancel()
            self._reading = None

    async def _keep_reading(self) -> None:
        while True:
            self._wanted.clear()
            if self.desk.acquisition.snapshot.state is LinkState.OK:
                try:
                    await self.read_bulk()
                except LinkError:
                    pass  # the acquisition shows it and reconnects
                else:
                    self.repaint()
            try:
                async with asyncio.timeout(self.pause_s):
                    await self._wanted.wait()
            except TimeoutError:
                continue
