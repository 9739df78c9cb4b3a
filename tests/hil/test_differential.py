"""The C firmware against the firmware in Python: random lives, extremes included, compared at every exchange."""

from __future__ import annotations

import pytest

from hil import toolchain
from hil.board_process import hosted
from protocols.stations.io_table import BURN_IN, BY_NUMBER, KITTING, MACHINING, PRESS
from protocols.stations.station_io import StationIO
from tests.hil.driving import drive
from tests.hil.toolbox import need_compiler, starter

KINDS = pytest.mark.parametrize("io", [KITTING, PRESS, MACHINING, BURN_IN], ids=lambda io: io.name)
MINUTE = 3000  # exchanges


@KINDS
def test_the_host_build_lives_the_same_life(io: StationIO) -> None:
    for now, model, board in drive(io, starter("host"), 1, 6 * MINUTE):
        assert board == model, f"at {now} us"


@KINDS
def test_the_clock_may_wrap(io: StationIO) -> None:
    for now, model, board in drive(io, starter("host"), 2, MINUTE, origin_us=(1 << 32) - 20_000_000 // 2):
        assert board == model, f"at {now} us"


@pytest.mark.parametrize("io", [PRESS, MACHINING], ids=lambda io: io.name)
def test_the_hex_lives_the_same_life(io: StationIO) -> None:
    for now, model, board in drive(io, starter("emulated"), 3, MINUTE // 2):
        assert board == model, f"at {now} us"


def test_the_sanitized_build_lives_the_same_life() -> None:
    need_compiler()
    for now, model, board in drive(MACHINING, lambda file: hosted(file, *toolchain.SANITIZERS), 4, 2 * MINUTE):
        assert board == model, f"at {now} us"


@pytest.mark.nightly
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("number", sorted(BY_NUMBER))
def test_two_hours_on_the_host_build(number: int) -> None:
    for now, model, board in drive(BY_NUMBER[number], starter("host"), 5, 120 * MINUTE):
        assert board == model, f"at {now} us"
