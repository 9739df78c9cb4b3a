"""An emulated board is saved and goes on in another process as if nothing had been."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

import pytest

from hil.emulated_board import EmulatedBoard
from protocols.errors import LinkError
from protocols.stations.images import ACKNOWLEDGE, SPEED, TARGET, put
from protocols.stations.io_table import BURN_IN, KITTING, MACHINING
from protocols.stations.station_io import StationIO
from tests.hil.driving import Level, Strip, drive
from tests.hil.toolbox import starter

STEP = 20_000


def copied(board: EmulatedBoard) -> EmulatedBoard:
    """Another board with the state of this one."""
    copy = EmulatedBoard(board.io, board.terminals, starter("emulated"), every=board.every)
    for name in board.STATE:
        setattr(copy, name, getattr(board, name))
    for name in board._wires.STATE:
        setattr(copy._wires, name, getattr(board._wires, name))
    copy.restored()
    return copy


@pytest.mark.parametrize("io", [KITTING, MACHINING, BURN_IN], ids=lambda io: io.name)
def test_a_life_in_many_bodies_is_one_life(io: StationIO) -> None:
    """Power cuts, silences, trips and motions lie on both sides of the changes."""
    random, changes, unpowered = Random(io.number), 0, 0

    def renew(board: EmulatedBoard) -> EmulatedBoard:
        nonlocal changes, unpowered
        down = board._wires.supply_mv < 2700
        if random.random() > (0.9 if down else 0.04):
            return board
        changes += 1
        unpowered += down
        copy = copied(board)
        board.close()
        return copy

    for now, model, shown in drive(io, starter("emulated"), 22, 4000, renew=renew):
        assert shown == model, f"at {now} us"
    assert changes > 100
    assert unpowered > 0


def moving(exchanges: int) -> EmulatedBoard:
    board = EmulatedBoard(KITTING, Strip((Level(),)), starter("emulated"), every=True)
    for n in range(exchanges):
        board.exchange(n * STEP, COMMAND if n else 0)
    return board


COMMAND = ACKNOWLEDGE | put(9000, TARGET) | put(6000, SPEED)


def test_both_bodies_do_the_same_in_the_same_cycles() -> None:
    board = moving(12)
    copy = copied(board)
    assert seen(board).steps > 0
    behind = board._cycle(0) - copy._cycle(0)
    for n in range(12, 130):
        now = n * STEP
        assert copy.exchange(now, COMMAND) == board.exchange(now, COMMAND)
        here, there = seen(board), seen(copy)
        assert there[:3] == here[:3]
        assert abs(there.steps - here.steps) <= 1  # the prescaler's phase is not kept
        assert here.last_sent - there.last_sent == pytest.approx(behind, abs=300)
    for n in range(5):
        now = (131 + n) * STEP
        for each in (board, copy):
            each.idle(now, 129 * STEP)
    assert seen(copy) == seen(board)
    assert seen(board).steps == 9000


class Seen(NamedTuple):
    sent: bytes
    outputs: int
    duty: tuple[int, int]
    steps: int
    last_sent: int


def seen(board: EmulatedBoard) -> Seen:
    """What a board showed at the end of what it last did."""
    answer = board.last
    assert answer is not None
    return Seen(answer.sent, answer.outputs, answer.duty, answer.steps, answer.last_sent)


def test_saving_changes_nothing_and_says_the_same_twice() -> None:
    board, other = moving(8), moving(8)
    assert board.image == board.image
    for n in range(8, 60):
        assert board.exchange(n * STEP, COMMAND) == other.exchange(n * STEP, COMMAND)
        assert seen(board) == seen(other)


def test_the_state_of_another_firmware_is_refused() -> None:
    board = moving(3)
    copy = EmulatedBoard(KITTING, board.terminals, starter("emulated"))
    copy.image = "0123456789abcdef" + board.image[16:]
    with pytest.raises(ValueError, match="another firmware"):
        copy.restored()


def test_a_state_that_is_none_is_refused() -> None:
    board = moving(3)
    build, cycle, _, eeprom = board.image.split()
    for text in (f"{build} {cycle} AAAA {eeprom}", f"{build} {cycle} {eeprom} {eeprom}", "nothing"):
        copy = EmulatedBoard(KITTING, board.terminals, starter("emulated"))
        copy.image = text
        with pytest.raises((ValueError, LookupError)):
            copy.restored()


def test_a_board_that_does_not_come_to_rest_cannot_be_saved() -> None:
    board = EmulatedBoard(KITTING, Strip((Level(),)), starter("host"))
    with pytest.raises(LinkError, match="does not come to rest"):
        assert board.image
