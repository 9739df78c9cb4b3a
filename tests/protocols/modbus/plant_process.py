"""A plant server in a process of its own (`python -m`): prints its port, ends when its input ends."""

from __future__ import annotations

import asyncio
import resource
import sys

from protocols.modbus.server import PlantServer
from protocols.tags.plant_map import PLANT_MAP
from tests.protocols.modbus.dict_plant import DictPlant


async def main() -> None:
    plant = DictPlant(PLANT_MAP)
    server = PlantServer(plant, plant, PLANT_MAP, port=0)
    await server.start()
    print(server.port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await server.stop()


if __name__ == "__main__":
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    asyncio.run(main())
