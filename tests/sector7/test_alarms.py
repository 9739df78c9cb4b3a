"""Alarms in a running line: avalanches, limits, maintenance, snapshots, and several clients that agree."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from plant.power.generator import OFF
from protocols.alarms.alarm import (
    CONSEQUENCE,
    FIRST_OUT,
    AlarmCommand,
    AlarmResult,
    AlarmState,
    alarm_logged,
    state_of,
)
from protocols.alarms.table import BY_ALARM
from protocols.errors import Refusal
from protocols.modbus.client import PlantClient
from protocols.packml import Command, Mode
from protocols.tags.tag import Table
from sector7.masters.values import PlantValues
from sector7.rig import checkpoint
from sector7.rig.rig import Rig
from sector7.rig.trace import name
from sector7.serve import PlantService
from tests.pty_console import PATIENCE_S
from tests.sector7.lines import MINUTE, QUIET, SECOND, edge, give, line
from tests.sector7.real_time import running as serving

N, U, A, R, SHELVED, SUPPRESSED, OUT, LU, LA = AlarmState


def transitions(rig: Rig) -> list[tuple[int, str, AlarmState]]:
    """Every transition in the trace: time, alarm, state."""
    return [
        (at, BY_ALARM[alarm_logged(number)].tag, AlarmState(state_of(word)))
        for at, number, word in rig.trace.entries()
        if alarm_logged(number)
    ]


def state(rig: Rig, tag: str) -> AlarmState:
    return next(AlarmState(p.state) for p in rig.alarms.points.values() if p.alarm.tag == tag)


def running(until_us: int = 10 * MINUTE, **changes: object) -> Rig:
    """A line in which nothing fails by itself."""
    rig = Rig(line(**{**QUIET, **changes}), 3, keep_trace=True)
    rig.run(until_us)
    return rig


# ---- avalanches
TRIPS = {"air": "Line.Alarm.air_low", "mains": "Line.Alarm.mains_lost", "e-stop": "Line.Alarm.e_stop"}


def trip(rig: Rig, what: str, on: bool) -> None:
    if what == "e-stop":
        rig.plant.e_stop(rig.now, on)
    else:
        rig.plant.power.generator.choose(rig.now, OFF)  # which would end an outage in seconds
        utility = rig.plant.utilities[what]
        (utility.fail if on else utility.mend)(rig.now)


@pytest.mark.parametrize("what", TRIPS)
def test_an_avalanche_is_one_first_out_with_its_consequences_behind_it(what: str) -> None:
    rig = running()
    trip(rig, what, True)
    rig.run(20 * MINUTE)
    standing = {p.alarm.tag: p for p in rig.alarms.standing}
    first = standing.pop(TRIPS[what])
    assert first.state == U
    assert first.first_out
    assert len(standing) >= 13, "all twelve stations and the line"
    assert {p.state for p in standing.values()} == {SUPPRESSED}
    assert {p.parent for p in standing.values()} == {first.alarm.number}
    assert rig.alarms.consequences(first.alarm.number) == len(standing)
    assert rig.alarms.kpis.total == 1
    assert rig.alarms.kpis.peak == 1
    trip(rig, what, False)
    rig.run(30 * MINUTE)
    assert [tag for _, tag, where in transitions(rig) if where is U] == [TRIPS[what]]


def test_the_trip_of_one_utility_lays_its_own_consumer_aside_and_nobody_else() -> None:
    rig = running()
    trip(rig, "cooling", True)
    rig.run(13 * MINUTE)
    assert {p.alarm.tag: AlarmState(p.state) for p in rig.alarms.standing} == {
        "Line.Alarm.cooling_low": U, "ST04.Alarm.utility_missing": SUPPRESSED,
    }  # fmt: skip


# ---- kinds of conditions
def test_a_cut_line_is_an_alarm_also_while_the_station_stands() -> None:
    rig = running(MINUTE)
    give(rig, "ST06", Command.STOP)
    rig.run(2 * MINUTE)
    rig.cabinets[5].link(rig.now, False)
    rig.run(3 * MINUTE)
    assert state(rig, "ST06.Alarm.board_lost") is U
    rig.cabinets[5].link(rig.now, True)
    rig.run(4 * MINUTE)
    assert state(rig, "ST06.Alarm.board_lost") is R


def test_a_recorded_value_beyond_its_limit_is_an_alarm_with_a_deadband() -> None:
    """The press's oil: 140 bar is the limit, 145 ends it."""
    rig = running(2 * MINUTE)
    gauge, tag = rig.plant.stations[2].signals["oil_pressure"], "ST02.Alarm.oil_pressure_low"
    seen = []
    for bar in (165.0, 138.0, 143.0, 146.0):
        gauge.hold(rig.now, bar)
        rig.run(rig.now + 3 * MINUTE)
        seen.append(state(rig, tag))
    assert seen == [N, U, U, R]
    point = rig.alarms.points[213]
    assert point.value == pytest.approx(1380, abs=3)


