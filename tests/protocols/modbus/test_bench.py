"""What a request costs. `make bench` prints the figures; nothing is judged here."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import pytest

from protocols.modbus.core import RequestCore
from protocols.modbus.log import LimitedLog
from protocols.modbus.peer import Device, Line, Peer
from protocols.modbus.server import PlantServer
from protocols.modbus.unit import ServedUnit
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from tests.protocols.modbus.dict_plant import DictPlant
from tests.protocols.modbus.raw_client import RawClient, frame

pytestmark = pytest.mark.bench
READ_100 = bytes.fromhex("03 0000 0064")


def each_us(action: Callable[[], object], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        action()
    return (time.process_time() - start) / times * 1e6


def test_answers_and_refresh(plant: DictPlant) -> None:
    log = LimitedLog(logging.getLogger("sector7.modbus"))
    values = dict(plant.values(1))
    plant.values = lambda unit: values  # type: ignore[method-assign]
    units = {1: ServedUnit(PLANT_MAP.units[1], plant, plant, lambda unit, generation: {}, log)}
    core, peer = RequestCore(log), Peer("bench", Role.ENGINEER, Line({1: Device(units[1])}))
    print(f"\nFC3 x 100: {each_us(lambda: core.answer(1, READ_100, peer), 20_000):.1f} us")
    image = units[1].image
    print(f"refresh of {len(values)} tags: {each_us(lambda: image.load(values), 2000):.0f} us")


@pytest.mark.parametrize("depth", [1, 8])
async def test_over_a_socket(depth: int, server: PlantServer, raw: RawClient) -> None:
    requests, rounds = frame(1, 1, READ_100) * depth, 2000
    start = time.process_time()
    for _ in range(rounds):
        await raw.send(requests)
        await raw.reader.readexactly(209 * depth)
    each = (time.process_time() - start) / rounds / depth * 1e6
    print(f"\n{depth} deep, client and server together: {each:.0f} us CPU per request")
