"""Acquisition and commands against a real server, without a screen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from hmi.desk import Desk, desk
from hmi.link.actions import ActionLog, Result
from hmi.link.connect import plant_client
from hmi.link.history import SPAN_S, History
from hmi.link.snapshot import LinkState, Quality, Snapshot
from hmi.operations.jam import JamClear
from hmi.operations.packml import PackmlOrder, Progress, progress
from hmi.operations.setpoint import SetPoint
from protocols.modbus.server import PlantServer
from protocols.packml import Command, State, accepts
from protocols.tags.plant_map import PLANT_MAP
from tests.hmi.toy_plant import ToyPlant
from tests.pty_console import PATIENCE_S


class Time:
    """A monotonic clock that a test can push forward."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead_s


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
async def console(server: PlantServer, clock: Time) -> AsyncIterator[Desk]:
    """A desk that polls."""
    shared = desk(plant_client("127.0.0.1", server.port), clock)
    task = asyncio.create_task(shared.acquisition.run())
    await until(shared, LinkState.OK)
    yield shared
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(shared: Desk, state: LinkState) -> Snapshot:
    """Wait for a poll that ends in `state`."""
    async with asyncio.timeout(PATIENCE_S):
        while (snapshot := await shared.acquisition.next_poll()).state is not state:
            pass
    return snapshot


async def test_a_poll_brings_values_rate_and_age(console: Desk, plant: ToyPlant) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while (await console.acquisition.next_poll()).polls < 5:
            pass
    frame = console.frame()
    assert frame.live
    assert frame.raw("ST05.StopReason") == 104
    assert frame.text("ST05.StopReason") == "Seat joint 1 timed out"
    assert frame.snapshot.rate_hz > 0
    assert frame.snapshot.board == {}


async def test_a_board_is_polled_while_its_page_is_open(console: Desk, plant: ToyPlant) -> None:
    console.acquisition.board_unit = 15
    async with asyncio.timeout(PATIENCE_S):
        while not (await console.acquisition.next_poll()).board_of(5):
            pass
    assert console.frame().station(5).board["ST05.Board.supply"] == 4980
    assert console.frame().station(6).board == {}


def test_values_are_stale_within_two_seconds() -> None:
    read = Snapshot(LinkState.OK, line={"Line.OEE": 1}, read_at_s=100.0)
    assert read.quality(101.0) is Quality.GOOD
    assert read.quality(102.0) is Quality.STALE
    assert Snapshot(LinkState.OK).quality(0.0) is Quality.NONE


async def test_the_link_heals_by_itself(console: Desk, plant: ToyPlant, server: PlantServer) -> None:
    await server.stop()
    lost = await until(console, LinkState.LOST)
    assert lost.problem
    assert lost.line, "the last known values stay, as stale"
    assert not console.frame().live
    assert console.commander.blocked() == "the link is lost"
    assert await console.commander.give(PackmlOrder("Line", Command.HOLD)) is Result.REFUSED
    again = PlantServer(plant, plant, PLANT_MAP, port=server.port)
    await again.start()
    assert (await until(console, LinkState.OK)).problem == ""
    await again.stop()


async def test_a_command_is_an_edge_with_verified_feedback(console: Desk, plant: ToyPlant) -> None:
    commander = console.commander
    order = PackmlOrder("ST05", Command.UNHOLD)
    assert commander.refusal(order) == ""
    assert await commander.give(order) is Result.OK
    assert plant.writes == [("ST05.CntrlCmd", 5), ("ST05.CmdChangeRequest", 1), ("ST05.CmdChangeRequest", 0)]
    assert console.log.latest()[0].note.startswith("Execute ")


async def test_a_request_left_standing_is_withdrawn_first(console: Desk, plant: ToyPlant) -> None:
    plant.set(**{"Line.CmdChangeRequest": 1})
    await console.acquisition.next_poll()
    await console.acquisition.next_poll()
    assert await console.commander.give(PackmlOrder("Line", Command.HOLD)) is Result.OK
    assert plant.writes[0] == ("Line.CmdChangeRequest", 0)


async def test_what_packml_refuses_is_not_sent(console: Desk, plant: ToyPlant) -> None:
    order = PackmlOrder("Line", Command.START)
    assert console.commander.refusal(order) == "not accepted in Execute"
    assert await console.commander.give(order) is Result.REFUSED
    assert plant.writes == []


async def test_no_feedback_is_said_after_five_seconds(console: Desk, plant: ToyPlant, clock: Time) -> None:
    plant.deaf = True
    plant.set(**{"Line.SpeedFactor": 0})
    giving = asyncio.create_task(console.commander.give(PackmlOrder("Line", Command.HOLD)))
    async with asyncio.timeout(PATIENCE_S):
        while ("Line.CmdChangeRequest", 1) not in plant.writes:
            await console.acquisition.next_poll()
    await console.acquisition.next_poll()
    clock.ahead_s += 5.1
    assert await giving is Result.NO_FEEDBACK
    assert console.log.latest()[0].note == "still Execute (the plant is paused)"
    assert plant.get("Line.CmdChangeRequest") == 0


