"""Power, resets, watchdogs and times of the board, all in cycles of its own clock."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from hil import bench, rtu
from hil.board_process import CYCLES_PER_US, POWER_CUT, RESET, RUN, Answer
from hil.profile_image import SLOT_STRIDE, eeprom_image, eeprom_slot, profile_words
from protocols.stations.io_table import MACHINING, STATIONS
from protocols.stations.station_io import StationIO
from tests.hil.bare import ADDRESS, MS, Bare
from tests.hil.toolbox import mutated_hex, starter

POWER_ON, EXTERNAL, BROWN_OUT, WATCHDOG = 1, 2, 3, 4
#: One byte in the emulator: start, 8 data, parity and stop (silicon sends no parity) at 17 x 8 cycles a bit.
BYTE_CYCLES = 11 * 17 * 8
#: The address of a board that knows no station.
UNCONFIGURED = 10
ACK, CLAMP, COOLANT, SPINDLE = 0x100, 4, 8, 16


@pytest.fixture
def board(tmp_path: Path) -> Bare:
    return Bare(starter("emulated"), tmp_path)


def exchange(board: Bare, now_us: int, bits: int, duty: int = 0) -> tuple[int, ...]:
    """One FC23; answers the registers."""
    words = (now_us >> 16, now_us & 0xFFFF, bits, 0, 0, duty, 0, 0, 0, 0, 0)
    request = rtu.read_write(ADDRESS, 0x1100, bench.READ_WORDS, 0x1000, words)
    return rtu.registers(request, board.ask(request, rtu.answer_length(request)))


def register(board: Bare, address: int) -> int:
    request = rtu.read(ADDRESS, rtu.READ_INPUT, address, 1)
    return rtu.registers(request, board.ask(request, 7))[0]


def operate(board: Bare, operation: int, *, seed: int = 0, supply_mv: int = 5000, wait_ms: int = 100) -> Answer:
    board.wires.supply_mv = supply_mv
    begin, board.cycle = board.cycle, board.cycle + wait_ms * MS
    board.last = board.process.run(begin, board.cycle, board.wires, operation=operation, seed=seed)
    return board.last


def test_the_cause_of_a_reset_is_told(board: Bare) -> None:
    assert register(board, 9) == POWER_ON
    operate(board, RESET)
    assert register(board, 9) == EXTERNAL
    operate(board, 1, supply_mv=2500)
    operate(board, 1, supply_mv=5000)
    assert register(board, 9) == BROWN_OUT
    assert register(board, 14) == 2  # resets since power-on
    operate(board, POWER_CUT, seed=7)
    assert register(board, 9) == POWER_ON
    assert register(board, 14) == 0


def test_the_supply_is_measured(board: Bare) -> None:
    for millivolts in (5000, 4500):
        board.wires.supply_mv = millivolts
        board.wait(1)
        register(board, 8)
        assert register(board, 8) == pytest.approx(millivolts, abs=30)


def test_the_dead_man_makes_the_pins_safe_between_the_fifth_and_the_sixth_missing_exchange(board: Bare) -> None:
    exchange(board, 0, 0)
    exchange(board, 20_000, ACK | CLAMP | COOLANT | SPINDLE, 300)
    begin = board.cycle - 20 * MS
    assert board.last is not None
    assert board.last.outputs == CLAMP | COOLANT | SPINDLE
    assert board.last.duty == (1024, 256)
    board.cycle = board.last.cycle
    while board.last.outputs & SPINDLE:
        board.cycle += MS // 10
        board.last = board.process.run(board.cycle, board.cycle, board.wires)
    assert board.last.outputs == CLAMP | COOLANT
    assert 100 * MS < board.cycle - begin < 120 * MS


def test_an_open_safety_chain_drops_the_pins_in_microseconds(board: Bare) -> None:
    exchange(board, 0, 0)
    exchange(board, 20_000, ACK | CLAMP | COOLANT | SPINDLE, 1024)
    board.wait(1)
    board.wires.inputs &= ~0x40
    begin = board.cycle
    board.cycle += 10 * CYCLES_PER_US
    answer = board.process.run(begin, board.cycle, board.wires)
    assert answer.outputs == CLAMP | COOLANT


def test_a_hanging_program_is_reset_by_the_hardware_watchdog(tmp_path: Path) -> None:
    hang = "    logic->last = now;\n"
    start = mutated_hex(tmp_path, "app/logic.c", hang, hang + "    while (command[0] & 0x8000) {\n    }\n")
    board = Bare(start, tmp_path)
    exchange(board, 0, ACK | CLAMP)
    board.ask(rtu.write_registers(ADDRESS, 0x1000, (0, 20_000, 0x8000, 0, 0, 0, 0, 0, 0, 0, 0)), 8)
    assert board.wait(220).resets == 1
    assert board.wait(60).resets == 2
    assert register(board, 9) == WATCHDOG
    assert board.wait(1).outputs == 0


def test_an_exchange_takes_the_time_of_its_bytes_and_little_more(board: Bare) -> None:
    shown, took, length = exchange(board, 0, 0), 0, 0
    for n in range(1, 50):
        begin = board.cycle
        shown = exchange(board, n * 20_000, ACK | CLAMP | SPINDLE, 1024)
        assert board.last is not None
        length = 13 + 2 * 11 + len(board.last.sent)
        # libsimavr tells of a byte when it begins to be sent
        took = board.last.last_sent - begin + BYTE_CYCLES
        assert took <= 1.1 * length * BYTE_CYCLES + shown[bench.SCAN_MAX] * CYCLES_PER_US
    print(f"exchange: {took / MS:.2f} ms, wire {length * BYTE_CYCLES / MS:.2f} ms, scan {shown[bench.SCAN_MAX]} us")
    assert shown[bench.SCAN_MAX] < 2000
    assert shown[bench.STACK_FREE] > 800


@pytest.mark.parametrize("io", STATIONS, ids=lambda io: io.name)
def test_the_profile_of_every_station_is_understood(tmp_path: Path, io: StationIO) -> None:
    board = Bare(starter("host"), tmp_path, io)
    assert profile(board, 10 + io.number) == profile_words(io)


@pytest.mark.parametrize("broken", [b"", bytes(1024), b"\xff" * 1024, eeprom_image(MACHINING)[:20] + bytes(1004)])
def test_a_board_without_a_profile_drives_nothing_until_it_gets_one(tmp_path: Path, broken: bytes) -> None:
    board = Bare(starter("host"), tmp_path, image=broken)
    configure = rtu.write_registers(UNCONFIGURED, bench.PROFILE, profile_words(MACHINING))
    read: tuple[int, ...] = ()
    for now, bits in ((0, 0), (20_000, ACK | 0x1F)):
        words = (0, now, bits, 0, 0, 0, 0, 0, 0, 0, 0)
        request = rtu.read_write(UNCONFIGURED, 0x1100, bench.DRIVEN + 1, 0x1000, words)
        read = rtu.registers(request, board.ask(request, rtu.answer_length(request)))
    assert not read[0] & 0x4000
    assert read[bench.DRIVEN] == 0
    board.wait(500)  # nobody asks: its pins are safe, and only then may it be told another station
    assert board.ask(configure, 8) == rtu.frame(configure[:6])
    assert profile(board, ADDRESS) == profile_words(MACHINING)
    board.wait(200)
    operate(board, POWER_CUT)
    assert profile(board, ADDRESS) == profile_words(MACHINING)


def profile(board: Bare, slave: int) -> tuple[int, ...]:
    request = rtu.read(slave, rtu.READ_HOLDING, bench.PROFILE, bench.PROFILE_WORDS)
    return rtu.registers(request, board.ask(request, rtu.answer_length(request)))


def cut_and_look(target: str, folder: Path, cuts: int) -> None:
    """Cut the power at a random cycle of a write of the configuration, or let it sag, again and again."""
    board = Bare(starter(target), folder)
    random = Random(11)
    debounce, torn = 30, 0
    for n in range(cuts):
        new = 20 + n % 50
        board.ask(rtu.frame(bytes([ADDRESS, 6, 0, 16, 0, new])), 8, wait_ms=1)
        # running number, the word and its CRC take four bytes of 3.4 ms
        board.cycle += random.randrange(0, 18 * MS)
        before = board.wait(0)
        torn += before.storing
        seed, sag = random.randrange(1, 1 << 32), n % 2
        if sag:
            operate(board, RUN, seed=seed, supply_mv=random.randrange(1100, 2700), wait_ms=random.randrange(1, 50))
            operate(board, RUN, seed=seed)
        else:
            operate(board, POWER_CUT, seed=seed)
        request = rtu.read(ADDRESS, rtu.READ_HOLDING, 16, 2)
        got, watchdog = rtu.registers(request, board.ask(request, 9))
        assert got in (debounce, new), f"cut {n}: {debounce} or {new}, not {got}"
        assert watchdog == 5
        assert register(board, 9) == (BROWN_OUT if sag else POWER_ON)
        debounce = got
    assert torn > cuts // 2


@pytest.mark.parametrize("target", ["host", "emulated"])
def test_twenty_power_cuts_and_brown_outs_lose_no_configuration(target: str, tmp_path: Path) -> None:
    cut_and_look(target, tmp_path, 20)


@pytest.mark.nightly
def test_two_hundred_power_cuts_and_brown_outs_lose_no_configuration(tmp_path: Path) -> None:
    cut_and_look("emulated", tmp_path, 200)


def test_the_newer_of_two_slots_counts(tmp_path: Path) -> None:
    start = starter("host")
    old, new = list(profile_words(MACHINING)), list(profile_words(MACHINING))
    old[5], new[5] = 25, 35
    for first, second, expected in ((255, 0, 35), (0, 255, 25), (7, 8, 35), (8, 7, 25)):
        image = eeprom_slot(tuple(old), first).ljust(SLOT_STRIDE, b"\xff") + eeprom_slot(tuple(new), second)
        board = Bare(start, tmp_path, image=image.ljust(1024, b"\xff"))
        assert profile(board, ADDRESS)[5] == expected
