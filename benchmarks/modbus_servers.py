"""The servers that are compared, each a process of its own: `python -m benchmarks.modbus_servers ours|stock`.

Both hold 256 holding registers per unit that do not change. `stock` is pymodbus' own server with its simple datastore;
`ours` is the plant's server before a plant that stands still. The first line printed is the port.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Mapping

from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from protocols.modbus.server import PlantServer
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Table


class StandingPlant:
    """Port TagSource and port Commands: nothing ever changes."""

    generation = 1

    def values(self, unit: int) -> Mapping[str, int]:
        """Every tag reads its default."""
        return {}

    def refused(self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role) -> None:
        """Nothing is remembered."""

    def newest(self, unit: int, address: int) -> int | None:
        """Everything can be read back at once."""
        return None

    def write(self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role) -> None:
        """Taken, without effect."""


async def ours() -> None:
    """Serve with sector7's server."""
    plant = StandingPlant()
    server = PlantServer(plant, plant, PLANT_MAP, port=0)
    await server.start()
    gc.collect()
    gc.freeze()  # as `sector7 serve` does
    print(server.port, flush=True)
    await asyncio.Event().wait()


async def stock() -> None:
    """Serve with pymodbus' server as it comes."""
    device = SimDevice(1, simdata=[SimData(0, count=256, values=7, datatype=DataType.REGISTERS)])
    server = ModbusTcpServer(device, address=("127.0.0.1", 0))
    await server.serve_forever(background=True)
    listening: asyncio.Server = server.transport  # type: ignore[assignment]
    print(listening.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run({"ours": ours, "stock": stock}[sys.argv[1]]())
