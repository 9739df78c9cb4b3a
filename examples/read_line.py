"""Look at a plant over Modbus TCP, hold its line and release it again.

    sector7 serve                                  (in another terminal)
    python examples/read_line.py 127.0.0.1:5020

Nothing here knows an address: the client reads and writes by tag name (docs/register-map.md lists them all).
"""

from __future__ import annotations

import asyncio
import sys

from protocols.errors import EmulatorError
from protocols.modbus.client import PlantClient
from protocols.packml import Command, State
from protocols.stations.io_table import STATIONS
from protocols.tags.plant_map import PLANT_MAP

LINE_UNIT = 1
PATIENCE_S = 30


async def show(client: PlantClient) -> None:
    """Print one line per station."""
    values = await client.read(LINE_UNIT)
    print(f"line {State(values['Line.StateCurrent']).name}, {values['Line.RobotsCompleted']} robots completed")
    for io in STATIONS:
        if not values[f"{io.code}.Fitted"]:
            continue
        state = State(values[f"{io.code}.StateCurrent"])
        reason = PLANT_MAP[f"{io.code}.StopReason"]
        cycle = values[f"{io.code}.CycleTime"] / 100  # a tag's value is raw / 10**decimals, here 2 decimals
        why = f", {reason.text(values[reason.name])}" if values[reason.name] else ""
        print(f"  {io.code} {io.title:20s} {state.name:12s} cycle {cycle:5.1f} s{why}")


async def command(client: PlantClient, wanted: Command, goal: State) -> None:
    """Give the line a PackML command and wait until its state comes back."""
    await client.write("Line.CntrlCmd", int(wanted))
    await client.write("Line.CmdChangeRequest", 1)  # the edge from 0 to 1 gives the command
    try:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                state = State((await client.read(LINE_UNIT))["Line.StateCurrent"])
                if state is goal:
                    break
                await asyncio.sleep(0.1)
    finally:
        await client.write("Line.CmdChangeRequest", 0)  # ready for the next edge
    print(f"{wanted.name}: the line is in {state.name}")


async def main(address: str = "127.0.0.1:5020") -> int:
    """Show, hold, show, release."""
    host, _, port = address.rpartition(":")
    client = PlantClient(host, int(port))
    try:
        await client.connect()  # raises LinkError if there is no plant, or one with another register map
        await show(client)
        await command(client, Command.HOLD, State.HELD)
        await show(client)
        await command(client, Command.UNHOLD, State.EXECUTE)
    except EmulatorError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except TimeoutError:
        print(f"the line did not get there within {PATIENCE_S} s", file=sys.stderr)
        return 1
    finally:
        await client.close()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(*sys.argv[1:])))