def test_too_many_rejects_are_an_alarm() -> None:
    rig = running(MINUTE)
    unit = rig.cabinets[5].unit
    tag = "ST06.Alarm.reject_rate"
    raised = []
    for verdicts in (0b111, 0b1111, 0b111, 0b11):
        unit.notes.verdicts = verdicts >> 1
        unit.failed = bool(verdicts & 1)
        unit.notes.verdict(rig.now, unit.failed)
        rig.run(rig.now + SECOND)
        raised.append(rig.alarms.points[610].active)
    assert raised == [False, True, True, False]
    assert state(rig, tag) is R


def test_only_what_the_server_may_tell_can_be_told() -> None:
    rig = running(MINUTE)
    rig.tell("journal_failed", True)
    rig.run(MINUTE + SECOND)
    assert state(rig, "Line.Alarm.journal_failed") is U
    rig.tell("journal_failed", False)
    rig.run(MINUTE + 2 * SECOND)
    assert state(rig, "Line.Alarm.journal_failed") is R
    with pytest.raises(Refusal, match="journal_failed"):
        rig.tell("e_stop", True)


# ---- suppression by design
def test_a_station_in_maintenance_has_no_alarms_but_a_lost_board_and_a_tripped_breaker() -> None:
    rig = running(MINUTE)
    give(rig, "ST06", Command.STOP)
    rig.run(MINUTE + SECOND)
    rig.request("ST06.UnitMode", Mode.MAINTENANCE)
    edge(rig, "ST06.UnitModeChangeRequest")
    rig.run(2 * MINUTE)
    states = {p.alarm.name: AlarmState(p.state) for p in rig.alarms.groups[6]}
    assert {name for name, where in states.items() if where is not SUPPRESSED} == {"board_lost", "breaker_tripped"}
    rig.request("ST06.UnitMode", Mode.PRODUCE)
    edge(rig, "ST06.UnitModeChangeRequest")
    rig.run(3 * MINUTE)
    assert {p.state for p in rig.alarms.groups[6]} == {N}


def test_a_dormant_plant_is_silent_and_waking_it_up_too() -> None:
    rig = Rig(line(start="dormant", dormant={"commissioned": True}, **QUIET), 3)
    rig.run(10 * MINUTE)
    assert rig.alarms.kpis.total == 0
    assert state(rig, "Line.Alarm.air_low") is SUPPRESSED
    for command in (Command.CLEAR, Command.RESET, Command.START):
        give(rig, "Line", command)
        rig.run(rig.now + 40 * SECOND)
    rig.run(rig.now + 3 * MINUTE)
    assert state(rig, "Line.Alarm.air_low") is N
    assert rig.alarms.kpis.total == 0


