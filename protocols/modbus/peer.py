"""Who sends a request, and over which line: what a request needs to know of its origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from protocols.modbus.unit import REGISTER_READS, ServedUnit
from protocols.roles import Role
from protocols.tags.session_map import Session


class Device:
    """One unit as it is seen on one line, with the counters that function 8 tells."""

    def __init__(self, served: ServedUnit) -> None:
        self.served = served
        self.clear()

    def clear(self) -> None:
        """All counters to zero."""
        self.messages = 0
        self.exceptions = 0
        self.silent = 0


class Kept:
    """An answer of a device without its transaction: good as long as `source` is of this `generation`."""

    __slots__ = ("device", "frame", "generation", "source")

    def __init__(self, frame: bytes, device: Device) -> None:
        self.frame = frame
        self.device = device
        self.source = device.served.source
        self.generation = device.served.generation


class Line:
    """One door of the server: a listening port, or a serial line.

    A serial line knows broadcasts (unit 0), and says nothing when a unit is asked that is not on it. On others the
    aliases of a unit are further entries in `devices`.
    """

    def __init__(self, devices: Mapping[int, Device], *, serial: bool = False) -> None:
        self.devices = dict(devices)
        #: The devices by unit and function code, as one number, of the requests that read registers.
        self.readable = {unit << 8 | code: device for unit, device in devices.items() for code in REGISTER_READS}
        #: Answers to reads of registers by their requests without the transaction (see `quick`).
        self.kept: dict[bytes, Kept] = {}
        self.serial = serial
        self.clear()

    def clear(self) -> None:
        """The counters of the line itself to zero."""
        self.messages = 0
        self.errors = 0
        self.overruns = 0


class Peer:
    """One connection's other end: its name for the log, its role, and the units that it told to listen only.

    `session` is what it may read about itself.
    """

    def __init__(self, name: str, role: Role, line: Line, session: Session | None = None) -> None:
        self.name = name
        self.role = role
        self.session = session or Session(name, role)
        self.line = line
        self.muted: set[int] = set()
        #: Refusals for want of the right role; the first one is logged.
        self.overreached = 0

    def mute(self, units: Iterable[int]) -> None:
        """Function 8, sub-function 4: these units take requests no more until they are told to restart."""
        self.muted.update(units)
