"""Real boards in a served line, in real time: emulated ones behind ptys, on clean, noisy and cut cables.

The machine may be busy: what is asserted are counts, and cycles of the boards; never the wall clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from hil.board_worker import BoardWorker, LinkState
from hil.bridge import Bridge
from hil.emulated_board import EmulatedBoard
from hil.pty_board import CATCH_UP_US, PtyBoard
from hil.serial_board import SerialBoard
from hil.serial_stream import SerialStream
from protocols.alarms.alarm import AlarmState, state_of
from protocols.errors import Refusal
from protocols.modbus.client import PlantClient
from protocols.packml import Command, State
from protocols.reasons import Reason
from protocols.records.board_rows import BOARDS_FILE, read_row
from protocols.stations.images import LINK
from protocols.stations.io_table import BY_NUMBER
from sector7.recipe import SerialRecipe
from sector7.rig.cabinet import Cabinet
from sector7.rig.checkpoint import load, save
from sector7.rig.rig import Rig
from sector7.serve import PlantService
from sector7.simulate import simulate
from tests.hil.ports import Cable, pty_board
from tests.hil.toolbox import need_emulator
from tests.sector7.lines import give as give_now
from tests.sector7.real_time import cabinet_of, client_of, favoured, give, serving, true, with_serial

#: The default, in exchanges, for a machine of one's own; and the longest, where other tests run beside or the line is
#: noisy. With a hundredth of the bytes spoilt, one of the 90 bytes of an exchange is in 60 % of the attempts, and of
#: the three attempts that 100 ms leave none is answered too often.
DEFAULT, PATIENT = SerialRecipe.model_fields["watchdog"].default, 50
#: Half an exchange of grace, the time of the last request's bytes, and the slices in which the emulated board lives at
#: either end: on a busy machine it is told late and makes up for it.
GRACE_US = 10_000 + 5_000 + 2 * CATCH_UP_US


def serial(port: object, **options: object) -> SerialRecipe:
    return SerialRecipe.model_validate({"port": str(port), "watchdog": PATIENT, **options})


def board_of(cabinet: Cabinet) -> SerialBoard:
    assert isinstance(cabinet.board, SerialBoard)
    return cabinet.board


def worker_of(cabinet: Cabinet) -> BoardWorker:
    worker = board_of(cabinet).worker
    assert worker is not None
    return worker


async def produce(folder: Path, seconds: float, watchdog: int) -> None:
    """A line with a board on a clean cable (2), one on a noisy cable (4) and one whose cable is pulled (5); `watchdog`,
    in exchanges, is that of the first and the last."""
    need_emulator()
    with (
        favoured(),
        pty_board(folder, BY_NUMBER[2]) as clean,
        pty_board(folder, BY_NUMBER[4]) as shaken,
        pty_board(folder, BY_NUMBER[5]) as pulled,
        Cable(shaken.port, seed=7, corrupt=0.01, drop=0.01) as noise,
        Cable(pulled.port) as cable,
    ):
        recipe = with_serial(
            {
                2: serial(clean.port, watchdog=watchdog),
                4: serial(noise.port),
                5: serial(cable.port, watchdog=watchdog),
            }
        )
        rows = [row.model_copy(update={"mtbf_h": 1e6, "minor_stop_min": 1e5}) for row in recipe.station]
        recipe = recipe.model_copy(update={"station": rows, "utility_mtbf_h": 1e6})  # nothing else shall go wrong
        async with serving(recipe) as service:
            await true(lambda: service.rig.line.state is State.EXECUTE)
            await pause(service)
            await work(service, noise, seconds, {2: clean, 5: pulled})
            async with client_of(service) as client:
                await look(client)
                await pull(service, client, pulled, cable)


async def pause(service: PlantService) -> None:
    """In a pause frozen values go on being exchanged; other speeds than the wall clock's are refused. A pause in which
    the board is missed for want of the processor shows nothing: then there is another one."""
    cabinet = cabinet_of(service, 2)
    real = [cabinet_of(service, number) for number in (2, 4, 5)]
    with pytest.raises(Refusal, match="ST02 has a real board: the plant keeps to the wall clock"):
        service.pacemaker.set_factor(2.0)
    service.pacemaker.pause()
    with pytest.raises(Refusal, match="single step refused: ST02 has a real board"):
        service.pacemaker.step()
    for _ in range(20):
        if await frozen(service, cabinet):
            return
        await true(lambda: tend(service, real) and produces(cabinet))
    pytest.fail("no pause without a loss")


async def frozen(service: PlantService, cabinet: Cabinet) -> bool:
    """A pause until some exchanges were answered in it; False if the board was missed before."""
    service.pacemaker.pause()
    counters, now = worker_of(cabinet).counters, service.rig.now
    enough = counters.answered + 4
    await true(lambda: counters.answered >= enough or not board_of(cabinet).present)
    assert service.rig.now == now
    service.pacemaker.resume()
    return counters.answered >= enough


def tend(service: PlantService, cabinets: Sequence[Cabinet]) -> bool:
    """An operator who brings back what was lost while its board, or its host, was not given the processor."""
    for unit in (cabinet.unit for cabinet in cabinets):
        command = {State.ABORTED: Command.CLEAR, State.HELD: Command.UNHOLD}.get(State(unit.state))
        if command and unit.reason in (Reason.BOARD_LOST, Reason.BOARD_TRIPPED) and unit.status & LINK:
            give_now(service.rig, unit.io.code, command)
    return True


def produces(cabinet: Cabinet) -> bool:
    """It does, or waits for its neighbours."""
    return cabinet.unit.state in (State.EXECUTE, State.SUSPENDED)


async def work(service: PlantService, noise: Cable, seconds: float, quiet: dict[int, PtyBoard]) -> None:
    """All three produce, and every spoilt frame is counted. On the `quiet` lines no exchange is lost, unless the
    emulated board itself was not given the processor for half of the watchdog's second each; then, and where noise and
    a busy machine add up to that second, there is an operator."""
    cabinets = [cabinet_of(service, number) for number in (2, 4, 5)]
    before = [cabinet.unit.step.name for cabinet in cabinets]
    faulty = worker_of(cabinets[1]).counters
    begin, spoilt, repeated = service.rig.now, noise.faults, faulty.retries

    def over() -> bool:
        return tend(service, cabinets) and service.rig.now - begin > seconds * 1e6

    await true(over, 4 * seconds + 60)
    await true(lambda: over() and all(c.unit.step.name != n for c, n in zip(cabinets, before, strict=True)))
    await true(lambda: over() and all(produces(cabinet) for cabinet in cabinets))
    for cabinet in cabinets:
        assert cabinet.unit.processed >= seconds // 120
    for number, board in quiet.items():
        cabinet = cabinet_of(service, number)
        worker = worker_of(cabinet)
        excused = board.slipped_us // (board_of(cabinet).watchdog_us // 2)
        assert worker.counters.lost <= excused, f"station {number}: {worker.counters}, {worker.problem}"
    spoilt, repeated = noise.faults - spoilt, faulty.retries - repeated
    assert spoilt > 10
    # every spoilt frame is an attempt that failed (two of them where a slow machine tore one frame into two)
    assert repeated >= 0.9 * spoilt - 1
    assert 0 <= faulty.garbled + faulty.timeouts - faulty.retries - faulty.lost <= 1
    assert faulty.garbled > 0


async def look(client: PlantClient) -> None:
    """Unit 1 tells it all."""
    values = await client.read(1)
    assert values["ST04.LinkRetries"] >= 10
    assert (values["ST02.BoardTier"], values["ST02.BoardLink"]) == (3, 1)
    assert values["ST02.LinkAsked"] - values["ST02.LinkAnswered"] - values["ST02.LinkLost"] in (0, 1)
    assert (values["ST01.BoardTier"], values["ST01.BoardLink"]) == (1, 0)
    assert 0 < values["ST02.LinkRtt"] <= values["ST02.LinkRttMax"]


async def pull(service: PlantService, client: PlantClient, board: PtyBoard, cable: Cable) -> None:
    """The cable of station 5 is out for three seconds."""
    here, io = cabinet_of(service, 5), BY_NUMBER[5]
    real = [cabinet_of(service, number) for number in (2, 4, 5)]
    unit, worker = here.unit, worker_of(here)
    connections = worker.connections
    loose = 0x1F & ~sum(io.output(name) for name in io.keep)
    await true(lambda: tend(service, real) and bool(board.last and board.last.outputs & loose))
    cut_us = service.rig.now
    cable.cut = True
    await true(lambda: bool(board.last and not board.last.outputs & loose))
    assert board.changed_us - board.heard_us <= board_of(here).watchdog_us + GRACE_US, "in the board's own cycles"
    await true(lambda: unit.state == State.HELD)
    assert unit.reason == Reason.BOARD_LOST
    await true(lambda: not here.applied & loose)
    values = await client.read(1)
    assert (values["ST05.LinkOk"], values["ST05.BoardLink"], values["ST05.Fault"]) == (0, 3, 1)
    assert values["ST05.LinkLost"] >= 1
    clean = cabinet_of(service, 2)
    assert produces(clean) or worker_of(clean).counters.lost, "the others go on, unless their own board is missed"
    await true(lambda: service.rig.now - cut_us >= 3_000_000)
    values = await client.read(1)
    assert state_of(values["ST05.Alarm.board_lost"]) == AlarmState.UNACKNOWLEDGED

    # plugged in again: found by itself, and left alone until somebody says so
    cable.cut = False
    await true(lambda: worker.connections > connections)
    await true(lambda: unit.state == State.ABORTED)
    assert unit.reason == Reason.BOARD_LOST
    back = service.rig.now
    await true(lambda: service.rig.now - back > 3_000_000)
    assert unit.state == State.ABORTED
    await true(lambda: tend(service, real) and produces(here) and not unit.reason)


@pytest.mark.timeout(400)
async def test_real_boards_produce_through_noise_and_a_pulled_cable(tmp_path: Path) -> None:
    await produce(tmp_path, 30, PATIENT)


@pytest.mark.nightly
@pytest.mark.timeout(1500)
async def test_real_boards_produce_for_ten_minutes(tmp_path: Path) -> None:
    await produce(tmp_path, 600, DEFAULT)


def test_a_real_board_is_for_real_time() -> None:
    recipe = with_serial({5: serial("/dev/ttyACM7")})
    with pytest.raises(Refusal, match="station 5 has a real board: a real partner lives by the wall clock"):
        simulate(recipe, 1, 1_000_000)
    with pytest.raises(Refusal, match="speed x10 refused: ST05 has a real board"):
        PlantService(Rig(recipe, 1), "127.0.0.1", 0, 10.0, 1)


# ---- swaps
async def test_a_board_is_swapped_while_the_line_runs(tmp_path: Path) -> None:
    """Simulated to a real one, that one's cable to another board of the station, and back: the line never stops."""
    need_emulator()
    spare = tmp_path / "spare"
    spare.mkdir()
    plug = tmp_path / "ttyBOARD"
    with ExitStack() as socket, pty_board(spare, None) as second:
        plug.symlink_to(socket.enter_context(pty_board(tmp_path, BY_NUMBER[5])).port)
        recipe = with_serial({5: serial(plug)}, fitted=False)
        async with serving(recipe) as service, client_of(service) as client:
            here = cabinet_of(service, 5)
            unit = here.unit
            await true(lambda: service.rig.line.state is State.EXECUTE)

            await client.write("ST05.BoardRequest", 3)
            await true(lambda: unit.refused)
            assert not isinstance(here.board, SerialBoard), "not under a station at work"

            await give(client, "ST05", Command.HOLD)
            await true(lambda: unit.state == State.HELD)
            await client.write("ST05.BoardRequest", 3)
            await true(lambda: isinstance(here.board, SerialBoard))
            await true(lambda: board_of(here).present and unit.state == State.ABORTED)
            assert service.pacemaker.partner
            assert (await client.read(1))["ST05.BoardTier"] == 3
            await give(client, "ST05", Command.CLEAR)
            await true(lambda: unit.state in (State.EXECUTE, State.SUSPENDED))

            # the board is taken out of its socket, another one put in: it has never been this station's
            worker = worker_of(here)
            plug.unlink()
            plug.symlink_to(second.port)
            socket.close()
            await true(lambda: worker.connections == 2)
            assert worker.identity is not None
            assert worker.identity.station == 5
            await true(lambda: unit.state == State.ABORTED and unit.reason == Reason.BOARD_LOST)
            await give(client, "ST05", Command.CLEAR)
            await true(lambda: unit.state in (State.EXECUTE, State.SUSPENDED))

            await give(client, "ST05", Command.HOLD)
            await true(lambda: unit.state == State.HELD)
            await client.write("ST05.BoardRequest", 1)
            await true(lambda: (not isinstance(here.board, SerialBoard)) and unit.state == State.ABORTED)
            await true(lambda: not service.pacemaker.partner)
            assert (await client.read(1))["ST05.BoardTier"] == 1
            await give(client, "ST05", Command.CLEAR)
            await true(lambda: unit.state in (State.EXECUTE, State.SUSPENDED))
            others = [u for u in service.rig.line.units if u is not unit]
            assert all(u.state in (State.EXECUTE, State.SUSPENDED) for u in others)
            assert service.rig.recipe.station[4].board == "simulated"