async def test_an_owner_elsewhere_is_named(console: Desk, plant: ToyPlant) -> None:
    plant.deaf = True
    giving = asyncio.create_task(console.commander.give(PackmlOrder("ST07", Command.HOLD)))
    async with asyncio.timeout(PATIENCE_S):
        while ("ST07.CmdChangeRequest", 1) not in plant.writes:
            await console.acquisition.next_poll()
    plant.set(**{"ST07.IgnoredWrites": 1})
    assert await giving is Result.REFUSED
    assert console.log.latest()[0].note == "another controller owns the target"


async def test_a_refusal_by_the_plc_is_told(console: Desk, plant: ToyPlant) -> None:
    plant.deaf = True
    giving = asyncio.create_task(console.commander.give(PackmlOrder("ST07", Command.HOLD)))
    async with asyncio.timeout(PATIENCE_S):
        while ("ST07.CmdChangeRequest", 1) not in plant.writes:
            await console.acquisition.next_poll()
    plant.set(**{"ST07.CommandRefused": 1})
    assert await giving is Result.REFUSED
    assert console.log.latest()[0].note == "by the PLC in Execute"


async def test_jam_clear_is_an_edge_too(console: Desk, plant: ToyPlant) -> None:
    assert await console.commander.give(JamClear("ST03")) is Result.OK
    assert await console.commander.give(JamClear("Line")) is Result.OK
    coils = [("ST03.JamClear", 1), ("ST03.JamClear", 0), ("Line.JamClearAll", 1), ("Line.JamClearAll", 0)]
    assert plant.writes == coils


async def test_set_points_read_back_or_say_so(console: Desk, plant: ToyPlant, clock: Time) -> None:
    commander = console.commander
    assert await commander.give(SetPoint("ST05.joint_force_sp", 170)) is Result.OK
    assert await commander.give(SetPoint("ST05.joint_force_sp", 999)) is Result.REFUSED
    assert console.log.latest()[0].note == "outside 8.0..25.0 kN"
    plant.deaf = True
    setting = asyncio.create_task(commander.give(SetPoint("ST05.joint_force_sp", 180)))
    async with asyncio.timeout(PATIENCE_S):
        while ("ST05.joint_force_sp", 180) not in plant.writes:
            await console.acquisition.next_poll()
    await console.acquisition.next_poll()
    clock.ahead_s += 2.1
    assert await setting is Result.NO_FEEDBACK
    assert console.log.latest()[0].note == "stored, but not taken over"


@pytest.mark.parametrize("command", [c for c in Command if c is not Command.NONE])
def test_every_command_has_a_way_to_be_verified(command: Command) -> None:
    starts = [state for state in State if accepts(state, command) is not None]
    assert starts
    for before in starts:
        acting = accepts(before, command)
        assert acting is not None
        assert progress(command, before, before) is Progress.NONE
        assert progress(command, before, acting) is not Progress.NONE


def test_a_stop_meanwhile_is_no_proof_of_a_hold() -> None:
    assert progress(Command.HOLD, State.EXECUTE, State.HELD) is Progress.REACHED
    assert progress(Command.HOLD, State.EXECUTE, State.HOLDING) is Progress.ACTING
    assert progress(Command.HOLD, State.EXECUTE, State.STOPPED) is Progress.NONE
    assert progress(Command.UNHOLD, State.HELD, State.SUSPENDED) is Progress.REACHED, "starved at once"
    assert progress(Command.CLEAR, State.ABORTED, State.EXECUTE) is Progress.REACHED, "the line brought it back"
    assert progress(Command.CLEAR, State.ABORTED, State.HELD) is Progress.NONE


def test_the_log_keeps_the_latest() -> None:
    log = ActionLog()
    keys = [log.begin(0, str(i)) for i in range(60)]
    log.end(keys[-1], Result.OK)
    log.end(keys[0], Result.OK)
    assert len(log.latest()) == 50
    assert log.latest(1)[0].what == "59"
    assert log.latest(1)[0].result is Result.OK


def test_history_samples_once_a_second_and_forgets() -> None:
    history = History()
    good = Snapshot(state=LinkState.OK, line={"Line.OEE": 5})
    for tenth in range(100):
        history.sample(good, tenth / 10)
    assert history.of("Line.OEE") == [5] * 10
    assert history.span_s() == 60
    history.sample(Snapshot(state=LinkState.LOST, line={"Line.OEE": 5}), 10.0)
    assert history.of("Line.OEE")[-1] is None
    for second in range(1000):
        history.sample(good, 500.0 + second)
    assert len(history.of("Line.OEE")) == SPAN_S
    assert history.span_s() == SPAN_S
