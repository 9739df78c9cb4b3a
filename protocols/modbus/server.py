"""The plant on Modbus: every unit of the register map, read from a TagSource, written through Commands."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from protocols.address import DEFAULT_PORT
from protocols.errors import LinkError
from protocols.modbus.core import RequestCore
from protocols.modbus.doors import SerialDoor, TcpDoor
from protocols.modbus.listener import Listener
from protocols.modbus.log import LimitedLog
from protocols.modbus.peer import Device, Line
from protocols.modbus.serial import SerialSlave
from protocols.modbus.shared import ServerCounters, Shared
from protocols.modbus.unit import ServedUnit
from protocols.ports import Commands, CommitGate, EventQueue, FileSource, TagSource
from protocols.tags.line_map import MAP_VERSION
from protocols.tags.line_map import UNIT as LINE_UNIT
from protocols.tags.tag import PlantMap

Door = TcpDoor | SerialDoor

#: Masters use 0, 1 and 255 for "the" device when they speak TCP.
LINE_ALIASES: Final = (0, 255)
#: How long clients may take to collect their last answers when the server stops.
GRACE_S: Final = 1.0


class PlantServer:
    """A Modbus server for one plant, with any number of doors: TCP, TLS, serial lines, RTU over TCP.

    Reads show `source` as of the moment they are answered; the image of a unit is worked out anew only when the
    source's generation has changed. Writes are checked against the register map as a whole and handed to `commands`
    at once; `commands` may raise Refusal, which is answered with exception 04 and logged; `gate` may hold back the
    answer. The tags of which the server itself is the writer (map version and fingerprint, generation, requests,
    exceptions, clients) are filled in here. The line's unit offers `files` (function 20) and `events` (24).

    `host` and `port` stand for one plain TCP door; `doors` are more, or without `port` the only ones. `max_clients`
    connections are served; then a further one takes the place of one that never asked anything, or is closed. One
    without a request for `idle_timeout_s` seconds is closed. With `strict` a value of the source outside its declared
    range is an error instead of being stored as well as it goes (for tests). `source`, `commands`, `files` and
    `events` are called on the event loop and must not block.
    """

    def __init__(
        self,
        source: TagSource,
        commands: Commands,
        plant_map: PlantMap,
        host: str = "127.0.0.1",
        port: int | None = DEFAULT_PORT,
        *,
        doors: Sequence[Door] = (),
        gate: CommitGate | None = None,
        files: FileSource | None = None,
        events: EventQueue | None = None,
        max_clients: int = 512,
        idle_timeout_s: float = 120.0,
        strict: bool = False,
    ) -> None:
        self.doors: Final = ((TcpDoor(host, port),) if port is not None else ()) + tuple(doors)
        self.host: Final = host
        self._fingerprint = plant_map.fingerprint
        self._has_line_tags = "Line.MapVersion" in plant_map.by_name
        log = LimitedLog(logging.getLogger("sector7.modbus"))
        self.units: Final = {
            number: ServedUnit(unit, source, commands, self._own_values, log, strict)
            for number, unit in plant_map.units.items()
        }
        if LINE_UNIT in self.units:
            self.units[LINE_UNIT].files, self.units[LINE_UNIT].events = files, events
        self._shared = Shared(RequestCore(log, gate).answer, log, max_clients, idle_timeout_s)
        self._open: list[Listener | SerialSlave] = []
        self._ports: dict[int, int] = {}

    @property
    def port(self) -> int:
        """The port of the first TCP door; after start() the real one where 0 was asked for."""
        return next(self.port_of(door) for door in self.doors if isinstance(door, TcpDoor))

    def port_of(self, door: TcpDoor) -> int:
        """The port of a door; from start() on the real one where 0 was asked for, also when stopped again."""
        return self._ports.get(self.doors.index(door), door.port)

    @property
    def open_doors(self) -> list[str]:
        """The doors that are open now, in words."""
        return [door.name for door in self._open]

    @property
    def counters(self) -> ServerCounters:
        """What was served so far. The object stays the same."""
        return self._shared.counters

    @property
    def saturated(self) -> int:
        """Values of the source that did not fit their registers, since the start."""
        return sum(unit.image.saturated for unit in self.units.values())

    async def start(self) -> None:
        """Open all doors. Raises LinkError naming the door and the remedy when one cannot be opened; none is then."""
        try:
            for index, door in enumerate(self.doors):
                line = self._line(door)
                opening = (
                    Listener(door, line, self._shared)
                    if isinstance(door, TcpDoor)
                    else SerialSlave(door, line, self._shared)
                )
                await opening.open()
                self._open.append(opening)
                if isinstance(opening, Listener):
                    self._ports[index] = opening.port
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Close all doors and all connections; returns when they are gone. Without effect when not started."""
        leaving = list(self._shared.connections)
        for door in self._open:
            door.close_door()
        self._open.clear()
        if leaving:
            await asyncio.wait([connection.gone for connection in leaving], timeout=GRACE_S)
            for connection in leaving:
                connection.drop()
            await asyncio.wait([connection.gone for connection in leaving])

    def _line(self, door: Door) -> Line:
        """Who answers at a door."""
        devices = {number: Device(unit) for number, unit in self.units.items()}
        if isinstance(door, SerialDoor):
            wanted: Iterable[int] = self.units if door.units is None else door.units
            for unit in wanted:
                if unit not in devices:
                    raise LinkError(door.stream.name, f"unit {unit} is not in the register map", _known(self.units))
            return Line({unit: devices[unit] for unit in wanted}, serial=True)
        if LINE_UNIT in devices:
            devices |= dict.fromkeys(LINE_ALIASES, devices[LINE_UNIT])
        return Line(devices)

    def _own_values(self, unit: int, generation: int) -> Mapping[str, int]:
        """What only the server knows; it has its place in the line's unit."""
        if unit != LINE_UNIT or not self._has_line_tags:
            return {}
        counters = self._shared.counters
        return {
            "Line.MapVersion": MAP_VERSION,
            "Line.MapFingerprint": self._fingerprint,
            "Line.GenerationBefore": generation & 0xFFFF,
            "Line.GenerationAfter": generation & 0xFFFF,
            "Line.Requests": counters.requests & 0xFFFF_FFFF,
            "Line.Exceptions": counters.exceptions & 0xFFFF_FFFF,
            "Line.Clients": counters.clients,
            "Line.BytesReceived": counters.bytes_in & 0xFFFF_FFFF,
            "Line.BytesSent": counters.bytes_out & 0xFFFF_FFFF,
        }


def _known(units: Iterable[int]) -> str:
    return "there are " + ", ".join(str(unit) for unit in sorted(units))
