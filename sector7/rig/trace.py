"""The logical trace: every sensor edge, command and state change in order, and its SHA-256."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterator
from itertools import chain
from typing import ClassVar, Final

from protocols.alarms.alarm import alarm_logged
from protocols.alarms.table import BY_ALARM

Entry = tuple[int, int, int]

#: Log numbers per station; number 0 is the line itself.
STRIDE: Final = 64
#: Injected faults, of the line and of each station: code of the kind, and whether it begins (see fault_kinds).
LOG_FAULT: Final = 21
_BLOCK: Final = 4096

_LINE_NAMES: Final = {
    0: "e_stop_ok", 1: "air_ok", 2: "oil_ok", 3: "cooling_ok", 4: "mains_ok", 8: "air", 9: "oil", 10: "cooling",
    11: "mains", 12: "generator", 13: "transfer_switch", 14: "breakers", LOG_FAULT: "fault", 32: "StateCurrent",
    34: "StopReason", 37: "UnitModeCurrent", **{48 + i: f"power_off_{i + 1}" for i in range(12)},
}  # fmt: skip
_STATION_NAMES: Final = {
    6: "safety_ok", 16: "axis_target", 17: "duty", 18: "program", 19: "carrier", 20: "status", LOG_FAULT: "fault",
    32: "StateCurrent", 33: "StepNumber", 34: "StopReason", 35: "ProdProcessedCount", 36: "ProdDefectiveCount",
    37: "UnitModeCurrent", 38: "Owner", 39: "ExternalAlive",
    48: "ForcedInputs", 49: "ForcedOutputs", 52: "Degraded",
}  # fmt: skip


class Trace:
    """Collects entries through `log` (a list's append) and hashes them in blocks of 4,096, chained.

    Hash objects cannot be saved, a digest can: the state is (digest, count, entries not yet hashed). `keep` keeps
    all entries for looking at differences. `hear` is given each block when it is hashed, the oldest entry first.
    """

    #: The block hashed last, for those that follow (`since`).
    DERIVED: ClassVar[tuple[str, ...]] = ("_hashed",)

    def __init__(self, *, keep: bool = False) -> None:
        self.pending: list[Entry] = []
        self._hashed: list[Entry] = []
        self.log = self.pending.append
        self.digest = b""
        self.hashed = 0
        self.kept: list[Entry] | None = [] if keep else None
        self.hear: Callable[[list[Entry]], None] | None = None

    def flush(self) -> None:
        """Hash whole blocks; call it now and then so that memory stays flat."""
        pending = self.pending
        while len(pending) >= _BLOCK:
            block = pending[:_BLOCK]
            del pending[:_BLOCK]
            if self.kept is not None:
                self.kept += block
            self.digest = _digest(self.digest, block)
            self.hashed += _BLOCK
            self._hashed = block
            if self.hear is not None:
                self.hear(block)

    def sha256(self) -> str:
        """The hash of everything logged so far."""
        self.flush()
        return _digest(self.digest, self.pending).hex()

    @property
    def count(self) -> int:
        """Entries logged so far."""
        return self.hashed + len(self.pending)

    def since(self, count: int) -> list[Entry]:
        """The entries behind the first `count`, the oldest first: at most those not hashed and the block before."""
        fresh = self.count - count
        if fresh <= len(self.pending):
            return self.pending[len(self.pending) - fresh :]
        return [*self._hashed, *self.pending][-fresh:]

    def entries(self) -> Iterator[Entry]:
        """All entries kept, oldest first."""
        yield from self.kept or ()
        yield from self.pending

    def state(self) -> dict[str, object]:
        """For a snapshot."""
        return {"digest": self.digest.hex(), "hashed": self.hashed, "pending": [list(e) for e in self.pending]}

    def restore(self, digest: str, hashed: int, pending: list[list[int]]) -> None:
        """Go on from a snapshot."""
        self.digest = bytes.fromhex(digest)
        self.hashed = hashed
        self.pending[:] = [(t, number, value) for t, number, value in pending]
        self._hashed = []


def _digest(before: bytes, block: list[Entry]) -> bytes:
    words = struct.pack(f"<{3 * len(block)}q", *chain.from_iterable(block))
    return hashlib.sha256(before + words).digest()


def name(
    number: int, inputs: tuple[str, ...] = (), outputs: tuple[str, ...] = (), setpoints: tuple[str, ...] = ()
) -> str:
    """A readable name of a log number; `inputs` and `outputs` are those of the station it belongs to."""
    if alarm := alarm_logged(number):
        return BY_ALARM[alarm].tag if alarm in BY_ALARM else f"Alarm {alarm}"
    station, offset = divmod(number, STRIDE)
    if station == 0:
        return f"Line.{_LINE_NAMES.get(offset, offset)}"
    label = _STATION_NAMES.get(offset, str(offset))
    if offset < len(inputs):
        label = inputs[offset]
    elif 8 <= offset < 8 + len(outputs):
        label = outputs[offset - 8]
    elif 40 <= offset < 44:
        label = f"measured{offset - 40}"
    elif 44 <= offset < 44 + len(setpoints):
        label = setpoints[offset - 44]
    return f"ST{station:02d}.{label}"


def first_difference(a: Iterator[Entry], b: Iterator[Entry]) -> tuple[Entry | None, Entry | None] | None:
    """The first pair of entries that differ (None where one trace has ended), or None if the traces are equal."""
    while True:
        x, y = next(a, None), next(b, None)
        if x != y:
            return x, y
        if x is None:
            return None
