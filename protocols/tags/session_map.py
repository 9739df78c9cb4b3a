"""Consoles in unit 1: who a connection is to the plant, and the log of what all consoles did (function 20).

File 50 answers each connection with its own name and role. File 51 is the operator log, a ring of 256 entries: entry
number n stands in place n modulo 256. Input registers 1952-1954 say how far the log is and when one of its entries got
its result.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from protocols.roles import Role
from protocols.tags.tag import Kind, Table, Tag, Writer

#: File numbers.
SESSION: Final = 50
ACTIONS: Final = 51

#: (address, name, kind, doc)
INPUTS: Final = (
    (1952, "ActionsLogged", Kind.U32, "number of the newest entry of the operator log, 0 = none"),
    (1954, "ActionsChanged", Kind.U16, "grows whenever an entry is new or gets its result"),
)

#: Roles by their number in both files; 0: the server itself.
ROLES: Final = (None, *Role)

#: Version, role, name on the certificate, address.
_SESSION: Final = struct.Struct(">2H24s24s")
SESSION_WORDS: Final = _SESSION.size // 2
_VERSION: Final = 1

#: Number, plant time (ms), wall time (s), role, result, unit, table and address of the tag, detail, old, new, who. Four
#: entries fit one answer.
_ENTRY: Final = struct.Struct(">IQIBBBBHHii28s")
ENTRY_WORDS: Final = _ENTRY.size // 2
RING: Final = 256
#: Entries in one answer.
MOST: Final = 4
_TABLES: Final = tuple(Table)


class ActionResult(IntEnum):
    """What became of something that was asked for."""

    TAKEN = 0
    DONE = 1
    REFUSED = 2
    FORBIDDEN = 3
    IGNORED = 4


@dataclass(frozen=True, slots=True)
class Session:
    """One connection as the server knows it. `holder` is the name on its certificate; without one the role is that of
    the listener."""

    address: str
    role: Role
    holder: str = ""

    @property
    def label(self) -> str:
        """How the operator log calls it."""
        return f"{self.holder} {self.address}".strip()


@dataclass(frozen=True, slots=True)
class LoggedAction:
    """One entry: `who` wrote a value, or raised the request of a command.

    A value has its `old` and `new`. What they mean for a command, and what `detail` adds, `protocols/records/action_text.py`
    tells.
    """

    number: int
    time_ms: int
    wall_s: int
    role: Role | None
    result: ActionResult
    unit: int
    table: Table
    address: int
    old: int
    new: int
    who: str
    detail: int = 0


def session_tags() -> list[Tag]:
    """The tags in unit 1."""
    return [Tag(f"Line.{name}", Table.INPUT, address, kind, Writer.SERVER, doc) for address, name, kind, doc in INPUTS]


def session_words(session: Session) -> tuple[int, ...]:
    """A session as registers."""
    texts = (text.encode("ascii", "replace")[:24] for text in (session.holder, session.address))
    data = _SESSION.pack(_VERSION, ROLES.index(session.role), *texts)
    return struct.unpack(f">{SESSION_WORDS}H", data)


def read_session(words: Sequence[int]) -> Session:
    """The session in registers. Raises ValueError if they hold another format."""
    version, role, holder, address = _SESSION.unpack(struct.pack(f">{len(words)}H", *words))
    found = ROLES[role] if 0 < role < len(ROLES) else None
    if version != _VERSION or found is None:
        raise ValueError(f"a session of version {version} with role {role}")
    return Session(ascii_text(address), found, ascii_text(holder))


def entry_words(action: LoggedAction) -> tuple[int, ...]:
    """An entry as registers."""
    data = _ENTRY.pack(
        action.number & 0xFFFF_FFFF, action.time_ms, action.wall_s & 0xFFFF_FFFF, ROLES.index(action.role),
        int(action.result), action.unit, _TABLES.index(action.table), action.address, action.detail, action.old,
        action.new, action.who.encode("ascii", "replace")[:28],
    )  # fmt: skip
    return struct.unpack(f">{ENTRY_WORDS}H", data)


def read_entries(words: Sequence[int]) -> list[LoggedAction]:
    """The entries in registers, without places that hold none yet. Raises ValueError if they cannot be read."""
    found = []
    for number, time_ms, wall_s, role, result, unit, table, address, detail, old, new, who in _ENTRY.iter_unpack(
        struct.pack(f">{len(words)}H", *words)
    ):
        if role >= len(ROLES) or table >= len(_TABLES):
            raise ValueError(f"an entry of role {role} about table {table}")
        if number:
            found.append(
                LoggedAction(
                    number, time_ms, wall_s, ROLES[role], ActionResult(result), unit, _TABLES[table], address, old,
                    new, ascii_text(who), detail,
                )
            )  # fmt: skip
    return found


def record_of(number: int) -> int:
    """The register of file 51 at which an entry begins."""
    return ENTRY_WORDS * (number % RING)


def ascii_text(raw: bytes) -> str:
    """Characters in registers, without padding and without what cannot be printed."""
    return "".join(c for c in raw.rstrip(b"\0").decode("ascii", "replace") if c.isprintable())
