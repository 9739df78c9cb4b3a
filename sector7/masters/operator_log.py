"""The operator log: who asked for what, when, from what to what, and what became of it; the last 256, for all consoles.

It looks on from outside of the plant: nothing that happens depends on it. Every console reads the same entries as file
51 (`protocols/tags/session_map.py`).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from firmware_sim.plc.unit import Unit
from protocols.alarms.alarm import AlarmResult
from protocols.commissioning import Result
from protocols.records.action_text import (
    COMMISSION_SHIFT,
    FAULT_STATION_SHIFT,
    FAULT_UNIT_SHIFT,
    FORCE_SHIFT,
    UNKNOWN,
    is_logged,
    is_request,
    item_of,
)  # fmt: skip
from protocols.roles import Role
from protocols.tags.fault_map import FaultResult
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.session_map import ACTIONS, ENTRY_WORDS, RING, ActionResult, LoggedAction, entry_words, record_of
from protocols.tags.tag import Tag
from sector7.masters.board_values import TIERS
from sector7.rig.engine import SCAN_US
from sector7.rig.intake import Author
from sector7.rig.rig import Rig

#: Scans after which what a write led to can be seen.
_SETTLED_US: Final = 3 * SCAN_US
_EMPTY: Final = (0,) * ENTRY_WORDS


class OperatorLog:
    """Port `FileSource` for file 51. `last` gives the value that a master wrote last to a tag."""

    def __init__(self, rig: Rig, last: Callable[[str], int], wall: Callable[[], float] = time.time) -> None:
        self._rig = rig
        self._last = last
        self._wall = wall
        self._ring: dict[int, LoggedAction] = {}
        self._open: deque[tuple[int, int]] = deque()
        #: Number of the newest entry, and how often an entry was added or got its result.
        self.count = 0
        self.changes = 0

    # ---- what happens
    def wrote(self, author: Author, unit: int, tag: Tag, raw: int) -> None:
        """A value that is about to be taken; call it before the intake gets it."""
        before = self._last(tag.name)
        if not counts(tag, before, raw):
            return
        old, new, detail = self._meaning(tag, before, raw)
        self._add(author, unit, tag, old, new, detail, ActionResult.TAKEN)
        self._open.append((self._rig.now + _SETTLED_US, self.count))

    def refused(self, author: Author, unit: int, tag: Tag, raw: int) -> None:
        """A value that the role or the map forbids. Said once, however often it is repeated."""
        self._once(author, unit, tag, raw, ActionResult.FORBIDDEN)

    def ignored(self, author: Author, unit: int, tag: Tag, raw: int) -> None:
        """A value for a station that its author does not own. Said once."""
        self._once(author, unit, tag, raw, ActionResult.IGNORED)

    def settle(self) -> None:
        """Look what became of what was taken; call it when the plant has gone on."""
        while self._open and self._open[0][0] <= self._rig.now:
            _, number = self._open.popleft()
            entry = self._ring.get(number % RING)
            if entry is not None and entry.number == number:
                self._ring[number % RING] = replace(entry, result=self._outcome(entry))
                self.changes += 1

    def recall(self, entries: Iterable[LoggedAction]) -> None:
        """Entries of earlier sessions, the oldest first; they are numbered anew."""
        for entry in entries:
            self.count += 1
            self._ring[self.count % RING] = replace(entry, number=self.count)

    # ---- what can be read
    def read(self, file: int, record: int, count: int) -> Sequence[int] | None:
        """See port `FileSource`."""
        if file != ACTIONS or record + count > record_of(RING - 1) + ENTRY_WORDS:
            return None
        first, last = record // ENTRY_WORDS, (record + count - 1) // ENTRY_WORDS
        entries = (self._ring.get(place) for place in range(first, last + 1))
        words = list(chain.from_iterable(_EMPTY if e is None else entry_words(e) for e in entries))
        skipped = record - first * ENTRY_WORDS
        return words[skipped : skipped + count]

    def values(self) -> dict[str, int]:
        """What unit 1 tells of it."""
        return {"Line.ActionsLogged": self.count & 0xFFFF_FFFF, "Line.ActionsChanged": self.changes & 0xFFFF}

    # ---- entries
    def _once(self, author: Author, unit: int, tag: Tag, raw: int, result: ActionResult) -> None:
        newest = self._ring.get(self.count % RING)
        said = (label_of(author), unit, tag.table, tag.address, result)
        again = newest is not None and said == (
            newest.who, newest.unit, newest.table, newest.address, newest.result
        )  # fmt: skip
        before = self._last(tag.name)
        if not again and counts(tag, before, raw):
            self._add(author, unit, tag, *self._meaning(tag, before, raw), result)

    def _add(self, author: Author, unit: int, tag: Tag, old: int, new: int, detail: int, result: ActionResult) -> None:
        self.count += 1
        self.changes += 1
        self._ring[self.count % RING] = LoggedAction(
            self.count, self._rig.now // 1000, int(self._wall()), role_of(author.role), result, unit, tag.table,
            tag.address, old, new, label_of(author), detail,
        )  # fmt: skip

    def _meaning(self, tag: Tag, before: int, raw: int) -> tuple[int, int, int]:
        """Old, new and detail of an entry, as `protocols/records/action_text.py` reads them."""
        owner, _, item = tag.name.partition(".")
        old, new, detail = meaning(tag.name, before, raw, self._last)
        if old != UNKNOWN:
            return old, new, detail
        line, unit = self._rig.line, self._unit(owner)
        if item == "CmdChangeRequest":
            old = int(line.state if owner == "Line" else unit.state if unit is not None else UNKNOWN)
        elif item == "UnitModeChangeRequest":
            old = int(line.mode if owner == "Line" else unit.mode if unit is not None else UNKNOWN)
        elif item == "OrderChangeRequest":
            old = line.order_number
        elif item == "OwnerRequest":
            old = next((c.seat.owner for c in self._rig.cabinets if c.unit is unit), UNKNOWN)
        elif item == "BoardRequest":
            old = next((TIERS.get(type(c.board), 0) for c in self._rig.cabinets if c.unit is unit), UNKNOWN)
        return old, new, detail

    def _outcome(self, entry: LoggedAction) -> ActionResult:
        """What the plant made of it, as far as that can be seen afterwards."""
        tag = _TAGS[entry.unit, entry.table, entry.address]
        owner, _, item = tag.name.partition(".")
        rig, unit = self._rig, self._unit(owner)
        refused = unit.refused if unit is not None else rig.line.refused if owner == "Line" else False
        match item:
            case "CmdChangeRequest" | "UnitModeChangeRequest" | "BoardRequest":
                well = not refused
            case "OwnerRequest":
                well = any(c.unit is unit and c.seat.owner == entry.new for c in rig.cabinets)
            case "AlarmChangeRequest" | "AlarmServiceChangeRequest":
                well = rig.orders.alarm_desk.result == AlarmResult.DONE
            case "ForceChangeRequest":
                well = rig.orders.force_result != 3
            case "CommissionChangeRequest":
                well = rig.commissioning.result in (Result.NONE, Result.TAKEN)
            case "FaultChangeRequest" | "FaultClearRequest":
                well = rig.orders.fault_desk.result in (FaultResult.INJECTED, FaultResult.CLEARED)
            case _:
                well = True
        return ActionResult.DONE if well else ActionResult.REFUSED

    def _unit(self, owner: str) -> Unit | None:
        return next((c.unit for c in self._rig.cabinets if c.unit.io.code == owner), None)


def meaning(name: str, before: int, raw: int, last: Callable[[str], int]) -> tuple[int, int, int]:
    """Old, new and detail of an entry, with what masters wrote and without what only the plant knows (UNKNOWN)."""
    owner, _, item = name.partition(".")
    match item:
        case "CmdChangeRequest":
            return UNKNOWN, last(f"{owner}.CntrlCmd"), 0
        case "UnitModeChangeRequest":
            return UNKNOWN, last(f"{owner}.UnitMode"), 0
        case "OwnerRequest" | "BoardRequest":
            return UNKNOWN, raw, 0
        case "OrderChangeRequest":
            return UNKNOWN, last("Line.OrderNumberRequest"), last("Line.OrderTargetRequest")
        case "AlarmChangeRequest":
            return last("Line.AlarmNumber"), last("Line.AlarmCommand"), last("Line.AlarmShelveMinutes")
        case "AlarmServiceChangeRequest":
            return last("Line.AlarmServiceNumber"), last("Line.AlarmServiceCommand"), 0
        case "ForceChangeRequest":
            terminal, seconds = last("Line.ForceTerminal"), last("Line.ForceSeconds")
            return last("Line.ForceStation"), last("Line.ForceValue"), terminal << FORCE_SHIFT | seconds
        case "CommissionChangeRequest":
            detail = last("Line.CommissionOther") << COMMISSION_SHIFT | last("Line.CommissionValue")
            return last("Line.CommissionStation"), last("Line.CommissionCommand"), detail
        case "FaultChangeRequest":
            unit, station = last("Line.FaultTimeUnit"), last("Line.FaultStation")
            new = unit << FAULT_UNIT_SHIFT | station << FAULT_STATION_SHIFT | last("Line.FaultPlace")
            return last("Line.FaultKind"), new, last("Line.FaultLasts")
        case "FaultClearRequest":
            return last("Line.FaultNumber"), 0, 0
    return before, raw, 0


def role_of(name: str) -> Role | None:
    """The role by its name; None for the server itself."""
    return Role(name) if name in list(Role) else None


def counts(tag: Tag, before: int, raw: int) -> bool:
    """True if this value makes an entry: a request that is raised, a value that changes."""
    if item_of(tag.name) == "BoardRequest":
        return raw not in (0, before)
    return before == 0 and raw == 1 if is_request(tag) else before != raw


def label_of(author: Author) -> str:
    """As a session calls itself: the name on the certificate, and the address."""
    return author.who.replace(f" ({author.role}) at ", " ")[:28]


LOGGED: Final = {name: tag for name, (_, tag) in PLANT_MAP.by_name.items() if is_logged(tag)}
_TAGS: Final = {(unit.unit, tag.table, tag.address): tag for unit, tag in PLANT_MAP.rows()}
