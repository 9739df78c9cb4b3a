"""The plant on Modbus TCP: every unit of the register map, read from a TagSource, written through Commands."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

from protocols.line_map import MAP_VERSION
from protocols.line_map import UNIT as LINE_UNIT
from protocols.modbus_connection import ServerCounters, Shared
from protocols.modbus_listener import Listener
from protocols.modbus_log import LimitedLog
from protocols.modbus_requests import answer
from protocols.modbus_unit import ServedUnit
from protocols.ports import Commands, TagSource
from protocols.tag import PlantMap

#: Masters use 0, 1 and 255 for "the" device when they speak TCP.
LINE_ALIASES: Final = (0, 255)


class PlantServer:
    """A Modbus TCP server for one plant.

    Reads show `source` as of the moment they are answered; the image of a unit is worked out anew only when the
    source's generation has changed. Writes are checked against the register map as a whole and handed to `commands`
    at once; `commands` may raise Refusal, which is answered with exception 04 and logged. The tags of which the
    server itself is the writer (map version and fingerprint, generation, requests, exceptions, clients) are filled
    in here.

    `max_clients` connections are served, further ones are closed at once; one without a request for `idle_timeout_s`
    seconds is closed. With `strict` a value of the source outside its declared range is an error instead of being
    stored as well as it goes (for tests). `source` and `commands` are called on the event loop and must not block.
    """

    def __init__(
        self,
        source: TagSource,
        commands: Commands,
        plant_map: PlantMap,
        host: str = "127.0.0.1",
        port: int = 5020,
        *,
        max_clients: int = 64,
        idle_timeout_s: float = 120.0,
        strict: bool = False,
    ) -> None:
        self.host: Final = host
        #: The port that is listened on; after start() the real one where 0 was asked for.
        self.port = port
        self._wanted_port = port
        self._fingerprint = plant_map.fingerprint
        self._has_line_tags = "Line.MapVersion" in plant_map.by_name
        log = LimitedLog(logging.getLogger("sector7.modbus"))
        self.units: Final = {
            number: ServedUnit(unit, source, commands, self._own_values, log, strict)
            for number, unit in plant_map.units.items()
        }
        self._answering = dict(self.units)
        if LINE_UNIT in self.units:
            self._answering |= dict.fromkeys(LINE_ALIASES, self.units[LINE_UNIT])
        self._shared = Shared(
            lambda unit, pdu, who: answer(self._answering, unit, pdu, who, log), log, max_clients, idle_timeout_s
        )
        self._listener: Listener | None = None

    @property
    def counters(self) -> ServerCounters:
        """What was served so far. The object stays the same."""
        return self._shared.counters

    @property
    def saturated(self) -> int:
        """Values of the source that did not fit their registers, since the start."""
        return sum(unit.image.saturated for unit in self.units.values())

    async def start(self) -> None:
        """Begin to serve. Raises LinkError naming host:port and the remedy when the port cannot be had."""
        listener = Listener(self.host, self._wanted_port, self._shared)
        self.port = await listener.open()
        self._listener = listener

    async def stop(self) -> None:
        """Stop serving and close all connections; without effect when not started."""
        listener, self._listener = self._listener, None
        if listener is not None:
            await listener.finish()

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
        }
