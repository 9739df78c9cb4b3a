"""Dormant lines for tests, and the operator at the commissioning registers."""

from __future__ import annotations

from typing import Any

from protocols.commissioning import Command, Entry, Result
from sector7.recipe import Recipe
from sector7.rig.rig import Rig
from tests.sector7.lines import MINUTE, QUIET, SECOND, line

#: Kitting, frame weld, joint assembly, limb marriage and pack-out.
SOME = (1, 3, 5, 8, 12)


def dormant(numbers: tuple[int, ...] = SOME, *defects: dict[str, Any], **more: Any) -> Recipe:
    """A dormant line on which nothing fails but what is listed here."""
    fate = {"defects": "listed", "defect": list(defects), **more}
    return line(numbers, pallets=8, start="dormant", dormant=fate, **QUIET)


def ask(rig: Rig, command: Command, station: int = 0, value: int = 0, other: int = 0, *, run: bool = True) -> Result:
    """A command as a master gives it; what became of it."""
    for name, raw in (("Station", station), ("Command", int(command)), ("Value", value), ("Other", other),
                      ("ChangeRequest", 0), ("ChangeRequest", 1)):  # fmt: skip
        rig.request(f"Line.Commission{name}", raw)
    if run:
        rig.run(rig.now + SECOND)
    return Result(rig.commissioning.result)


def until(rig: Rig, done: Any, within_us: int = 60 * MINUTE) -> None:
    """Run on until `done()`."""
    end = rig.now + within_us
    while not done():
        assert rig.now < end, "it never came"
        rig.run(rig.now + SECOND)


def idle(rig: Rig, station: int) -> bool:
    """True if nothing goes on there in commissioning."""
    return not commissioner(rig, station).active


def commissioner(rig: Rig, station: int) -> Any:
    """The commissioner of a station."""
    return next(s for s in rig.commissioning.program.stations if s.unit.io.number == station)


def evidence(rig: Rig, station: int) -> list[Entry]:
    """What the ledger has of a station."""
    return [entry for entry in rig.commissioning.book.entries() if entry.station == station]
