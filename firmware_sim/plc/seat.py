"""The seat of whoever commands a station instead of its own program: an external PLC, or a person in manual mode."""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar, Final

from protocols.packml import State
from protocols.stations.images import ACKNOWLEDGE, ANDON, LIMIT, MARK, OUTPUTS, WORD
from protocols.stations.station_io import StationIO

#: What an owner may write of a command image.
_OWNED: Final = OUTPUTS | MARK | ANDON | ACKNOWLEDGE | (1 << 16 * (LIMIT[3] + 1)) - (1 << 16)
#: Where ownership may change: the station stands.
STANDING: Final = frozenset((State.STOPPED, State.IDLE, State.HELD, State.ABORTED, State.COMPLETE))


class Owner(IntEnum):
    """Who commands a station's actuators (register Owner)."""

    INTERNAL = 0
    EXTERNAL = 1
    MANUAL = 2


class Seat:
    """Ownership of one station, the values its owner wrote last, and what an external owner reports of itself.

    `alive` is an event from outside (a heartbeat is judged in wall time, which this side does not know). After the
    owner was lost the seat is `shut` until somebody commands Unhold: coming back restarts nothing by itself.
    """

    STATE: ClassVar[tuple[str, ...]] = ("owner", "alive", "shut", "image", "reported")

    def __init__(self, io: StationIO) -> None:
        self._keep = sum(io.output(name) for name in io.keep)
        self.owner = int(Owner.INTERNAL)
        self.alive = True
        self.shut = False
        self.image = 0
        self.reported = int(State.EXECUTE)

    @property
    def taken(self) -> bool:
        """True while the station's own program stands aside."""
        return self.owner != Owner.INTERNAL

    def give(self, owner: int, image: int) -> None:
        """Ownership changes; the new owner begins with the outputs as they are (`image`)."""
        self.owner = owner
        self.alive = True
        self.shut = False
        self.image = image & _OWNED

    def write_coil(self, index: int, value: int) -> None:
        """The owner switches bit `index` of command word 0."""
        bit = 1 << index & _OWNED
        self.image = self.image | bit if value else self.image & ~bit

    def write_word(self, index: int, value: int) -> None:
        """The owner writes command word 1..8 (holding register `index` - 1)."""
        shift = 16 * index
        self.image = self.image & ~(WORD << shift) | (value & WORD) << shift

    def hear(self, alive: bool) -> None:
        """The owner's heartbeat was lost, or is back."""
        self.alive = alive
        if not alive:
            self.shut = True

    def reopen(self) -> bool:
        """Unhold: the owner's values count again, if it is there."""
        if self.alive:
            self.shut = False
        return self.alive

    @property
    def command(self) -> int:
        """The command image: the owner's values, or only the outputs declared safe while the seat is shut."""
        return self.image & self._keep if self.shut else self.image
