"""An external PLC takes a station, drives it, dies, comes back and hands it back: over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from firmware_sim.plc.seat import Owner
from protocols.modbus.client import PlantClient
from protocols.packml import Command, State
from protocols.reasons import Reason
from protocols.stations.images import MARK
from sector7.rig.cabinet import Cabinet
from sector7.serve import PlantService
from tests.pty_console import PATIENCE_S

CODE = "ST03"


@pytest.fixture
async def master(service: PlantService) -> AsyncIterator[PlantClient]:
    """A connected master."""
    client = PlantClient("127.0.0.1", service.server.port)
    await client.connect()
    yield client
    await client.close()


def cabinet_of(service: PlantService) -> Cabinet:
    """The cabinet of the station under test."""
    return next(c for c in service.rig.cabinets if c.unit.io.code == CODE)


async def until(client: PlantClient, holds: Callable[[dict[str, int]], bool], beat: int = 0) -> dict[str, int]:
    """Poll unit 1 until `holds`; a master that is alive writes its heartbeat with every poll (`beat` > 0)."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if beat:
                beat = beat % 60000 + 1
                await client.write(f"{CODE}.Heartbeat", beat)
            values = await client.read(1)
            if holds(values):
                return values


async def command(client: PlantClient, number: Command) -> None:
    """A PackML command to the station: an edge."""
    await client.write(f"{CODE}.CntrlCmd", number)
    await client.write(f"{CODE}.CmdChangeRequest", 1)
    await client.write(f"{CODE}.CmdChangeRequest", 0)


def state(wanted: State) -> Callable[[dict[str, int]], bool]:
    """True when the station is in `wanted`."""
    return lambda values: values[f"{CODE}.StateCurrent"] == wanted


async def test_a_station_in_production_is_not_given_away(service: PlantService, master: PlantClient) -> None:
    await until(master, state(State.EXECUTE))
    await master.write(f"{CODE}.OwnerRequest", Owner.EXTERNAL)
    values = await until(master, lambda v: bool(v[f"{CODE}.CommandRefused"]))
    assert values[f"{CODE}.Owner"] == Owner.INTERNAL


async def test_writes_of_a_stranger_are_acknowledged_ignored_and_counted(
    service: PlantService, master: PlantClient
) -> None:
    await until(master, state(State.EXECUTE))
    before = cabinet_of(service).command
    await master.write(f"{CODE}.Board.robot_start", 1)
    values = await until(master, lambda v: v[f"{CODE}.IgnoredWrites"] == 1)
    assert values["Line.IgnoredWrites"] == 1
    assert before == 0 or cabinet_of(service).seat.image == 0
    assert not cabinet_of(service).seat.taken


async def test_take_drive_die_return_and_hand_back(service: PlantService, master: PlantClient) -> None:
    cabinet = cabinet_of(service)
    await until(master, state(State.EXECUTE))
    await command(master, Command.HOLD)
    await until(master, state(State.HELD))

    await master.write(f"{CODE}.OwnerRequest", Owner.EXTERNAL)
    await until(master, lambda v: v[f"{CODE}.Owner"] == Owner.EXTERNAL, beat=1)
    await master.write(f"{CODE}.ExternalState", State.EXECUTE)
    for output in ("clamp", "gas_valve"):
        await master.write(f"{CODE}.Board.{output}", 1)
        assert (await master.read(13))[f"{CODE}.Board.{output}"] == 1, "reads back at once"
    await until(master, lambda v: v[f"{CODE}.gas_flow"] > 100, beat=100)
    assert cabinet.unit.state == State.EXECUTE
    await until(master, lambda v: bool(cabinet.status & cabinet.unit.io.status("clamped")), beat=500)

    # how the board is configured is not the owner's to say: counted, without effect, and it does not read back
    await master.write(f"{CODE}.Board.watchdog", 9)
    await until(master, lambda v: v[f"{CODE}.IgnoredWrites"] == 1, beat=200)
    assert (await master.read(13))[f"{CODE}.Board.watchdog"] == 5

    # the master falls silent: Held, and only the outputs declared safe are left (the clamp)
    values = await until(master, state(State.HELD))
    assert values[f"{CODE}.StopReason"] == Reason.OWNER_LOST
    assert values[f"{CODE}.ExternalAlive"] == 0
    kept = cabinet.unit.io.output("clamp")
    await until(master, lambda v: cabinet.applied & 0x1F == kept)

    # it returns: nothing restarts before somebody says so
    await until(master, lambda v: v[f"{CODE}.ExternalAlive"] == 1, beat=2000)
    assert cabinet.unit.state == State.HELD
    await command(master, Command.UNHOLD)
    await until(master, state(State.EXECUTE), beat=3000)
    await until(master, lambda v: cabinet.applied & 0x1F != kept, beat=4000)

    # it hands back while it goes on writing as masters do: the line's own program takes over
    await master.write(f"{CODE}.OwnerRequest", Owner.INTERNAL)
    await command(master, Command.RESET)
    await until(master, lambda v: v[f"{CODE}.Owner"] == Owner.INTERNAL and v[f"{CODE}.StateCurrent"] == State.EXECUTE)
    ignored = (await master.read(1))[f"{CODE}.IgnoredWrites"]
    await master.write(f"{CODE}.Board.robot_start", 0)
    await until(master, lambda v: v[f"{CODE}.IgnoredWrites"] == ignored + 1)
    assert service.rig.plant.conservation() == ""


async def test_a_real_partner_locks_the_speed_to_the_wall_clock(service: PlantService, master: PlantClient) -> None:
    service.pacemaker.set_factor(20.0)
    await until(master, state(State.EXECUTE))
    await command(master, Command.HOLD)
    await until(master, state(State.HELD))
    await master.write(f"{CODE}.OwnerRequest", Owner.EXTERNAL)
    await until(master, lambda v: v["Line.SpeedFactor"] == 10, beat=1)
    assert service.pacemaker.factor == 1.0


async def test_a_verdict_of_the_owner_is_counted_once(service: PlantService, master: PlantClient) -> None:
    await until(master, lambda v: bool(v[f"{CODE}.PalletPresent"]) and v[f"{CODE}.StateCurrent"] == State.EXECUTE)
    await command(master, Command.HOLD)
    before = await until(master, state(State.HELD))
    processed, defective = before[f"{CODE}.ProdProcessedCount"], before[f"{CODE}.ProdDefectiveCount"]
    await master.write(f"{CODE}.OwnerRequest", Owner.EXTERNAL)
    await until(master, lambda v: v[f"{CODE}.Owner"] == Owner.EXTERNAL, beat=1)
    await master.write(f"{CODE}.Board.mark_pass", 1)
    await until(master, lambda v: v[f"{CODE}.ProdProcessedCount"] == processed + 1, beat=100)
    await master.write(f"{CODE}.Board.mark_pass", 1)
    await master.write(f"{CODE}.Board.mark_pass", 0)
    await until(master, lambda v: cabinet_of(service).command & MARK == 0, beat=200)
    await master.write(f"{CODE}.Board.mark_fail", 1)
    after = await until(master, lambda v: v[f"{CODE}.ProdDefectiveCount"] == defective + 1, beat=300)
    assert after[f"{CODE}.ProdProcessedCount"] == processed + 2
    await until(master, lambda v: v[f"{CODE}.CarrierCondition"] == 2, beat=400)
