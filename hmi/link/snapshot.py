"""What the last poll brought, and how far it may be trusted. Snapshots are written by the acquisition, read by all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from protocols.tags.session_map import Session

#: A poll older than this is no longer shown as the present (seconds).
STALE_AFTER_S = 1.5

_NOTHING: Mapping[str, int] = MappingProxyType({})


class LinkState(Enum):
    """The link to the plant server."""

    CONNECTING = "connecting"
    OK = "ok"
    LOST = "lost"
    MISMATCH = "another register map"


class Quality(Enum):
    """How far a value may be trusted."""

    GOOD = "GOOD"
    STALE = "STALE"
    NONE = "NO DATA"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One poll of unit 1 and, while a station page is open, of that station's board. Times are monotonic seconds.

    `since_s` is when the link entered `state`; `problem` says in words what is wrong with it. `session` is who this
    console is to the server, where the server says so.
    """

    state: LinkState = LinkState.CONNECTING
    since_s: float = 0.0
    line: Mapping[str, int] = field(default_factory=dict, repr=False)
    board: Mapping[str, int] = field(default_factory=dict, repr=False)
    board_unit: int = 0
    read_at_s: float = 0.0
    latency_s: float = 0.0
    rate_hz: float = 0.0
    polls: int = 0
    problem: str = ""
    session: Session | None = None

    def quality(self, now_s: float) -> Quality:
        """The quality of everything in `line` at `now_s`."""
        if not self.line:
            return Quality.NONE
        fresh = self.state is LinkState.OK and now_s - self.read_at_s <= STALE_AFTER_S
        return Quality.GOOD if fresh else Quality.STALE

    def board_of(self, station: int) -> Mapping[str, int]:
        """The board values of a station, empty if another board (or none) was polled."""
        return self.board if self.board_unit == 10 + station else _NOTHING