async def test_real_sensors_are_compared_with_the_plants(tmp_path: Path) -> None:
    """The real clamp never tells that it has closed, and the press's load cell reads something of its own."""
    need_emulator()
    with pty_board(tmp_path, BY_NUMBER[5]) as board:
        board.terminals.counts = (300, 0, 0, 0)
        recipe = with_serial({5: serial(board.port, sensors={"clamped": "pin", "press_force": "pin"})})
        async with serving(recipe) as service, client_of(service) as client:
            here = cabinet_of(service, 5)
            twin = board_of(here).twin
            await true(lambda: here.unit.step.name == "Clamp robot")
            await true(lambda: twin.differing == 1 << 2 | 1 << 7)
            assert here.board.measured(0, service.rig.now) == 300
            values = await client.read(1)
            assert values["ST05.TwinDiffering"] == 1 << 2 | 1 << 7
            assert (values["ST05.TwinChannel"], values["ST05.TwinWorst"] > 250) == (7, True)
            await true(lambda: worker_of(here).scans[2] > 0)
            ((_, size),) = await client.read_file(BOARDS_FILE, [(0, 2)])
            row = read_row((await client.read_file(BOARDS_FILE, [(2 + 4 * size, size)]))[0])
            assert (row.pins, row.port, row.identity) == (1 << 2 | 1 << 7, str(board.port), "sector7 S7-BOARD 1.0")
            assert 0 < row.scan_us[0] <= row.scan_us[1] <= row.scan_us[2] < 2000
            board.terminals.inputs |= 1 << 2
            await true(lambda: not twin.differing & 1 << 2)
            assert twin.channels[2].count == 1
            await true(lambda: here.unit.step.name == "Press joint 1")


