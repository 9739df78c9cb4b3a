"""An operator reads what handwork would cost, and chooses it; a trainee names a fault: on a real terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from protocols.packml import Command
from sector7.recipe import load
from sector7.rig.rig import Rig
from sector7.serve import PlantService
from tests.hmi.painted import Painted
from tests.sector7.lines import HOUR, SECOND, give
from tests.sector7.real_time import running


@pytest.fixture
async def service() -> AsyncIterator[PlantService]:
    """A castle line with an exercise running, and joint assembly stopped."""
    rig = Rig(load("castle"), 3)
    rig.training.begin(HOUR)
    rig.run(30 * SECOND)
    give(rig, "ST05", Command.STOP)
    rig.run(35 * SECOND)
    plant = PlantService(rig, "127.0.0.1", 0, 1.0, epoch=1)
    async with running(plant):
        yield plant


async def test_the_cost_stands_in_the_question(service: PlantService) -> None:
    hmi = Painted()
    try:
        await hmi.start(service.server.port)
        await hmi.shows("LINK OK")
        hmi.press("5", "c")
        await hmi.shows("Commands to ST05")
        hmi.press(*["pagedown"] * 5, "up", "enter")
        await hmi.shows("ST05: in the machine's place", "work by hand", "repair with the parts of ST02")
        hmi.press("down", "down", "enter")
        await hmi.shows("ST05 work by hand ?", "23.4 robots/h, rejects 0.1 robots/h", "In place after 180 s")
        hmi.press("y")
        await hmi.shows("ST05 work by hand  OK")
        assert service.rig.plant.stand_ins[5].mode == 2
    finally:
        await hmi.stop()


async def test_a_diagnosis_is_submitted_from_the_screen(service: PlantService) -> None:
    hmi = Painted()
    try:
        await hmi.start(service.server.port)
        await hmi.shows("LINK OK")
        hmi.press("5", "c")
        await hmi.shows("Commands to ST05")
        hmi.press(*["pagedown"] * 5, "enter")
        await hmi.shows("ST05: what is wrong", "something is wrong here", "stuck_on")
        hmi.press("down", "enter")
        await hmi.shows("Diagnosis: stuck_on at ST05 ?", "A false one costs points.")
        hmi.press("y")
        await hmi.shows("Diagnosis: stuck_on at ST05  OK")
        assert [d[1:] for d in service.rig.training.diagnoses] == [(5, 1)]
    finally:
        await hmi.stop()
