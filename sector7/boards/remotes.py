"""Polls the boards that sit behind other Modbus TCP devices, in the plant server's loop and in wall time."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from hil.remote_board import RemoteBoard
from protocols.errors import LinkError
from protocols.modbus.cancellation import heed_cancellation
from protocols.modbus.remote import RemoteAddress, RemoteDevice
from sector7.recipe import RemoteRecipe
from sector7.rig.intake import Intake
from sector7.rig.rig import Rig

#: Commands are written again after so long without a change, seconds: a device's own watchdog wants to be fed.
_REFRESH_S: Final = 1.0
_BACKOFF_S: Final = (0.25, 0.5, 1.0, 2.0, 5.0)

_log = logging.getLogger("sector7.remote")


class Remotes:
    """The remote boards of a rig, one task and one connection each."""

    def __init__(self, rig: Rig, intake: Intake, clock: Callable[[], float] = time.monotonic) -> None:
        rows = {row.number: row.remote for row in rig.recipe.station}
        self._polls: list[Poll] = []
        for cabinet in rig.cabinets:
            board, remote = cabinet.board, rows[cabinet.station.number]
            if isinstance(board, RemoteBoard) and remote is not None:
                self._polls.append(Poll(board, _address(remote), remote.poll_ms / 1000, intake, clock))

    @property
    def partner(self) -> str:
        """A real partner of this kind, in words; empty if there is none."""
        return next((f"{poll.board.io.code} has a remote board" for poll in self._polls), "")

    async def run(self) -> None:
        """Poll until cancelled."""
        async with asyncio.TaskGroup() as group:
            for poll in self._polls:
                group.create_task(poll.run())


class Poll:
    """One board: rounds of writing what is new and reading everything, and coming back after a loss."""

    def __init__(
        self, board: RemoteBoard, address: RemoteAddress, period_s: float, intake: Intake, clock: Callable[[], float]
    ) -> None:
        self.board = board
        self._intake = intake
        self._address = address
        self._device = RemoteDevice(address)
        self._period_s = period_s
        self._clock = clock
        self._news = asyncio.Event()
        board.wake = self._news.set

    async def run(self) -> None:
        """Connect, poll, and connect again after a while, until cancelled."""
        failures = 0
        try:
            while True:
                polls = self.board.polls
                try:
                    await self._device.connect()
                    heed_cancellation()
                    await self._rounds()
                except LinkError as error:
                    heed_cancellation()
                    failures = 0 if self.board.polls != polls else failures + 1
                    if failures <= 1:
                        _log.warning("station %d: %s", self.board.io.number, error)
                self._intake.answer(self.board, None)
                await asyncio.sleep(_BACKOFF_S[min(failures, len(_BACKOFF_S) - 1)])
        finally:
            self._device.close()

    async def _rounds(self) -> None:
        board, written = self.board, 0.0
        board.outbox.clear()
        board.outbox.append(board.command)
        while True:
            try:
                async with asyncio.timeout(self._address.timeout_s):
                    while board.outbox:
                        await self._device.write(board.outbox.popleft())
                        written = self._clock()
                    answer = await self._device.read()
            except TimeoutError:
                raise LinkError(self._address.name, "answers too slowly") from None
            heed_cancellation()
            if not board.polls:
                _log.info("station %d: found its board at %s", board.io.number, self._address.name)
            self._intake.answer(board, answer)
            await self._pause()
            if self._clock() - written >= _REFRESH_S:
                board.outbox.append(board.command)

    async def _pause(self) -> None:
        """Until the next round is due, or there is a command to write."""
        self._news.clear()
        if not self.board.outbox:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._period_s):
                    await self._news.wait()


def _address(remote: RemoteRecipe) -> RemoteAddress:
    return RemoteAddress(
        remote.host,
        remote.port,
        remote.unit,
        coils=remote.coils_offset,
        discrete=remote.discrete_offset,
        input=remote.input_offset,
        holding=remote.holding_offset,
        timeout_s=remote.timeout_ms / 1000,
    )
