"""The firmware's own interlocks: what the profile forbids is withheld, whatever the PLC commands."""

from __future__ import annotations

import pytest

from protocols.stations.images import INTERLOCK, SAFETY_OK, TRIPPED
from protocols.stations.io_table import KITTING, PRESS, STATIONS
from protocols.stations.station_io import StationIO
from tests.firmware_sim.bench import Bench

RULES = [(io, output, condition) for io in STATIONS for output, condition in io.forbid]

every_rule = pytest.mark.parametrize(
    ("io", "output", "condition"), RULES, ids=lambda x: x if isinstance(x, str) else x.code
)


def _without(io: StationIO, condition: str) -> str:
    return " ".join(name for name in io.inputs if name != condition)


@every_rule
def test_an_output_is_withheld_while_its_condition_is_missing(io: StationIO, output: str, condition: str) -> None:
    bench = Bench(io).inputs(_without(io, condition)).ready().outputs(" ".join(io.outputs)).pass_ms(1_000)
    forbidden = {out for out, needed in io.forbid if needed == condition}
    assert output in forbidden
    assert bench.on == set(io.outputs) - forbidden
    assert bench.shows(INTERLOCK)


@every_rule
def test_it_is_taken_when_its_condition_goes_and_given_again_when_it_is_commanded_anew(
    io: StationIO, output: str, condition: str
) -> None:
    bench = Bench(io).inputs(" ".join(io.inputs)).ready().outputs(output).once()
    assert bench.on == {output}
    assert not bench.shows(INTERLOCK)
    bench.inputs(_without(io, condition)).pass_ms(60)
    assert not bench.on
    assert bench.shows(INTERLOCK)
    bench.inputs(" ".join(io.inputs)).pass_ms(60)
    assert not bench.on
    assert bench.shows(INTERLOCK)
    bench.outputs().once()
    assert not bench.shows(INTERLOCK)
    bench.outputs(output).once()
    assert bench.on == {output}
    assert not bench.shows(INTERLOCK)


def test_each_withholding_is_counted_once() -> None:
    bench = Bench(KITTING).ready()
    for count in (1, 2, 3):
        bench.outputs("tray_lock").pass_ms(500)
        assert bench.board.interlock_trips == count
        bench.outputs().once()
        assert not bench.shows(INTERLOCK)


def test_a_second_missing_condition_is_no_second_withholding() -> None:
    bench = Bench(PRESS).inputs("curtain_clear").ready().outputs("ram_advance").pass_ms(100)
    bench.inputs().pass_ms(100).inputs("curtain_clear").pass_ms(100)
    assert bench.shows(INTERLOCK)
    assert bench.board.interlock_trips == 1


def test_a_tripped_board_gives_nothing_and_so_withholds_nothing() -> None:
    bench = Bench(PRESS).ready().outputs("ram_advance").pass_ms(100)
    assert bench.shows(INTERLOCK)
    bench.inputs(safe=False).pass_ms(100)
    assert bench.shows(TRIPPED)
    assert not bench.status & (INTERLOCK | SAFETY_OK)