# ---- snapshots
def test_a_snapshot_in_the_middle_of_an_avalanche_goes_on_with_the_same_trace() -> None:
    def rest(rig: Rig) -> str:
        rig.run(12 * MINUTE)
        trip(rig, "air", False)
        rig.run(16 * MINUTE)
        return rig.trace.sha256()

    rig = running()
    trip(rig, "air", True)
    for name_, raw in (("AlarmCommand", AlarmCommand.SHELVE), ("AlarmNumber", 3), ("AlarmShelveReason", 2),
                       ("AlarmShelveMinutes", 1), ("AlarmChangeRequest", 1)):  # fmt: skip
        rig.request(f"Line.{name_}", int(raw), 11 * MINUTE)
    rig.run(11 * MINUTE + SECOND)
    assert state(rig, "Line.Alarm.air_low") is SHELVED
    copy = checkpoint.load(json.loads(json.dumps(checkpoint.save(rig))))
    assert rest(copy) == rest(rig)
    assert copy.alarms.kpis.total == rig.alarms.kpis.total == 2  # once more when the shelf's time was over
    assert copy.orders.alarm_desk.result == AlarmResult.DONE


def test_a_trace_names_its_alarms() -> None:
    assert name(4096 + 3) == "Line.Alarm.air_low"
    assert name(4096 + 1299) == "Alarm 1299"


# ---- over Modbus
@asynccontextmanager
async def served(rig: Rig, clients: int) -> AsyncIterator[list[PlantClient]]:
    """The rig behind a server, and clients that are connected to it."""
    service = PlantService(rig, "127.0.0.1", 0, 1.0, 1)
    async with serving(service):
        connected = [PlantClient("127.0.0.1", service.server.port) for _ in range(clients)]
        try:
            for client in connected:
                await client.connect()
            yield connected
        finally:
            for client in connected:
                await client.close()


async def read_when(client: PlantClient, tag: str, wanted: int) -> dict[str, int]:
    async with asyncio.timeout(PATIENCE_S):
        while (values := await client.read(1))[tag] != wanted:
            pass
    return values


def alarms_of(values: dict[str, int]) -> dict[str, int]:
    moving = ("Line.AlarmsPerHour", "Line.AlarmFloodShare", "Line.AlarmRate")
    return {key: raw for key, raw in values.items() if (".Alarm" in key or ".Worst" in key) and key not in moving}


async def test_two_clients_see_the_same_alarms_and_what_one_of_them_does() -> None:
    rig = running()
    trip(rig, "air", True)
    rig.run(12 * MINUTE)
    async with served(rig, 2) as (one, two):
        before = await one.read(1)
        assert alarms_of(before) == alarms_of(await two.read(1))
        assert before["Line.Worst01.Number"] == 3
        assert state_of(before["Line.Worst01.Word"]) == U
        assert before["Line.Worst01.Word"] & FIRST_OUT
        assert before["Line.Worst02.Number"] == 0
        assert before["Line.AlarmConsequences"] == before["Line.AlarmsSuppressed"] >= 12
        assert before["ST07.Alarm.utility_missing"] & CONSEQUENCE
        assert (before["Line.AlarmsUnacknowledged"], before["Line.AlarmsMedium"]) == (1, 1)
        await one.write_together({"Line.AlarmCommand": AlarmCommand.ACKNOWLEDGE, "Line.AlarmNumber": 3,
                                  "Line.AlarmShelveReason": 0, "Line.AlarmShelveMinutes": 1,
                                  "Line.AlarmChangeRequest": 1})  # fmt: skip
        after = await read_when(two, "Line.AlarmCommandsTaken", 1)
        assert after["Line.AlarmResult"] == AlarmResult.DONE
        assert state_of(after["Line.Alarm.air_low"]) == A
        assert after["Line.AlarmsUnacknowledged"] == 0
        assert after["Line.AlarmGenerationBefore"] == after["Line.AlarmGenerationAfter"]
        assert after["Line.AlarmGenerationBefore"] != before["Line.AlarmGenerationBefore"]
        assert alarms_of(after) == alarms_of(await one.read(1))


def test_a_master_that_repeats_a_command_gives_it_once() -> None:
    rig = running(MINUTE)
    rig.tell("journal_failed", True)
    rig.run(MINUTE + SECOND)
    values = PlantValues(rig, 1)
    block = [int(AlarmCommand.ACKNOWLEDGE_ALL), 0, 0, 1, 1]
    for _ in range(5):
        values.write(1, Table.HOLDING, 256, block, "somebody")
        rig.run(rig.now + SECOND)
    assert rig.orders.alarm_desk.taken == 1
    assert state(rig, "Line.Alarm.journal_failed") is A
