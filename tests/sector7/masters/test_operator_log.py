"""Two consoles and a plant: both see the same entries, with who, old, new and what became of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hmi.desk import Desk, desk
from hmi.link.actions import Result
from hmi.link.connect import plant_client
from hmi.operations.faults import ClearFault, InjectFault
from hmi.operations.jam import JamClear
from hmi.operations.packml import PackmlOrder
from hmi.operations.setpoint import SetPoint
from protocols.commissioning import Command as Asked
from protocols.commissioning import Finding
from protocols.errors import Refusal
from protocols.modbus.doors import TcpDoor
from protocols.packml import Command, State
from protocols.records.action_text import action_text, is_logged
from protocols.roles import Role
from protocols.tags.commissioning_map import commissioning_tags
from protocols.tags.fault_map import FaultRow
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.session_map import (
    ACTIONS,
    ENTRY_WORDS,
    MOST,
    RING,
    ActionResult,
    LoggedAction,
    read_entries,
    record_of,
)
from protocols.tags.tag import Writer
from sector7.journal.recovery import carry_on
from sector7.masters.operator_log import OperatorLog
from sector7.recipe import load
from sector7.rig.intake import Author
from sector7.rig.rig import Rig
from sector7.serve import PlantService
from tests.pty_console import PATIENCE_S
from tests.sector7.reactivation.team import ask, dormant

ENGINEER, VIEWER = TcpDoor(port=0, role=Role.ENGINEER), TcpDoor(port=0, role=Role.VIEWER)


class Bench:
    """A running plant with a door for engineers and one for viewers."""

    def __init__(self, state: Path | None = None) -> None:
        plan = load("castle")
        carried = carry_on(state, plan, 0) if state is not None else None
        rig = carried.rig if carried is not None else Rig(plan, 0)
        self.service = PlantService(rig, "127.0.0.1", 0, 5.0, 7, [ENGINEER, VIEWER], carried)
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        listening = asyncio.Event()
        self._tasks.append(asyncio.create_task(self.service.run(lambda host, port: listening.set())))
        await listening.wait()

    async def console(self, door: TcpDoor = ENGINEER) -> Desk:
        shared = desk(plant_client("127.0.0.1", self.service.server.port_of(door)), time.monotonic)
        self._tasks.append(asyncio.create_task(shared.run()))
        async with asyncio.timeout(PATIENCE_S):
            while not shared.frame().live or shared.frame().raw("ST04.StateCurrent") != State.EXECUTE:
                await shared.acquisition.next_poll()
        return shared

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    made = Bench()
    await made.start()
    yield made
    await made.stop()


async def settled(console: Desk, count: int) -> list[LoggedAction]:
    """Wait until a console knows so many entries with their results, oldest first."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            entries = console.shared.latest()
            if len(entries) >= count and all(e.result is not ActionResult.TAKEN for e in entries):
                return list(reversed(entries))
            await console.acquisition.next_poll()


async def test_two_consoles_agree(bench: Bench) -> None:
    one, two = await bench.console(), await bench.console()
    clamped = FaultRow(1, 1, 5, 2, 0, True, 0, 0, 0, 1, (), "an engineer", "", "")
    assert await one.commander.give(PackmlOrder("ST05", Command.HOLD)) is Result.OK
    assert await two.commander.give(SetPoint("ST05.torque_low_sp", 550)) is Result.OK
    assert await one.commander.give(JamClear("ST03")) is Result.OK
    assert await two.commander.give(InjectFault("stuck_on", 5, 2, 600)) is Result.OK
    assert await two.commander.give(InjectFault("stuck_on", 5, 15, 600)) is Result.REFUSED
    assert await two.commander.give(ClearFault(clamped)) is Result.OK
    entries = await settled(one, 6)
    assert await settled(two, 6) == entries
    assert [action_text(entry) for entry in entries] == [
        "ST05 Hold  from Execute",
        "ST05.torque_low_sp  5.40 -> 5.50 N·m",
        "ST03 jam clear",
        "Inject stuck_on at ST05.clamped  for 600 s",
        "Inject stuck_on at station 5 place 15  for 600 s",
        "Clear fault 1",
    ]
    done, refused = ActionResult.DONE, ActionResult.REFUSED
    assert [entry.result for entry in entries] == [done, done, done, done, refused, done]
    assert {entry.role for entry in entries} == {Role.ENGINEER}
    sessions = [console.acquisition.snapshot.session for console in (one, two)]
    assert [entry.who for entry in entries[:3]] == [s.label for s in (sessions[0], sessions[1], sessions[0]) if s]
    assert entries[0].time_ms < entries[1].time_ms < entries[2].time_ms


