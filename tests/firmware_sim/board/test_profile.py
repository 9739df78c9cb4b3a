"""What a board knows of its station, derived from the I/O table."""

from __future__ import annotations

from firmware_sim.board.profile import profile
from protocols.stations.images import OUTPUTS
from protocols.stations.io_table import BURN_IN, HARNESS, KITTING, MACHINING, PRESS, STATIONS
from protocols.stations.station_io import StationIO
from tests.firmware_sim.sequences.sheets import each_station


@each_station
def test_masks_are_those_of_the_declaration(io: StationIO) -> None:
    made = profile(io)
    assert made.number == io.number
    assert {name for name in io.outputs if made.keep & io.output(name)} == set(io.keep)
    assert made.keep & ~OUTPUTS == 0
    assert made.forbid == tuple((io.output(output), io.status(condition)) for output, condition in io.forbid)


def test_only_the_heater_is_regulated_and_only_drives_start_softly() -> None:
    assert {io.name: profile(io).regulator for io in STATIONS if profile(io).regulator} == {
        "burn_in": BURN_IN.output("heater")
    }
    assert {io.name: profile(io).soft for io in STATIONS if profile(io).soft} == {
        "press": PRESS.output("ram_advance"),
        "machining": MACHINING.output("spindle"),
    }


def test_a_station_without_an_axis_has_no_stroke() -> None:
    assert (profile(HARNESS).stroke, profile(HARNESS).acceleration) == (0, 1)
    assert (profile(KITTING).stroke, profile(KITTING).acceleration) == (16_000, 20_000)


def test_the_watchdog_is_a_whole_number_of_exchanges() -> None:
    assert profile(KITTING).watchdog_us == 100_000
    assert profile(KITTING).debounce_us == 30_000
