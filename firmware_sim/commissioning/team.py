"""The people whom the commissioning program can call, by radio (the plant has them)."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from protocols.commissioning import Finding


class Team(Protocol):
    """At one station: a technician with a calibrator, and the crew."""

    @property
    def busy(self) -> bool:
        """True while somebody repairs at the station, or is on the way."""
        ...

    def hold(self, now: int, bits: int) -> None:
        """Hold these sensors and no others the other way round."""
        ...

    def refer(self, now: int, channel: int, permille: int | None) -> None:
        """Connect a calibrator in place of a transmitter: `permille` of its range; None takes it away."""
        ...

    def send_crew(self, now: int, diagnosis: tuple[int, int, int]) -> None:
        """Have a defect repaired: its kind, the item, the other item."""
        ...


class Outcome(NamedTuple):
    """What one check has come to, for the ledger."""

    item: int
    low: int
    high: int
    seen: int
    finding: int = Finding.NONE
    other: int = 0

    @property
    def passed(self) -> bool:
        """True if what was seen is what was expected."""
        return self.low <= self.seen <= self.high


def reached(item: int, true: bool, finding: int = Finding.NOT_REACHED) -> Outcome:
    """The outcome of a check that asks for one condition."""
    return Outcome(item, 1, 1, 1) if true else Outcome(item, 1, 1, 0, finding)
