"""The console's commissioning against a dormant plant: a swap is found and mended by hand, a lost map is submitted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from hmi.desk import Desk, desk
from hmi.link.actions import Result
from hmi.link.connect import plant_client
from hmi.link.evidence import Evidence
from hmi.link.operation import Operation
from hmi.operations.commission import Commission, SubmitMap
from protocols.commissioning import Activity, Command, Finding, Stage
from protocols.stations.io_table import BY_NUMBER
from sector7.rig.rig import Rig
from sector7.serve import PlantService
from tests.hmi.painted import SLOWER
from tests.pty_console import PATIENCE_S
from tests.sector7.reactivation.team import dormant
from tests.sector7.real_time import running

TRAY = BY_NUMBER[1].inputs.index("tray_present")
SWAP = {"kind": "swapped_inputs", "on": "ST01.pallet_present", "other": "ST01.tray_present"}


class Console:
    """A desk in front of a dormant plant in a hurry."""

    def __init__(self, shared: Desk) -> None:
        self.desk = shared

    async def until(self, name: str, value: int) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while self.desk.frame().raw(name) != value:
                await self.desk.acquisition.next_poll()

    async def give(self, operation: Operation) -> tuple[Result, str]:
        assert operation.facts(self.desk.frame().raw)
        result = await self.desk.commander.give(operation)
        return result, self.desk.log.latest(1)[0].note


@pytest.fixture
async def console() -> AsyncIterator[Console]:
    plant = PlantService(Rig(dormant((1, 5, 12), SWAP, unknown_maps=[5]), 3), "127.0.0.1", 0, 100.0, epoch=1)
    async with running(plant):
        shared = desk(plant_client("127.0.0.1", plant.server.port), lambda: time.monotonic() / SLOWER)
        acquiring = asyncio.create_task(shared.acquisition.run())
        async with asyncio.timeout(PATIENCE_S):
            while not shared.frame().live:
                await shared.acquisition.next_poll()
        yield Console(shared)
        acquiring.cancel()
        await asyncio.gather(acquiring, return_exceptions=True)


async def test_a_swap_is_found_by_hand_and_mended(console: Console) -> None:
    step = Commission(Command.STEP, 1)
    for stage in (Stage.ENERGISED, Stage.COMMUNICATING):
        assert await console.give(step) == (Result.OK, "")
        await console.until("ST01.CommissionStage", stage)
    assert await console.give(step) == (Result.OK, "")
    await console.until("ST01.CommissionActivity", Activity.CONFIRM)
    assert await console.give(step) == (Result.REFUSED, "blocked by: waits for confirmation; stop it first")
    saw_tray, saw_pallet = (Commission(Command.CONFIRM, 1, n, words="saw", item=0) for n in (TRAY, 0))
    assert await console.give(saw_pallet) == (Result.REFUSED, "the program saw otherwise")
    gone = Commission(Command.CONFIRM, 1, TRAY, words="saw", item=1)
    assert await console.give(gone) == (Result.REFUSED, "the check has gone on")
    assert await console.give(saw_tray) == (Result.OK, "")
    await console.until("ST01.CommissionActivity", Activity.DECIDE)

    evidence = Evidence()
    await evidence.update(console.desk.acquisition)
    failed = evidence.book.last_failed(1)
    assert failed is not None
    assert (failed.finding, failed.other) == (Finding.SWAPPED, TRAY)
    assert [one.mended for one in evidence.book.found] == [False]
    crew = Commission(Command.REPAIR, 1, failed.finding, failed.other, "crew")
    assert await console.give(crew) == (Result.OK, "")
    await console.until("ST01.CommissionActivity", Activity.CREW)
    await console.until("ST01.CommissionActivity", Activity.DECIDE)
    assert await console.give(step) == (Result.OK, "")
    await console.until("ST01.CommissionActivity", Activity.CONFIRM)
    assert await console.give(saw_pallet) == (Result.OK, "")
    await console.until("ST01.CommissionItem", 1)
    await evidence.update(console.desk.acquisition)
    assert [one.mended for one in evidence.book.found] == [True]
    assert await console.give(Commission(Command.STOP)) == (Result.OK, "")
    await console.until("ST01.CommissionActivity", Activity.NONE)


async def test_a_lost_map_is_tried_and_scored(console: Console) -> None:
    drawn = SubmitMap(Command.SUBMIT_MAP, 5, words="submit the map", sensors=tuple(range(6)))
    assert await console.give(drawn) == (Result.OK, "0 of 6 inputs are right")
    assert await console.give(Commission(Command.HOLD_SENSOR, 5, 2, words="hold")) == (Result.OK, "")
    assert await console.give(Commission(Command.HOLD_SENSOR, 5, 9, words="hold")) == (Result.REFUSED, "no such value")
    assert await console.give(Commission(Command.STEP, 6)) == (Result.REFUSED, "no such station")
    early = "blocked by: its ledger says Cold, not Hot cycle"
    assert await console.give(Commission(Command.RELEASE, 5)) == (Result.REFUSED, early)
    assert await console.give(Commission(Command.AUTOMATIC)) == (Result.OK, "")
    assert await console.give(Commission(Command.PRODUCE)) == (Result.REFUSED, "the program is at work already")
    assert await console.give(Commission(Command.STOP)) == (Result.OK, "")
