"""Renews the pictures in docs/: runs a plant for a while and photographs every page of the operator's screens; that of
commissioning on another one, which is being woken.

`make picture` calls it. Takes about three minutes.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from hmi.screens.pages import PAGES
from hmi.screenshot import Shot, picture
from protocols.commissioning import Activity, Command
from protocols.errors import LinkError, Refusal
from protocols.modbus.client import PlantClient
from protocols.stations.io_table import STATIONS

TOP = Path(__file__).resolve().parent.parent
DOCS = TOP / "docs"
#: Every page by its name, and what shows how they look elsewhere.
SHOTS = {
    **{
        f"hmi-{page.name}.svg": Shot(page.name, station=5 if page.name == "station" else 0)
        for page in PAGES
        if page.name != "commissioning"
    },
    "hmi-overview-80x24.svg": Shot("overview", size=(80, 24)),
    "hmi-overview-light.svg": Shot("overview", theme="light"),
    "hmi-alarms-mono.svg": Shot("alarms", theme="mono"),
}
#: In front of a dormant plant.
WAKING = {"hmi-commissioning.svg": Shot("commissioning")}
SPEED = 120
CASTLE = TOP / "sector7" / "recipes" / "castle.toml"
#: Plant time to wait for: then the hourly rate has a whole hour behind it.
WARM_US = 4200 * 1_000_000
PATIENCE_S = 300
#: How long a page may read files, and the overview's own trends fill (seconds).
SETTLE_S, FILL_S = 3.0, 20.0


async def warmed_up(host: str, port: int) -> None:
    """Wait until the plant has run for long enough and an alarm stands: pages shall show trouble.

    Raises LinkError, Refusal, TimeoutError.
    """
    client = PlantClient(host, port)
    await client.connect()
    try:
        async with asyncio.timeout(PATIENCE_S):
            await _until(client, lambda line: line["Line.SimulatedTime"] >= WARM_US)
            await client.write("Line.AutoRecovery", 0)
            await _until(client, lambda line: line["Line.AlarmsStanding"])
    finally:
        await client.close()


async def half_woken(host: str, port: int) -> None:
    """Have the program commission a dormant plant until five stations are released and the crew is at work somewhere.

    Raises LinkError, Refusal, TimeoutError.
    """
    client = PlantClient(host, port)
    await client.connect()
    try:
        async with asyncio.timeout(PATIENCE_S):
            await client.write("Line.CommissionCommand", Command.AUTOMATIC)
            await client.write("Line.CommissionChangeRequest", 1)
            await _until(client, lambda line: line["Line.StationsReleased"] >= 5 and _crew_at_work(line))
    finally:
        await client.close()


def _crew_at_work(line: Mapping[str, int]) -> bool:
    return any(line[f"{io.code}.CommissionActivity"] == Activity.CREW for io in STATIONS)


async def _until(client: PlantClient, holds: Callable[[Mapping[str, int]], object]) -> None:
    values = await client.read(1)
    while not holds(values):
        await asyncio.sleep(0.5)
        values = await client.read(1)


async def photograph(host: str, port: int, shots: Mapping[str, Shot]) -> None:
    """Take these pictures. Raises LinkError, TimeoutError."""
    for name, shot in shots.items():
        svg = await picture(host, port, shot, FILL_S if name == "hmi-overview.svg" else SETTLE_S)
        (DOCS / name).write_text(svg, encoding="utf-8")
        print(DOCS / name)


@contextmanager
def serving(state: Path, speed: float, recipe: Path) -> Iterator[tuple[str, int]]:
    """A plant of this state folder and where it listens. Raises LinkError if it does not start."""
    serve = [sys.executable, "-m", "sector7", "serve", "--port", "0", "--seed", "7", "--quiet", "--recipe", str(recipe)]
    with subprocess.Popen(
        [*serve, "--state", str(state), "--speed", str(speed)], stdout=subprocess.PIPE, text=True
    ) as plant:
        try:
            assert plant.stdout is not None
            host, _, port = plant.stdout.readline().removeprefix("listening on ").strip().rpartition(":")
            if not host:
                raise LinkError("plant", "did not start")
            yield host, int(port)
        finally:
            plant.terminate()


def main() -> int:
    """A morning's production in a hurry, then the pictures at real speed; the same with an awakening."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            dormant = Path(folder) / "dormant.toml"
            dormant.write_text(CASTLE.read_text("utf-8").replace('start = "warm"', 'start = "dormant"'), "utf-8")
            for recipe, ready, shots in (
                (CASTLE, warmed_up, SHOTS), (dormant, half_woken, WAKING)
            ):  # fmt: skip
                state = Path(folder) / recipe.stem
                with serving(state, SPEED, recipe) as (host, port):
                    asyncio.run(ready(host, port))
                with serving(state, 1, recipe) as (host, port):
                    asyncio.run(photograph(host, port, shots))
    except (LinkError, Refusal, TimeoutError) as error:
        sys.stderr.write(f"picture: {error!r}\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
