"""Production orders and the figures of the line."""

from __future__ import annotations

from firmware_sim.plc.line import OIL_OK
from protocols.packml import Command, State
from protocols.reasons import Reason
from protocols.stations.io_table import PACK_OUT
from tests.firmware_sim.plc.line_bench import LineBench


# ---- orders
def test_an_order_ends_when_so_many_robots_are_packed() -> None:
    bench = LineBench().producing()
    bench.line.order(7, 2)
    bench.packing = True
    bench.until(State.COMPLETE, at_most_s=300)
    assert bench.line.order_done == 2
    assert bench.units[12].processed == 2
    assert set(bench.pass_s(5).states.values()) == {State.COMPLETE}


def test_scrap_is_not_packed() -> None:
    bench = LineBench().producing()
    bench.line.order(7, 1)
    bench.packing = True
    bench.units[12].setpoints.request(PACK_OUT.setpoint("mass_high"), 500)  # the scale reads 50.8 kg
    bench.pass_s(120)
    assert bench.units[12].defective == bench.units[12].processed >= 2
    assert bench.line.order_done == bench.line.rate(bench.now) == 0
    assert bench.line.state is State.EXECUTE


def test_a_line_without_an_order_goes_on_for_ever() -> None:
    bench = LineBench().producing()
    bench.packing = True
    assert bench.pass_s(180).line.order_done >= 3
    assert bench.line.state is State.EXECUTE


def test_a_new_order_counts_from_its_beginning() -> None:
    bench = LineBench().producing()
    bench.packing = True
    bench.pass_s(120)
    done = bench.line.order_done
    assert done >= 2
    bench.line.order(8, 50)
    assert bench.line.order_done == 0
    bench.line.order(9, 1)
    bench.until(State.COMPLETE, at_most_s=120)
    assert bench.units[12].processed == done + 1


def test_after_complete_the_same_order_is_run_again() -> None:
    bench = LineBench().producing()
    bench.line.order(7, 1)
    bench.packing = True
    bench.until(State.COMPLETE, at_most_s=120).ask(Command.RESET).until(State.IDLE).ask(Command.START)
    bench.until(State.EXECUTE).until(State.COMPLETE, at_most_s=120)
    assert bench.units[12].processed == 2


# ---- figures
def test_the_rate_is_that_of_the_last_hour() -> None:
    bench = LineBench().producing()
    bench.packing = True
    bench.pass_s(120)
    packed = bench.line.order_done
    assert bench.line.rate(bench.now) == packed
    last = bench.line.completions[-1]
    assert bench.line.rate(last + 3_600_000_000 - 1) == 1
    assert bench.line.rate(last + 3_600_000_000) == 0


def test_a_line_with_a_station_down_is_not_available() -> None:
    bench = LineBench().producing()
    began = bench.now
    before = bench.line.ratios(began).availability
    bench.hold(2).pass_s(30)
    down = bench.line.ratios(bench.now).availability
    assert down < before
    bench.units[2].detained = False
    bench.units[2].ask(Command.UNHOLD, Reason.OPERATOR)
    bench.pass_s(120)
    expected = 1000 * (bench.now - 30_000_000 - _standing(bench, began)) // bench.now
    assert abs(bench.line.ratios(bench.now).availability - expected) <= 1


def _standing(bench: LineBench, until: int) -> int:
    """How long a station was down before `until`: from power-up to clearing."""
    return min(t for t, log, value in bench.log if log == 64 + 32 and value == State.CLEARING and t < until)


def test_the_newest_fault_is_named() -> None:
    bench = LineBench().producing().guard(4, closed=False).pass_s(1)
    assert (bench.line.newest_station, bench.line.newest_reason) == (4, Reason.SAFETY)
    bench.supply(OIL_OK, there=False).pass_s(1)
    assert (bench.line.newest_station, bench.line.newest_reason) == (2, Reason.UTILITY)
