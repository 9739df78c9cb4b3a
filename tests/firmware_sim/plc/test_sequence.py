"""The language of the sequences: what a row becomes, and what it refuses."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from firmware_sim.plc.sequence import BLOCKED, PATIENCE_US, Branch, Builder, Program, Route, accepted, program
from firmware_sim.plc.unit import SCAN_US
from protocols.errors import MapError
from protocols.packml import Command, State
from protocols.stations.images import DUTY, IN_POSITION, LEVEL, LIMIT, SAFETY_OK, TARGET, word
from protocols.stations.io_table import ASSEMBLY, BURN_IN, KITTING, STATIONS, WELD
from protocols.stations.station_io import Analog
from tests.firmware_sim.plc.unit_bench import UnitBench

ANALOGS = [pytest.param(analog, id=f"{io.code}-{analog.name}") for io in STATIONS for analog in io.analogs]


def _builder() -> Builder:
    return Builder(WELD, {})


# ---- rows
def test_a_row_leads_to_the_next_and_the_last_to_the_first() -> None:
    b = _builder()
    for name in ("a", "b", "c"):
        b.step(name, dwell_s=1)
    a, second, third = b.build()
    assert (a.following, second.following, third.following) == (second, third, a)


def test_labels_can_be_used_before_they_are_set() -> None:
    b = _builder()
    b.step("a", goto="end", branches=(Branch(1, 1, "end"),), when_failed="end", every=2, when_due="end")
    b.step("b")
    b.step("c", label="end")
    a, _, c = b.build()
    assert a.following is c
    assert a.branches == ((1, 1, c),)
    assert a.when_failed is c
    assert a.when_due is c


def test_conditions_become_masks() -> None:
    b = Builder(KITTING, {})
    mask, value = b.condition("in_position !axis_home safety_ok at_tray_mass")
    assert mask == IN_POSITION | KITTING.status("axis_home") | SAFETY_OK | LEVEL[0]
    assert value == mask & ~KITTING.status("axis_home")
    assert b.condition("") == (0, 0)


@pytest.mark.parametrize(
    "row",
    [
        {"on": "no_such_output"},
        {"until": "no_such_input"},
        {"until": "!at_no_such_input"},
        {"reach": {"no_such_input": 1}},
        {"record": "no_such_input"},
    ],
)
def test_a_name_that_does_not_exist_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(MapError, match="ST03"):
        _builder().step("a", **row)  # type: ignore[arg-type]


@pytest.mark.parametrize("row", [{"goto": "nowhere"}, {"when_failed": "nowhere"}, {"when_due": "nowhere"}])
def test_a_jump_to_nowhere_is_refused(row: dict[str, str]) -> None:
    b = _builder()
    b.step("a", **row)  # type: ignore[arg-type]
    with pytest.raises(MapError, match="nowhere"):
        b.build()


def test_registers_stay_and_comparators_do_not() -> None:
    b = _builder()
    b.step("a", target=5, duty=7, reach={"gas_flow": 300})
    b.step("b", target=6)
    first, second = b.build()
    assert (word(first.out, TARGET), word(first.out, DUTY), word(first.out, LIMIT[1])) == (5, 7, 1023)
    assert (word(second.out, TARGET), word(second.out, DUTY), word(second.out, LIMIT[1])) == (6, 7, 0)


def test_a_comparator_at_the_very_bottom_is_still_a_comparator() -> None:
    b = _builder()
    b.step("a", reach={"gas_flow": 0})
    assert word(b.build()[0].out, LIMIT[1]) == 1


def test_a_limit_counts_on_top_of_the_dwell_and_patience_replaces_it() -> None:
    b = _builder()
    b.step("a", until="clamped", dwell_s=3, limit_s=5)
    b.step("b", until="outfeed_clear", waits=BLOCKED)
    first, second = b.build()
    assert first.limit_us == 8_000_000
    assert second.limit_us == PATIENCE_US


def test_what_a_step_looks_at_is_what_it_cares_for() -> None:
    b = _builder()
    b.step("a", until="clamped", branches=(Branch(2, 2, "a"), Branch(1 << 20, 0, "a")), label="a")
    b.step("b", dwell_s=1)
    first, second = b.build()
    assert first.care == WELD.status("clamped") | 2 | 1 << 20
    assert not first.pure_dwell
    assert second.care == 0
    assert second.pure_dwell


def test_the_heater_goes_on_in_every_state_with_its_set_point() -> None:
    b = Builder(BURN_IN, {})
    b.step("a", on="heater", duty=400)
    made = program(b, home="ejector_home", home_on="eject", idle_on="heater")
    for image in (made.idle_out, made.home_out):
        assert image & BURN_IN.output("heater")
        assert word(image, DUTY) == 400
    assert made.home_out & BURN_IN.output("eject")
    assert not made.idle_out & BURN_IN.output("eject")


# ---- windows
@pytest.mark.parametrize("analog", ANALOGS)
def test_a_reading_is_accepted_if_the_value_it_shows_lies_in_the_window(analog: Analog) -> None:
    span = analog.high - analog.low
    for share in ((0, 10), (1, 1), (3, 7), (5, 6), (9, 10)):
        low, high = (analog.low + span * part // 10 for part in share)
        first, last = accepted(analog, low, high)
        shown = {counts for counts in range(1024) if low <= analog.raw(counts) <= high}
        assert set(range(first, min(last, 1023) + 1)) == shown


# ---- branches
def test_a_branch_that_is_true_already_is_taken_although_the_step_waits_for_something_else() -> None:
    """The unit must promise to look again at once, not at the step's limit."""
    bench = UnitBench(WELD, _forking).idle().inputs("gas_ok").ask(Command.START).until(State.EXECUTE)
    entered = bench.now
    assert bench.scan().unit.index == 1
    assert bench.unit.wake_us == entered + SCAN_US
    assert bench.scan().unit.index == 2


def _forking(settings: Mapping[str, int], route: Route) -> Program:
    b = Builder(WELD, {})
    gas = b.condition("gas_ok")
    b.step("Go")
    b.step("Fork", until="clamped", branches=(Branch(*gas, "gas"),))
    b.step("Gas", dwell_s=1, label="gas")
    return program(b, home="!clamped")


def test_the_press_window_of_assembly_is_as_wide_as_it_says() -> None:
    window = accepted(ASSEMBLY.analogs[0], 150, 172)
    assert [ASSEMBLY.analogs[0].raw(counts) for counts in window] == [150, 172]
