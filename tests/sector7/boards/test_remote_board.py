"""A station whose board sits behind another Modbus TCP device: here the board of a second plant, over real sockets."""

from __future__ import annotations

import asyncio

import pytest

from firmware_sim.plc.seat import Owner
from hil.remote_board import RemoteBoard
from protocols.errors import RecipeError, Refusal
from protocols.modbus.client import PlantClient
from protocols.packml import Command, State
from protocols.ports import NO_ANSWER
from protocols.reasons import Reason
from sector7.boards.kinds import with_boards
from sector7.recipe import Recipe, RemoteRecipe, parse
from sector7.rig.rig import Rig
from sector7.serve import PlantService
from sector7.simulate import simulate
from tests.pty_console import PATIENCE_S
from tests.sector7.real_time import CASTLE, cabinet_of, serving, true

NUMBER, CODE = 5, "ST05"


def with_remote(port: int, **options: int) -> Recipe:
    """The castle line with station 5's board behind a port of this machine."""
    remote = RemoteRecipe(host="127.0.0.1", port=port, unit=10 + NUMBER, **options)
    rows = [row.model_copy(update={"remote": remote}) if row.number == NUMBER else row for row in CASTLE.station]
    return CASTLE.model_copy(update={"station": rows})


async def take(port: int) -> None:
    """Take the far plant's station for whoever writes its outputs; the heartbeat may rest for a minute."""
    client = PlantClient("127.0.0.1", port)
    await client.connect()
    try:
        async with asyncio.timeout(PATIENCE_S):
            while (values := await client.read(1))[f"{CODE}.Owner"] != Owner.EXTERNAL:
                if values[f"{CODE}.StateCurrent"] != State.HELD:
                    await client.write(f"{CODE}.CntrlCmd", Command.HOLD)
                    await client.write(f"{CODE}.CmdChangeRequest", 1)
                    await client.write(f"{CODE}.CmdChangeRequest", 0)
                await client.write(f"{CODE}.HeartbeatTimeout", 600)
                await client.write(f"{CODE}.OwnerRequest", Owner.EXTERNAL)
    finally:
        await client.close()


async def test_a_program_runs_a_station_through_another_plant(unused_tcp_port: int) -> None:
    async with serving(CASTLE, unused_tcp_port) as far:
        await true(lambda: far.rig.line.state is State.EXECUTE)
        await take(unused_tcp_port)
        async with serving(with_remote(unused_tcp_port)) as near:
            here, there = cabinet_of(near, NUMBER), cabinet_of(far, NUMBER)
            board = here.board
            assert isinstance(board, RemoteBoard)
            clamp = here.unit.io.output("clamp")

            # the near program clamps the robot that stands in the far plant, and its twin does what the far coils say
            await true(lambda: here.unit.step.name == "Press joint 1")
            await true(lambda: bool(there.applied & clamp and here.applied & clamp))
            assert there.unit.state != State.ABORTED
            await true(lambda: here.unit.step.name == "Tighten joint 1")
            assert board.measured(0, near.rig.now) == there.board.measured(0, far.rig.now)
            with pytest.raises(Refusal, match="ST05 has a remote board"):
                near.pacemaker.set_factor(30.0)

            # the far plant falls silent: Held, and the twin keeps only what is declared safe
            await far.server.stop()
            await true(lambda: here.unit.state == State.HELD)
            assert here.unit.reason == Reason.BOARD_LOST
            await true(lambda: here.applied & 0x1F == clamp)
            assert board.losses == 1
            assert not board.present

            # it is back: the line goes on with the station, in the step in which it stopped
            step = here.unit.step.name
            await far.server.start()
            await true(lambda: here.unit.state == State.EXECUTE)
            assert here.unit.reason == Reason.NONE
            assert here.unit.step.name in (step, "Nutrunner clear 1")
            client = PlantClient("127.0.0.1", near.server.port)
            await client.connect()
            values = await client.read(10 + NUMBER)
            await client.close()
            assert values[f"{CODE}.Board.watchdog_trips"] == 1
            assert values[f"{CODE}.Board.exchanges"] > 10


async def test_a_device_that_is_not_there_stops_only_its_station_from_coming_up(unused_tcp_port: int) -> None:
    async with serving(with_remote(unused_tcp_port)) as near:
        client = PlantClient("127.0.0.1", near.server.port)
        await client.connect()
        await true(lambda: near.rig.now > 500_000)
        values = await client.read(1)
        await client.close()
        assert values[f"{CODE}.LinkOk"] == 0
        assert values["ST04.LinkOk"] == 1


async def test_tables_at_other_addresses_than_the_devices_are_told_as_silence() -> None:
    async with serving(CASTLE) as far, serving(with_remote(far.server.port, input_offset=60)) as near:
        await true(lambda: near.rig.now > 500_000)
        board = cabinet_of(near, NUMBER).board
        assert isinstance(board, RemoteBoard)
        assert not board.present, "a board has 32 input registers: 60 and more is answered with exception 02"


def test_pulses_of_a_command_are_all_handed_over() -> None:
    board = RemoteBoard(cabinet_of(PlantService(Rig(CASTLE), "127.0.0.1", 0, 1.0, 1), NUMBER).unit.io)
    woken: list[int] = []
    board.wake = lambda: woken.append(1)
    for at, command in enumerate((1, 1, 0x21, 1)):
        assert board.exchange(at * 20_000, command) == NO_ANSWER
    assert list(board.outbox) == [1, 0x21, 1]
    assert len(woken) == 3


def test_simulate_refuses_a_real_partner_and_takes_another_board_in_its_place() -> None:
    recipe = with_remote(502)
    with pytest.raises(Refusal, match=r"station 5 has a remote board at 127\.0\.0\.1"):
        simulate(recipe, 1, 1_000_000)
    assert simulate(with_boards(recipe, "simulated"), 1, 1_000_000).report["simulated_s"] == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("port = 502", r"station\[1\]\.remote\.host: must be given"),
        ('host = "plc"\nport = 0', r"station\[1\]\.remote\.port: .* not 0"),
        ('host = "plc"\noffset = 1', r"station\[1\]\.remote\.offset: is no key here \(there are host, port"),
        ('host = "a b"', r"station\[1\]\.remote\.host"),
        ('host = "plc"\npoll_ms = 5', r"station\[1\]\.remote\.poll_ms"),
    ],
)
def test_a_wrong_remote_is_told_by_its_key(text: str, says: str) -> None:
    with pytest.raises(RecipeError, match=says):
        parse("line.toml", f'name = "x"\n[[station]]\nnumber = 1\nplaces = 24\n[station.remote]\n{text}\n')


def test_a_station_has_one_board() -> None:
    with pytest.raises(RecipeError, match="a remote board and an emulated one"):
        parse("line.toml", 'name = "x"\n[[station]]\nnumber = 1\nboard = "emulated"\n[station.remote]\nhost = "plc"\n')
