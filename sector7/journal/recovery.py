"""From a state folder to a running plant: a new journal, or the one that is there, carried on where its lease ends."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from protocols.modbus.identity import revision
from protocols.tags.plant_map import PLANT_MAP
from sector7.historian.keeper import Keeper
from sector7.historian.options import HistoryOptions
from sector7.journal import schema
from sector7.journal.errors import JournalError, JournalUnwritable
from sector7.journal.events import events, finished
from sector7.journal.folder import StateFolder
from sector7.journal.logs import MOST_EVENTS, MOST_ROBOTS, MOST_WRITES, Logs
from sector7.journal.packing import pack_checkpoint, unpack_checkpoint
from sector7.journal.past import past
from sector7.journal.recorder import LEASE_US, Recorder
from sector7.journal.rerun import Divergence, Rerun
from sector7.journal.rows import Header, Robot, Snapshot, Write
from sector7.journal.store import Journal, connect, create
from sector7.recipe import Recipe
from sector7.rig import checkpoint
from sector7.rig.checkpoint import CheckpointError
from sector7.rig.rig import Rig
from sector7.rig.trace import Entry


@dataclass(frozen=True)
class Carried:
    """A plant with a journal. `recovered` says from what state; empty for a new one. `keeper` records its history, if
    that is wanted."""

    rig: Rig
    epoch: int
    recorder: Recorder
    folder: StateFolder
    stops: list[Entry]
    recovered: str
    writes: list[Write]
    keeper: Keeper | None = None


def recipe_text(recipe: Recipe) -> str:
    """A recipe as one line of JSON: equal recipes, equal texts."""
    return json.dumps(recipe.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))


def carry_on(
    path: Path, recipe: Recipe, seed: int, wall: Callable[[], float] = time.time, history: HistoryOptions | None = None
) -> Carried:
    """The plant of a state folder, which is made if it is not there; with a `history`, if one is wanted.

    Raises JournalError: the folder is in use, of another recipe or version, damaged, or cannot be written; and
    HistoryError.
    """
    folder = StateFolder(path)
    try:
        if not folder.database.exists():
            header = Header(recipe_text(recipe), seed, int(wall()) & 0xFFFFFFFF, revision(), PLANT_MAP.fingerprint)
            create(folder.database, header)
        journal = Journal(folder.database)
        try:
            _check(journal, recipe, seed)
            return _restore(folder, journal, recipe, seed, wall, history)
        finally:
            journal.close()
    except BaseException:
        folder.close()
        raise


def _check(journal: Journal, recipe: Recipe, seed: int) -> None:
    header, folder = journal.header, journal.path.parent
    if header.fingerprint != PLANT_MAP.fingerprint:
        problem = f"it was begun by version {header.program}, with another register map"
        raise JournalError(folder, problem, f"use sector7 {header.program}, or choose another folder")
    name = json.loads(header.recipe).get("name")
    if header.recipe != recipe_text(recipe):
        problem = f"it belongs to another recipe: {name!r} as it was then, not {recipe.name!r} as it is now"
        raise JournalError(folder, problem, "start it with the recipe that it was begun with, or choose another folder")
    if header.seed != seed:
        remedy = f"start it with --seed {header.seed}, or choose another folder"
        raise JournalError(folder, f"it was begun with seed {header.seed}, not {seed}", remedy)


def newest(journal: Journal) -> tuple[Rig, int] | None:
    """The plant at the newest checkpoint that can be read, and the last input it has seen."""
    for shot in journal.snapshots():
        try:
            return checkpoint.load(unpack_checkpoint(shot.data)), shot.seq
        except (ValueError, CheckpointError):
            continue  # the one before, or the journal from its beginning, leads to the same state
    return None


def _restore(
    folder: StateFolder, journal: Journal, recipe: Recipe, seed: int, wall: Callable[[], float],
    history: HistoryOptions | None,
) -> Carried:  # fmt: skip
    rig, seq = newest(journal) or (Rig(recipe, seed), 0)
    keeper = Keeper(rig, journal.header.epoch, history, folder.path, journal.lease_us) if history is not None else None
    try:
        return _repeat(folder, journal, rig, seq, wall, keeper)
    except BaseException:
        if keeper is not None:
            keeper.close()
        raise


def _repeat(
    folder: StateFolder, journal: Journal, rig: Rig, seq: int, wall: Callable[[], float], keeper: Keeper | None
) -> Carried:
    begun = time.monotonic()
    lease = journal.lease_us
    rerun = Rerun(rig, journal, seq, watch=keeper)
    from_us = rig.now
    try:
        rerun.run(lease)
        rerun.finish()
    except Divergence as divergence:
        remedy = f"use version {journal.header.program}, which began it, restore a copy, or choose another folder"
        raise JournalError(folder.path, f"its journal cannot be repeated: {divergence}", remedy) from None
    first, known = journal.traced, journal.robots_known
    entries, robots = rerun.after(first), finished(rig, known)
    logs = _logs(journal, events(entries, first), robots)
    stops = [*journal.stops(), *entries]
    recovered = (
        f"recovered: {lease / 1e6:.1f} s of plant time, {(lease - from_us) / 1e6:.1f} s of it repeated "
        f"in {time.monotonic() - begun:.1f} s"
        if lease
        else ""
    )
    granted = max(lease, rig.now) + LEASE_US
    if keeper is not None:
        keeper.flush()  # behind the checkpoint nothing is repeated
    try:
        connection = connect(folder.database)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(*schema.session(wall(), rig.now, revision()))
            connection.execute(*schema.lease(granted))
            statements = past(rig, first, entries, robots)
            if from_us < rig.now:  # who is killed again and again need not repeat ever more
                statements += schema.checkpoint(Snapshot(rig.now, rerun.seq, pack_checkpoint(checkpoint.save(rig))))
            for statement in statements:
                connection.execute(*statement)
            connection.execute("COMMIT")
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise JournalUnwritable(folder.path, f"cannot be written: {error}", "make room on its disk") from None
    recorder = Recorder(rig, folder.database, journal.last_seq, granted, logs, wall)
    writes = journal.last_writes(MOST_WRITES)
    return Carried(rig, journal.header.epoch, recorder, folder, stops, recovered, writes, keeper)


def _logs(journal: Journal, fresh: list[tuple[int, Entry]], robots: list[Robot]) -> Logs:
    logs = Logs()
    logs.add_events(journal.events(MOST_EVENTS))
    logs.add_events(fresh)
    for row in journal.last_writes(MOST_WRITES):
        logs.add_write(row)
    logs.add_robots(journal.robots(MOST_ROBOTS))
    logs.add_robots(robots)
    return logs