async def test_what_cannot_be_fitted_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    async with serving(with_serial({})) as service, client_of(service) as client:
        here = cabinet_of(service, 3)
        await true(lambda: service.rig.line.state is State.EXECUTE)
        await give(client, "ST03", Command.HOLD)
        await true(lambda: here.unit.state == State.HELD)
        board = here.board
        await client.write("ST03.BoardRequest", 3)  # the recipe names no port
        await true(lambda: here.unit.refused)
        assert here.board is board
        await give(client, "ST03", Command.UNHOLD)
        await true(lambda: here.unit.state in (State.EXECUTE, State.SUSPENDED))


async def test_the_board_of_another_station_is_refused_and_said_so(tmp_path: Path) -> None:
    need_emulator()
    with pty_board(tmp_path, BY_NUMBER[4]) as board:
        async with serving(with_serial({5: serial(board.port)})) as service, client_of(service) as client:
            await true(lambda: board_of(cabinet_of(service, 5)).worker is not None)
            worker = worker_of(cabinet_of(service, 5))
            await true(lambda: worker.state == LinkState.REFUSED)
            assert "board of station 4: is on the port of station 5" in worker.problem
            values = await client.read(1)
            assert (values["ST05.BoardLink"], values["ST05.LinkOk"], values["ST05.LinkConnects"]) == (4, 0, 0)


