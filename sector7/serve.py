"""The plant server: one asyncio loop for the pacemaker and the Modbus server."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from protocols.errors import Refusal
from protocols.modbus_server import Door, PlantServer
from protocols.packml import State
from protocols.plant_map import PLANT_MAP
from sector7.bulk import PlantFiles, StopEvents
from sector7.pacemaker import Pacemaker
from sector7.partners import Partners
from sector7.remotes import Remotes
from sector7.rig import Rig
from sector7.serial_links import SerialLinks
from sector7.stop import StopSignals
from sector7.values import PlantValues

#: Told once the server listens: (host, port).
Announce = Callable[[str, int], None]


class PlantService:
    """A rig, its pacemaker and its Modbus server."""

    def __init__(
        self, rig: Rig, host: str, port: int, speed: float, epoch: int, doors: Sequence[Door] = ()
    ) -> None:
        """`doors` stand in place of a plain door at `host` and `port`, where there are any."""
        self.rig = rig
        self.values = PlantValues(rig, epoch)
        self._partners = Partners(rig)
        self._remotes = Remotes(rig)
        self._links = SerialLinks(rig)
        self._events = StopEvents(rig.trace)
        self.server = PlantServer(
            self.values, self.values, PLANT_MAP, host, None if doors else port, doors=doors, files=PlantFiles(rig),
            events=self._events,
        )  # fmt: skip
        self.pacemaker = Pacemaker(rig, factor=speed, beat=self._beat)
        if speed != 1.0 and (partner := self._partner()):
            raise Refusal("serve", f"speed x{speed:g}", partner)
        self._beat()

    def _beat(self) -> None:
        self._partners.look(self.pacemaker.clock())
        self._links.look()
        self.pacemaker.lock(self._partner())
        self.values.speed_tenths = 0 if self.pacemaker.paused else round(self.pacemaker.factor * 10)
        self.values.lag_ms = self.pacemaker.lag_ms
        self._events.collect()
        self.values.touch()

    def _partner(self) -> str:
        """Who lives by the wall clock, so that the plant must, too; empty if nobody does."""
        if name := self._links.partner or self._remotes.partner or self._partners.partner:
            return f"{name}: the plant keeps to the wall clock"
        return ""

    async def run(self, announce: Announce, until_us: int | None = None) -> None:
        """Serve until cancelled (or until `until_us` of plant time). Raises LinkError if the port cannot be had."""
        await self.server.start()
        polling = asyncio.create_task(self._remotes.run())
        try:
            self._links.start()
            announce(self.server.host, self.server.port)
            await self.pacemaker.run(until_us)
        finally:
            polling.cancel()
            self._links.stop()
            try:
                with suppress(asyncio.CancelledError):
                    await polling
            finally:
                await self.server.stop()

    def status_line(self) -> str:
        """One line for a person without an HMI."""
        rig, line = self.rig, self.rig.line
        seconds = rig.now // 1_000_000
        executing = sum(unit.state == State.EXECUTE for unit in line.units)
        return (
            f"{seconds // 3600:d}:{seconds // 60 % 60:02d}:{seconds % 60:02d} {line.state.name.lower()} "
            f"{executing}/{len(line.units)} stations executing, robots {rig.plant.ledger.completed}, "
            f"OEE {line.ratios(rig.now).oee / 10:.1f} %, clients {self.server.counters.clients}"
        )


async def serve_until_stopped(
    service: PlantService, announce: Announce, signals: StopSignals, *, status: bool, attached: bool
) -> None:
    """Run the service until `signals` say stop, or with `attached` until standard input ends, whoever held it.

    `status` prints a status line now and then (every second on a terminal, every minute elsewhere).
    """
    reporters: list[asyncio.Task[None]] = []

    def announced(host: str, port: int) -> None:
        announce(host, port)
        if status:
            reporters.append(asyncio.create_task(_report(service)))

    task = asyncio.create_task(service.run(announced))
    signals.attach(task.cancel)
    if attached:
        asyncio.get_running_loop().add_reader(sys.stdin.fileno(), _until_end, signals)
    try:
        with suppress(asyncio.CancelledError):
            await task
    finally:
        signals.detach()
        for reporter in reporters:
            reporter.cancel()
        if reporters and sys.stderr.isatty():
            sys.stderr.write("\n")


def _until_end(signals: StopSignals) -> None:
    if not os.read(sys.stdin.fileno(), 4096):
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        signals.stop()


async def _report(service: PlantService) -> None:
    terminal = sys.stderr.isatty()
    while True:
        text = service.status_line()
        sys.stderr.write(f"\r\x1b[K{text}" if terminal else f"{text}\n")
        sys.stderr.flush()
        await asyncio.sleep(1 if terminal else 60)
