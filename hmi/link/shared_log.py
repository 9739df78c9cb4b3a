"""The operator log of the plant: what all consoles did, read from the server whenever it says that there is news."""

from __future__ import annotations

from typing import Final

from hmi.link.acquisition import Acquisition
from hmi.link.snapshot import LinkState, Snapshot
from protocols.errors import LinkError, Refusal
from protocols.tags.session_map import ACTIONS, ENTRY_WORDS, MOST, ActionResult, LoggedAction, read_entries, record_of

#: Entries that are kept here: what a screen can show.
KEPT: Final = 64


class SharedLog:
    """The newest entries by their number."""

    def __init__(self) -> None:
        self._entries: dict[int, LoggedAction] = {}

    def latest(self) -> tuple[LoggedAction, ...]:
        """What is known of the newest entries, newest first."""
        return tuple(self._entries[number] for number in sorted(self._entries, reverse=True))

    def missing(self, newest: int) -> list[int]:
        """Numbers of entries that are not known, or had no result yet, newest first."""
        wanted = range(newest, max(0, newest - KEPT), -1)
        return [n for n in wanted if n not in self._entries or self._entries[n].result is ActionResult.TAKEN]

    def take(self, entries: list[LoggedAction], newest: int) -> None:
        """What was read, while `newest` is the newest number: what lies further back is dropped."""
        self._entries |= {entry.number: entry for entry in entries}
        self._entries = {n: e for n, e in self._entries.items() if newest - KEPT < n <= newest}


async def keep_read(acquisition: Acquisition, log: SharedLog) -> None:
    """Read whatever is new. Runs until cancelled; a server without such a log is left alone."""
    seen: tuple[int, int, int] | None = None
    while True:
        snapshot = await acquisition.next_poll()
        if snapshot.state is not LinkState.OK:
            seen = None
        elif (stands := _stands(snapshot)) != seen:
            try:
                await _read(acquisition, log, stands[1])
            except LinkError:
                continue
            except (Refusal, ValueError):
                pass  # no such log, or one that we cannot read
            seen = stands


async def _read(acquisition: Acquisition, log: SharedLog, newest: int) -> None:
    missing = log.missing(newest)
    log.take([], newest)
    while missing:
        first = max(1, missing[0] - MOST + 1)
        # entries stand side by side, but not across the end of the ring
        while record_of(first) > record_of(missing[0]):
            first += 1
        count = missing[0] - first + 1
        [words] = await acquisition.read_file(ACTIONS, [(record_of(first), count * ENTRY_WORDS)])
        log.take(read_entries(words), newest)
        missing = [number for number in missing if number < first]


def _stands(snapshot: Snapshot) -> tuple[int, int, int]:
    line = snapshot.line
    return line["Line.RunEpoch"], line["Line.ActionsLogged"], line["Line.ActionsChanged"]
