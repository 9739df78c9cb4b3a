"""The plant server: one asyncio loop for the pacemaker and the Modbus server."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from protocols.errors import Refusal
from protocols.modbus.server import Door, PlantServer
from protocols.packml import State
from protocols.ports import NEVER
from protocols.tags.plant_map import PLANT_MAP
from sector7.boards.remotes import Remotes
from sector7.boards.serial_links import SerialLinks
from sector7.historian.keeper import Keeper
from sector7.journal.actions import recalled
from sector7.journal.recovery import Carried
from sector7.masters.bulk import PlantFiles, StopEvents
from sector7.masters.partners import Partners
from sector7.masters.values import UNWRITABLE, WRITTEN, PlantValues
from sector7.rig.intake import Direct, Intake
from sector7.rig.pacemaker import Pacemaker
from sector7.rig.rig import Rig
from sector7.stop import StopSignals

if TYPE_CHECKING:  # a plant without a scenario starts without what reads one
    from sector7.scenario.run import Performance

#: Told once the server listens: (host, port).
Announce = Callable[[str, int], None]


class PlantService:
    """A rig, its pacemaker and its Modbus server."""

    def __init__(
        self, rig: Rig, host: str, port: int, speed: float, epoch: int, doors: Sequence[Door] = (),
        state: Carried | None = None, keeper: Keeper | None = None, scenario: Performance | None = None,
    ) -> None:  # fmt: skip
        """`doors` stand in place of a plain door at `host` and `port`, where there are any. `state` is where the
        plant comes from, if it keeps a journal: the rig and the epoch are the state's then. `keeper` records its
        history, if there is none in the state. `scenario` is performed on the rig, whose own it must be."""
        self.rig = rig
        self._state = state
        self._recorder = state.recorder if state is not None else None
        self._keeper = state.keeper if state is not None and state.keeper is not None else keeper
        logs = [state.recorder.logs] if state is not None else []
        trends = [self._keeper] if self._keeper is not None else []
        intake: Intake = self._recorder or Direct(rig)
        self.values = PlantValues(rig, epoch, intake)
        if state is not None:
            self.values.operator_log.recall(recalled(state.writes))
        self._intake = intake
        self._scenario = scenario
        self._partners = Partners(rig, intake)
        self._remotes = Remotes(rig, intake)
        self._links = SerialLinks(rig, intake)
        self._events = StopEvents(rig.trace, state.stops if state is not None else ())
        self.server = PlantServer(
            self.values, self.values, PLANT_MAP, host, None if doors else port, doors=doors, gate=self._recorder,
            files=PlantFiles(rig, self.values.operator_log, *logs, *trends), events=self._events,
        )  # fmt: skip
        self.pacemaker = Pacemaker(
            rig, factor=speed, look=self._links.look, beat=self._beat, horizon=intake.horizon,
            stop=self._stop,
        )  # fmt: skip
        if speed != 1.0 and (partner := self._partner()):
            raise Refusal("serve", f"speed x{speed:g}", partner)
        if self._recorder is not None:
            self._recorder.changed = self._changed
        self._beat()

    def _beat(self) -> None:
        if self._recorder is not None:
            self._recorder.speed = self.pacemaker.factor
        self._intake.beat()
        self._partners.look(self.pacemaker.clock())
        self._links.look()
        self.pacemaker.lock(self._partner())
        self.values.speed_tenths = 0 if self.pacemaker.paused else round(self.pacemaker.factor * 10)
        self.values.lag_ms = self.pacemaker.lag_ms
        if self._keeper is not None:
            self._keeper.historian.speed = self.pacemaker.factor
            self._keeper.beat()
            self.values.history = self._keeper.status()
        if self._scenario is not None:
            self._scenario.look()
        self._events.collect()
        self.values.operator_log.settle()
        self.values.touch()

    def _stop(self) -> int:
        """Where a slice of plant time must end, so that there is a beat."""
        recorded = self._keeper.horizon() if self._keeper is not None else NEVER
        return min(recorded, self._scenario.due_us) if self._scenario is not None else recorded

    def _partner(self) -> str:
        """Who lives by the wall clock, so that the plant must, too; empty if nobody does."""
        if name := self._links.partner or self._remotes.partner or self._partners.partner:
            return f"{name}: the plant keeps to the wall clock"
        return ""

    def _changed(self) -> None:
        if self._recorder is not None:
            self.values.journal_state = UNWRITABLE if self._recorder.problem else WRITTEN
        self.values.touch()

    async def run(self, announce: Announce, until_us: int | None = None) -> None:
        """Serve until cancelled (or until `until_us` of plant time). Raises LinkError if the port cannot be had."""
        if self._recorder is not None:
            self._recorder.start()
            self._changed()
        try:
            await self._serve(announce, until_us)
        finally:
            if self._keeper is not None:
                await asyncio.to_thread(self._keeper.close)
            if self._state is not None:
                await self._state.recorder.close()
                self._state.folder.close()

    async def _serve(self, announce: Announce, until_us: int | None) -> None:
        await self.server.start()
        polling = asyncio.create_task(self._remotes.run())
        try:
            self._links.start()
            announce(self.server.host, self.server.port)
            if self._state is not None:
                self._state.folder.announce(f"{self.server.host}:{self.server.port}")
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
        journal = ", JOURNAL CANNOT BE WRITTEN" if self._recorder is not None and self._recorder.problem else ""
        return f"{state_of_the_line(self.rig)}, clients {self.server.counters.clients}{journal}"


class Service(Protocol):
    """What runs in a loop until it is stopped."""

    async def run(self, announce: Announce) -> None:
        """Serve until cancelled."""
        ...

    def status_line(self) -> str:
        """One line for a person without an HMI."""
        ...


def state_of_the_line(rig: Rig) -> str:
    """Plant time, state and production in one line."""
    line = rig.line
    seconds = rig.now // 1_000_000
    executing = sum(unit.state == State.EXECUTE for unit in line.units)
    return (
        f"{seconds // 3600:d}:{seconds // 60 % 60:02d}:{seconds % 60:02d} {line.state.name.lower()} "
        f"{executing}/{len(line.units)} stations executing, robots {rig.plant.ledger.completed}, "
        f"OEE {line.ratios(rig.now).oee / 10:.1f} %"
    )


async def serve_until_stopped(
    service: Service, announce: Announce, signals: StopSignals, *, status: bool, attached: bool
) -> None:
    """Run the service until `signals` say stop, or with `attached` until standard input ends, whoever held it.

    `status` prints a status line now and then (every second on a terminal, every minute elsewhere).
    """
    reporters: list[asyncio.Task[None]] = []

    def announced(host: str, port: int) -> None:
        # what is built now stays: looking through all of it would stop the plant, its clients and the exchanges with
        # real boards for 50 ms now and then
        gc.collect()
        gc.freeze()
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


async def _report(service: Service) -> None:
    terminal = sys.stderr.isatty()
    while True:
        text = service.status_line()
        sys.stderr.write(f"\r\x1b[K{text}" if terminal else f"{text}\n")
        sys.stderr.flush()
        await asyncio.sleep(1 if terminal else 60)
