"""Every operation of the operator's console against the real plant: refused with its reason, then done and verified."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from hmi.desk import Desk, desk
from hmi.link.actions import Result
from hmi.link.connect import plant_client
from hmi.link.operation import Operation
from hmi.operations.alarms import AlarmService
from hmi.operations.board import SwapBoard
from hmi.operations.faults import ClearFaults, InjectFault
from hmi.operations.force import RELEASE, Force, ReleaseForces
from hmi.operations.mode import ModeChange
from hmi.operations.outputs import SwitchOutput
from hmi.operations.owner import EXTERNAL, INTERNAL, MANUAL, OwnerChange
from hmi.operations.packml import PackmlOrder
from hmi.operations.production import AutoRecovery, BeginOrder
from hmi.operations.register import WriteRegister
from protocols.alarms.alarm import AlarmState, ServiceCommand, state_of
from protocols.alarms.table import BY_ALARM
from protocols.packml import Command, Mode, State
from sector7.rig.rig import Rig
from sector7.serve import PlantService
from tests.hil.toolbox import need_emulator
from tests.hmi.painted import SLOWER
from tests.pty_console import PATIENCE_S
from tests.sector7.lines import MINUTE, QUIET, line
from tests.sector7.real_time import running


class Console:
    """A desk in front of a running plant at twice real speed."""

    def __init__(self, rig: Rig, port: int) -> None:
        self.rig = rig
        self.ahead_s = 0.0
        self.desk: Desk = desk(plant_client("127.0.0.1", port), lambda: time.monotonic() / SLOWER + self.ahead_s)

    def raw(self, name: str) -> int:
        return self.desk.frame().raw(name)

    async def until(self, name: str, *values: int) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while self.raw(name) not in values:
                await self.desk.acquisition.next_poll()

    async def give(self, operation: Operation) -> str:
        """The reason of a refusal, empty if it was done."""
        result = await self.desk.commander.give(operation)
        action = self.desk.log.latest(1)[0]
        assert result in (Result.OK, Result.REFUSED), action
        return action.note if result is Result.REFUSED else ""

    async def done(self, *operations: Operation) -> None:
        for operation in operations:
            assert operation.facts(self.raw)
            assert await self.give(operation) == "", operation.title


@pytest.fixture
async def console() -> AsyncIterator[Console]:
    rig = Rig(line(**QUIET), 3)
    rig.run(2 * MINUTE)
    plant = PlantService(rig, "127.0.0.1", 0, 2.0, epoch=1)
    async with running(plant):
        made = Console(rig, plant.server.port)
        acquiring = asyncio.create_task(made.desk.acquisition.run())
        async with asyncio.timeout(PATIENCE_S):
            while not made.desk.frame().live:
                await made.desk.acquisition.next_poll()
        yield made
        acquiring.cancel()
        await asyncio.gather(acquiring, return_exceptions=True)


async def test_a_station_is_taken_by_hand_without_a_bump_and_handed_back(console: Console) -> None:
    cabinet = next(c for c in console.rig.cabinets if c.station.number == 5)
    assert await console.give(OwnerChange("ST05", MANUAL)) == (
        "blocked by: the station is at work: hold or stop it first, it is in Produce mode: change the mode first"
    )
    assert await console.give(ModeChange("ST05", Mode.MANUAL)) == "blocked by: it must be Stopped, Idle or Aborted"
    await console.done(PackmlOrder("ST05", Command.STOP))
    await console.until("ST05.StateCurrent", State.STOPPED)
    await console.done(ModeChange("ST05", Mode.MANUAL))
    before = cabinet.command
    await console.done(OwnerChange("ST05", MANUAL))
    assert cabinet.command == before, "the outputs stay as they are"
    assert console.desk.commander.refusal(PackmlOrder("ST05", Command.RESET)) == (
        "ST05 is commanded by its owner: Manual"
    )
    assert await console.give(SwitchOutput("ST06", "clamp", 1)) == "blocked by: the station is not in manual"
    name = cabinet.unit.io.outputs[0]
    was = cabinet.applied & 1
    await console.done(SwitchOutput("ST05", name, 1 - was))
    async with asyncio.timeout(PATIENCE_S):
        while cabinet.applied & 1 == was:
            await console.desk.acquisition.next_poll()
    await console.done(OwnerChange("ST05", INTERNAL))
    await console.until("ST05.StateCurrent", State.STOPPED)
    assert await console.give(OwnerChange("ST05", INTERNAL)) == "Internal program owns it already"
    await console.done(OwnerChange("ST05", EXTERNAL), OwnerChange("ST05", INTERNAL), ModeChange("ST05", Mode.PRODUCE))
    assert "Internal" in console.desk.log.latest(2)[1].what


async def test_an_interlock_of_the_board_refuses_an_output(console: Console) -> None:
    await console.done(PackmlOrder("ST05", Command.STOP))
    await console.until("ST05.StateCurrent", State.STOPPED)
    await console.done(ModeChange("ST05", Mode.MANUAL), OwnerChange("ST05", MANUAL))
    cabinet = next(c for c in console.rig.cabinets if c.station.number == 5)
    await console.done(SwitchOutput("ST05", "clamp", 0))
    refused = await console.give(SwitchOutput("ST05", "press_advance", 1))
    assert refused == "blocked by: the board's interlock wants clamped"
    assert not cabinet.applied & cabinet.unit.io.output("press_advance")


async def test_forces_expire_and_are_released(console: Console) -> None:
    assert await console.give(ReleaseForces()) == "nothing is forced"
    assert await console.give(Force(3, 1, RELEASE)) == "it is not forced"
    await console.done(Force(3, 1, 1, 600), Force(4, 8, 0, 600))
    assert (console.raw("Line.ForcesActive"), console.raw("ST03.ForcedInputs"), console.raw("ST04.ForcedOutputs")) == (
        2, 2, 1,
    )  # fmt: skip
    assert 0 < console.raw("ST03.ForceLeft") <= 600
    await console.done(Force(3, 1, RELEASE), ReleaseForces())
    await console.done(Force(3, 1, 1, 1))
    await console.until("Line.ForcesActive", 0)


async def test_registers_are_written_where_a_write_counts(console: Console) -> None:
    console.desk.acquisition.board_unit = 15
    await console.until("ST05.Board.watchdog", 5, 50)
    assert await console.give(WriteRegister("ST05.Board.clamp", 1)) == (
        "blocked by: the internal program owns ST05 and writes this itself"
    )
    assert await console.give(WriteRegister("Line.OrderTargetRequest", 65536)) == "outside 0..65535"
    await console.done(WriteRegister("Line.OrderTargetRequest", 9), WriteRegister("ST05.torque_low_sp", 510))
    await console.done(PackmlOrder("ST05", Command.STOP))
    await console.until("ST05.StateCurrent", State.STOPPED)
    await console.done(ModeChange("ST05", Mode.MANUAL), OwnerChange("ST05", MANUAL))
    for raw in (1, 0):
        await console.done(WriteRegister("ST05.Board.clamp", raw))
    assert await console.give(WriteRegister("ST05.Board.debounce", 31)) == (
        "blocked by: a board is configured at the board, not over the plant's server"
    )


async def test_orders_and_recovery(console: Console) -> None:
    await console.done(BeginOrder(77, 5))
    assert (console.raw("Line.OrderNumber"), console.raw("Line.OrderTarget")) == (77, 5)
    await console.done(BeginOrder(77, 5))
    assert console.raw("Line.OrderDone") == 0, "the same once more begins anew"
    assert await console.give(AutoRecovery(True)) == "it is on already"
    await console.done(AutoRecovery(False))
    assert not console.rig.line.auto_recovery


async def test_faults_are_injected_for_a_while_and_cleared(console: Console) -> None:
    assert await console.give(ClearFaults()) == "nothing is injected"
    await console.done(InjectFault("stuck_on", 3, 1, 600))
    assert console.raw("Line.InjectionsActive") == 1
    assert await console.give(InjectFault("stuck_on", 3, 15, 600)) == "unknown target"
    await console.done(ClearFaults())
    await console.until("Line.InjectionsActive", 0)


async def test_a_board_that_cannot_be_fitted_leaves_the_station_held(console: Console) -> None:
    assert await console.give(SwapBoard("ST05", 1)) == "the simulated board is fitted already"
    for attempt in range(2):  # the second time the station stands already, and was refused before
        await console.until("ST05.BoardRequest", 0)
        giving = asyncio.create_task(console.give(SwapBoard("ST05", 3)))
        if attempt:
            await console.until("ST05.BoardRequest", 3)
            console.ahead_s += 30
        why = await giving
        await console.desk.acquisition.next_poll()
        assert why.startswith("by the plant: no such board can be fitted")
        assert why.endswith("ST05 stays Held")
    assert console.raw("ST05.BoardTier") == 1
    await console.done(PackmlOrder("ST05", Command.UNHOLD))


async def test_a_board_is_swapped_under_a_station_at_work(console: Console) -> None:
    need_emulator()
    told: list[str] = []

    async def watch() -> None:
        while True:
            await console.desk.acquisition.next_poll()
            if (note := console.desk.log.latest(1)[0].note) not in told:
                told.append(note)

    assert console.raw("ST05.StateCurrent") not in (State.HELD, State.ABORTED)
    await console.done(PackmlOrder("ST06", Command.HOLD))
    watching = asyncio.create_task(watch())
    await console.done(SwapBoard("ST05", 2))
    watching.cancel()
    assert "1/3 holding ST05" in told
    assert told.index("1/3 holding ST05") < told.index("3/3 fitted, waiting for its answer")
    assert console.desk.log.latest(1)[0].note.startswith("next: F4 Clear; it answered after ")
    assert (console.raw("ST05.BoardTier"), console.raw("ST05.LinkOk"), console.raw("ST05.Tripped")) == (2, 1, 1)
    await console.until("ST05.StateCurrent", State.ABORTED)
    await console.done(PackmlOrder("ST05", Command.CLEAR))
    await console.until("ST05.StateCurrent", State.EXECUTE, State.SUSPENDED)


async def test_an_alarm_leaves_service_and_comes_back(console: Console) -> None:
    number = 502
    tag = BY_ALARM[number].tag
    await console.done(AlarmService(ServiceCommand.OUT_OF_SERVICE, number))
    assert state_of(console.raw(tag)) == AlarmState.OUT_OF_SERVICE
    await console.done(AlarmService(ServiceCommand.RETURN_TO_SERVICE, number))
    assert state_of(console.raw(tag)) != AlarmState.OUT_OF_SERVICE
