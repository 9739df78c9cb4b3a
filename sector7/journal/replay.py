"""A journal again, from the empty plant: as fast as it goes and compared with what was, or to be watched."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from firmware_sim.board.board import SimulatedBoard
from firmware_sim.board.profile import profile
from hil.remote_board import RemoteBoard
from protocols.modbus.doors import TcpDoor
from protocols.modbus.server import PlantServer
from protocols.ports import Board, Terminals
from protocols.roles import Role
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.plant_map import PLANT_MAP
from sector7.boards.kinds import fit
from sector7.journal.rerun import Divergence, Rerun
from sector7.journal.store import Journal
from sector7.masters.bulk import PlantFiles, StopEvents
from sector7.masters.values import PlantValues
from sector7.recipe import Recipe, StationRecipe
from sector7.rig.pacemaker import Pacemaker
from sector7.rig.rig import Rig
from sector7.serve import Announce, state_of_the_line

#: Plant time between two reports of progress.
_STRIDE_US = 60_000_000

_log = logging.getLogger("sector7.replay")

#: Told (plant time so far, its end), us.
Progress = Callable[[int, int], None]


def recorded(row: StationRecipe, terminals: Terminals, every: bool) -> Board:
    """Boards for a replay: in place of a real one its recorded answers, in place of an emulated one its Python twin."""
    io = BY_NUMBER[row.number]
    if row.remote is not None:
        return RemoteBoard(io)
    if row.board == "serial":
        return fit(row, terminals, every)  # its port is opened by those who serve a plant
    return SimulatedBoard(profile(io), terminals, sampling=every)


def empty_plant(journal: Journal) -> Rig:
    """The plant of a journal as it was before anything happened."""
    recipe = Recipe.model_validate_json(journal.header.recipe)
    return Rig(recipe, journal.header.seed, boards=recorded)


@dataclass(frozen=True)
class Outcome:
    """A replay whose every recorded piece was equal."""

    now_us: int
    blocks: int
    inputs: int
    entries: int
    sha256: str


def replay(journal: Journal, until_us: int | None = None, progress: Progress | None = None) -> Outcome:
    """Repeat a journal up to `until_us` (or its end). Raises Divergence, JournalError."""
    end = journal.lease_us if until_us is None else min(until_us, journal.lease_us)
    rig = empty_plant(journal)
    rerun = Rerun(rig, journal)
    while rig.now < end:
        rerun.run(min(end, rig.now + _STRIDE_US))
        if progress is not None:
            progress(rig.now, end)
    rerun.finish()
    return Outcome(rig.now, rerun.blocks, rerun.fed, rig.trace.count, rig.trace.sha256())


class Watched:
    """The past on Modbus, for viewers only: it runs to `until_us` (or the end of the journal) and stands there."""

    def __init__(self, journal: Journal, host: str, port: int, speed: float, until_us: int | None = None) -> None:
        self.rig = rig = empty_plant(journal)
        self.values = PlantValues(rig, journal.header.epoch)
        self._end = journal.lease_us if until_us is None else min(until_us, journal.lease_us)
        self._rerun = Rerun(rig, journal)
        self._events = StopEvents(rig.trace)
        self.server = PlantServer(
            self.values, self.values, PLANT_MAP, host, None, doors=[TcpDoor(host, port, role=Role.VIEWER)],
            files=PlantFiles(rig), events=self._events,
        )  # fmt: skip
        self.pacemaker = Pacemaker(rig, factor=speed, beat=self._beat, horizon=self._horizon)
        self._beat()

    def _horizon(self) -> int:
        return min(self._end, self._rerun.horizon())

    def _beat(self) -> None:
        try:
            self._rerun.beat()
        except Divergence as divergence:
            _log.warning("from here on it is not what it was: %s", divergence)
            self._rerun.compare_no_more()
        self.values.speed_tenths = 0 if self.rig.now >= self._end else round(self.pacemaker.factor * 10)
        self._events.collect()
        self.values.touch()

    async def run(self, announce: Announce) -> None:
        """Show it until cancelled. Raises LinkError if the port cannot be had."""
        await self.server.start()
        try:
            announce(self.server.host, self.server.port)
            await self.pacemaker.run(self._end)
            self._beat()
            await asyncio.Event().wait()
        finally:
            await self.server.stop()

    def status_line(self) -> str:
        """One line for a person without an HMI."""
        return f"replay: {state_of_the_line(self.rig)}, clients {self.server.counters.clients}"