async def test_a_board_on_another_machine_is_reached_through_a_bridge(tmp_path: Path) -> None:
    need_emulator()
    with pty_board(tmp_path, BY_NUMBER[5]) as board:
        bridge = Bridge(SerialStream(str(board.port)), "127.0.0.1", 0)
        await bridge.start()
        async with serving(with_serial({5: serial(f"socket://127.0.0.1:{bridge.port}")})) as service:
            here = cabinet_of(service, 5)
            await true(lambda: here.unit.step.name == "Press joint 1")
            worker = worker_of(here)
            assert worker.counters.lost == 0
        await bridge.stop()


async def test_an_emulated_board_can_be_fitted_too_and_keeps_the_lines_speed() -> None:
    need_emulator()
    async with serving(with_serial({})) as service, client_of(service) as client:
        service.pacemaker.set_factor(5.0)
        here = cabinet_of(service, 9)
        await true(lambda: service.rig.line.state is State.EXECUTE)
        await give(client, "ST09", Command.HOLD)
        await true(lambda: here.unit.state == State.HELD)
        await client.write("ST09.BoardRequest", 2)
        await true(lambda: isinstance(here.board, EmulatedBoard))
        await true(lambda: here.unit.state == State.ABORTED)
        await give(client, "ST09", Command.CLEAR)
        await true(lambda: here.unit.state in (State.EXECUTE, State.SUSPENDED))
        assert service.pacemaker.factor == 5.0
        assert (await client.read(1))["ST09.BoardTier"] == 2


def test_a_plant_with_a_real_board_can_be_saved_and_restored() -> None:
    """What the board is in the middle of cannot: it is found anew."""
    rig = Rig(with_serial({5: serial("/dev/ttyACM7")}), 3)
    rig.run(5_000_000)
    restored = load(save(rig))
    board = next(c.board for c in restored.cabinets if c.station.number == 5)
    assert isinstance(board, SerialBoard)
    assert not board.present
    for each in (rig, restored):
        each.run(8_000_000)
    assert restored.trace.sha256() == rig.trace.sha256()
