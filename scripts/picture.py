"""Renews the pictures in docs/: runs a plant for a while and photographs the operator's screens.

`make picture` calls it. Takes about two minutes.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

from protocols.errors import LinkError
from protocols.modbus_client import PlantClient

DOCS = Path(__file__).resolve().parent.parent / "docs"
#: (file, what `hmi.screenshot` shows, seconds for the trends to fill)
SCREENS = (("hmi-overview.svg", "overview", 45), ("hmi-station.svg", "station:5", 20))
SPEED = 120
#: Plant time to wait for: then the hourly rate has a whole hour behind it.
WARM_US = 4200 * 1_000_000
PATIENCE_S = 120


async def warmed_up(host: str, port: int) -> None:
    """Wait until the plant has run for long enough. Raises LinkError, TimeoutError."""
    client = PlantClient(host, port)
    await client.connect()
    try:
        async with asyncio.timeout(PATIENCE_S):
            plant_us = 0
            while plant_us < WARM_US:
                await asyncio.sleep(0.5)
                plant_us = (await client.read(1))["Line.SimulatedTime"]
    finally:
        await client.close()


def main() -> int:
    """Run the plant, take the pictures, stop the plant. Returns an exit code."""
    serve = [sys.executable, "-m", "sector7", "serve", "--port", "0", "--speed", str(SPEED), "--seed", "7", "--quiet"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as plant:
        try:
            assert plant.stdout is not None
            host, _, port = plant.stdout.readline().removeprefix("listening on ").strip().rpartition(":")
            if not host:
                return 3
            asyncio.run(warmed_up(host, int(port)))
            for name, screen, settle_s in SCREENS:
                take = [sys.executable, "-m", "hmi.screenshot", f"{host}:{port}", str(DOCS / name), "--screen", screen]
                subprocess.run([*take, "--settle", str(settle_s)], check=True)
                print(DOCS / name)
        except (LinkError, TimeoutError, subprocess.CalledProcessError) as error:
            sys.stderr.write(f"picture: {error!r}\n")
            return 3
        finally:
            plant.terminate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