async def test_refusals_are_remembered_with_their_kind(bench: Bench) -> None:
    one, viewer = await bench.console(), await bench.console(VIEWER)
    for _ in range(3):
        with pytest.raises(Refusal):
            await viewer.acquisition.write_together({"Line.CntrlCmd": 4, "Line.CmdChangeRequest": 1})
    await one.acquisition.write_together({"ST04.CntrlCmd": 2, "ST04.CmdChangeRequest": 1})
    entries = await settled(one, 2)
    assert [(entry.role, entry.result) for entry in entries] == [
        (Role.VIEWER, ActionResult.FORBIDDEN),
        (Role.ENGINEER, ActionResult.REFUSED),
    ], "said once; a Start in Execute is the PLC's to refuse"
    assert action_text(entries[1]) == "ST04 Start  from Execute"


async def test_the_log_survives_a_restart_with_a_journal(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    await bench.start()
    one = await bench.console()
    assert await one.commander.give(PackmlOrder("ST05", Command.HOLD)) is Result.OK
    assert await one.commander.give(SetPoint("ST05.torque_low_sp", 550)) is Result.OK
    who = (await settled(one, 2))[0].who
    await bench.stop()
    again = Bench(tmp_path)
    await again.start()
    two = await again.console()
    async with asyncio.timeout(PATIENCE_S):
        while len(two.shared.latest()) < 2:
            await two.acquisition.next_poll()
    entries = list(reversed(two.shared.latest()))
    await again.stop()
    assert [action_text(entry) for entry in entries] == ["ST05 Hold", "ST05.torque_low_sp  5.40 -> 5.50 N·m"]
    assert {entry.who for entry in entries} == {who}
    assert {entry.result for entry in entries} == {ActionResult.TAKEN}


def test_commissioning_is_one_entry_for_each_command_in_words() -> None:
    rig = Rig(dormant((1, 5, 12)), 0)
    values = {tag.name: 0 for tag in commissioning_tags() if tag.writer is Writer.MASTER}
    log = OperatorLog(rig, lambda name: values[name], wall=lambda: 1000.0)
    asked = (
        (Asked.STEP, 5, 0, 0), (Asked.REPAIR, 1, Finding.SWAPPED, 5), (Asked.REPAIR, 1, Finding.SEIZED, 0),
        (Asked.HOLD_SENSOR, 12, 1, 0), (Asked.HOLD_SENSOR, 12, 15, 0), (Asked.STOP, 0, 0, 0),
    )  # fmt: skip
    for command, station, value, other in asked:
        arguments = {"Station": station, "Command": int(command), "Value": value, "Other": other, "ChangeRequest": 1}
        for name, raw in arguments.items():
            tag = PLANT_MAP[f"Line.Commission{name}"]
            if is_logged(tag):
                log.wrote(Author("somebody", "operator"), 1, tag, raw)
            values[tag.name] = raw
        ask(rig, command, station, value, other)
        log.settle()
        values["Line.CommissionChangeRequest"] = 0
    words = log.read(ACTIONS, record_of(1), len(asked) * ENTRY_WORDS)
    assert words is not None
    assert [(action_text(entry), entry.result) for entry in read_entries(words)] == [
        ("ST05 commissioning: do the next step", ActionResult.DONE),
        ("ST01 commissioning: call the crew, swapped inputs with tray_present", ActionResult.REFUSED),
        ("ST01 commissioning: call the crew, seized mechanism", ActionResult.REFUSED),
        ("ST12 commissioning: hold a sensor, outfeed_clear", ActionResult.DONE),
        ("ST12 commissioning: hold a sensor, let go", ActionResult.DONE),
        ("Line commissioning: stop", ActionResult.DONE),
    ]


def test_the_ring_keeps_the_newest_and_every_place_reads() -> None:
    values = {"ST05.torque_low_sp": 540}
    rig = Rig(load("castle"), 0)
    log = OperatorLog(rig, lambda name: values[name], wall=lambda: 1000.0)
    tag = PLANT_MAP["ST05.torque_low_sp"]
    for raw in range(300, 300 + RING + 20):
        log.wrote(Author("somebody", "engineer"), 1, tag, raw)
        values[tag.name] = raw
    log.wrote(Author("somebody", "engineer"), 1, tag, values[tag.name])
    assert log.count == RING + 20, "what changes nothing is no entry"
    found: dict[int, LoggedAction] = {}
    for place in range(0, RING, MOST):
        words = log.read(ACTIONS, record_of(place), MOST * ENTRY_WORDS)
        assert words is not None
        found |= {entry.number: entry for entry in read_entries(words)}
    assert sorted(found) == list(range(21, RING + 21))
    assert [found[n].new for n in (21, 22)] == [320, 321]
    assert log.read(ACTIONS, RING * ENTRY_WORDS - 1, 2) is None
    assert log.read(50, 0, 1) is None
