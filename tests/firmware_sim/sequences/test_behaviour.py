"""Every program run from end to end with a plant that obeys, at the extremes of its set points."""

from __future__ import annotations

import pytest

from firmware_sim.plc.sequence import Step
from firmware_sim.plc.unit import LOG_MEASURED, LOG_STEP
from firmware_sim.sequences.catalogue import SEQUENCES
from protocols.packml import Command, State
from protocols.stations.images import (
    CONDITION,
    DONE,
    EMPTY,
    GOOD,
    LINK,
    MARK,
    MARK_FAIL,
    MARK_PASS,
    MARK_REWORK,
    NOT_OK,
    SAFETY_OK,
)
from protocols.stations.io_table import BURN_IN, CALIBRATE, END_OF_LINE, KITTING, MACHINING, PACK_OUT, WELD
from protocols.stations.station_io import StationIO
from tests.firmware_sim.plc.unit_bench import UnitBench
from tests.firmware_sim.sequences.sheets import each_extreme, previous_of

HEALTHY = SAFETY_OK | LINK


class Obedient:
    """A station whose every condition comes true a moment after it is asked for, and whose every reading is good.

    `refuses` are inputs that stay as they are, `reads` readings in counts by step name.
    """

    def __init__(self, io: StationIO, settings: dict[str, int] | None = None, *, at_head: int | None = None) -> None:
        self.bench = UnitBench(io, SEQUENCES[io.number], previous_of(io))
        for name, raw in (settings or {}).items():
            self.bench.unit.setpoints.request(io.setpoint(name), raw)
        self.bench.pass_ms(100).unit.setpoints.active[:] = self.bench.unit.setpoints.requested
        self.bench.unit.restored()
        self.io = io
        ready = EMPTY if io is KITTING else GOOD | previous_of(io) << 28
        self.at_head = ready | 7 << 16 if at_head is None else at_head
        self.reads: dict[str, int] = {}
        self.refuses = 0
        self.marks: list[tuple[str, int]] = []
        self.bench.idle().ask(Command.START).until(State.EXECUTE)

    def step(self) -> Step:
        """One scan, and what the plant makes of it."""
        bench = self.bench
        step = bench.unit.step
        value, mask = step.value, step.mask
        if step.branches:
            mask, value = mask | step.branches[0][0], value | step.branches[0][1]
        mask &= 0xFFFF & ~self.refuses
        bench.status = HEALTHY | bench.status & 0xFFFF & ~mask | value & mask | self.at_head
        good = (max(step.low, 0) + min(step.high, 1023)) // 2
        bench.readings[step.record] = self.reads.get(step.name, good)
        mark = bench.scan().unit.command & MARK
        if mark and (not self.marks or self.marks[-1] != (bench.unit.step.name, mark)):
            self.marks.append((bench.unit.step.name, mark))
            self._write(mark)
        return bench.unit.step

    def _write(self, mark: int) -> None:
        """What the plant's write head does to the carrier."""
        if mark == MARK_FAIL:
            self.at_head = self.at_head & ~CONDITION | NOT_OK
        elif mark == MARK_PASS:
            self.at_head = self.at_head & ~DONE | self.io.number << 28
        else:
            self.at_head = self.at_head & ~(CONDITION | DONE) | GOOD | 4 << 28

    def until_verdict(self, at_most_s: int = 300) -> UnitBench:
        """Runs until a robot was counted."""
        for _ in range(at_most_s * 100):
            self.step()
            if self.bench.unit.processed:
                return self.bench
        raise AssertionError(f"no verdict; in step {self.bench.unit.step.name!r}, {self.bench.state.name}")

    def until_again(self, at_most_s: int = 300) -> UnitBench:
        """Runs until the sequence is at its beginning again."""
        left = False
        for _ in range(at_most_s * 100):
            index = self.step().index
            if left and index == 0:
                return self.bench
            left = left or index > 1
        raise AssertionError(f"never ends; in step {self.bench.unit.step.name!r}, {self.bench.state.name}")

    def until_step(self, *names: str, at_most_s: int = 300) -> None:
        """Runs until the sequence enters one of these steps."""
        for _ in range(at_most_s * 100):
            if self.step().name in names:
                return
        raise AssertionError(f"in step {self.bench.unit.step.name!r} instead of {names}")

    @property
    def visited(self) -> list[str]:
        """The names of the steps entered."""
        steps = self.bench.unit.program.steps
        return [steps[index].name for index in self.bench.logged(LOG_STEP)]


@each_extreme
def test_a_whole_cycle_ends_with_a_good_robot_at_any_set_points(io: StationIO, settings: dict[str, int]) -> None:
    station = Obedient(io, settings)
    bench = station.until_again()
    assert (bench.unit.processed, bench.unit.defective) == (1, 0)
    assert bench.reason == 0
    assert [mark for _, mark in station.marks] == [MARK_PASS]
    assert bench.state is State.EXECUTE
    assert bench.unit.setpoints.by_name().items() >= settings.items()


@pytest.mark.parametrize("io", [WELD, MACHINING, CALIBRATE, END_OF_LINE], ids=lambda io: io.name)
def test_any_bad_measurement_makes_a_reject(io: StationIO) -> None:
    judged = [step for step in Obedient(io).bench.unit.program.steps if step.record >= 0]
    assert judged
    for step in judged:
        station = Obedient(io)
        station.reads[step.name] = step.high + 1
        bench = station.until_verdict()
        assert bench.unit.defective == 1, step.name
        assert station.marks == [("Write verdict", MARK_FAIL)]


def test_every_measurement_is_logged_under_its_channel() -> None:
    bench = Obedient(WELD).until_verdict()
    assert len(bench.logged(LOG_MEASURED)) == 3


# ---- what is special about a station
def test_a_kit_of_the_wrong_mass_is_picked_anew_and_does_not_make_a_reject() -> None:
    station = Obedient(KITTING)
    weigh = next(step for step in station.bench.unit.program.steps if step.name == "Weigh kit")
    station.reads["Weigh kit"] = weigh.low - 1
    station.until_step("Empty tray")
    station.reads.clear()
    bench = station.until_verdict()
    assert station.visited.count("Weigh kit") == 2
    assert (bench.unit.processed, bench.unit.defective) == (1, 0)


def test_a_missing_tray_is_a_timeout_of_its_own_step() -> None:
    station = Obedient(KITTING)
    station.refuses = KITTING.status("tray_present")
    while station.bench.state is State.EXECUTE and station.bench.now < 60_000_000:
        station.step()
    assert station.bench.unit.step.name == "Tray in place"
    assert station.bench.unit.command & KITTING.output("tray_lock") == 0


def test_kitting_lets_robots_pass() -> None:
    station = Obedient(KITTING, at_head=GOOD | 3 << 28 | 7 << 16)
    assert station.until_again().unit.processed == 0
    assert station.visited[:2] == ["Read carrier", "Wait for room"]


def test_a_wrong_crc_is_flashed_again() -> None:
    station = Obedient(CALIBRATE)
    station.refuses = CALIBRATE.status("crc_ok")
    station.until_step("Flash again")
    station.refuses = 0
    bench = station.until_verdict()
    assert station.visited.count("Flash") == 2
    assert bench.unit.defective == 0


@pytest.mark.parametrize(
    ("io", "interval", "service"),
    [(WELD, "dress_after", "Dress tip"), (MACHINING, "tool_life", "Change tool")],
    ids=["weld", "machining"],
)
def test_tools_are_served_after_so_many_robots(io: StationIO, interval: str, service: str) -> None:
    low = io.setpoints[io.setpoint(interval)].low
    station = Obedient(io, {interval: low})
    fresh = station.at_head
    for _ in range(low + 1):
        station.at_head = fresh
        station.until_again()
    assert station.visited.count(service) == 1
    verdicts = [name for name in station.visited if name in {service, "Write verdict"}]
    assert verdicts.index(service) == low - 1


@pytest.mark.parametrize(("reworks", "ways"), [(0, "Divert pallet"), (1, "Divert pallet"), (2, "Release pallet")])
def test_rejects_are_sent_back_twice_and_then_on(reworks: int, ways: str) -> None:
    station = Obedient(END_OF_LINE, at_head=GOOD | 9 << 28 | reworks << 26 | 7 << 16)
    station.reads["Test 1"] = 0
    bench = station.until_verdict()
    # from here on a plant that does not obey the first branch of "Sort" but shows the carrier
    station.until_step("Divert pallet", "Release pallet")
    assert bench.unit.step.name == ways
    expected = [("Write verdict", MARK_FAIL)]
    assert station.marks == (expected if reworks == 2 else [*expected, ("Write rework", MARK_REWORK)])


def test_robots_that_were_rejected_before_are_sorted_and_not_tested() -> None:
    station = Obedient(END_OF_LINE, at_head=NOT_OK | 6 << 28 | 7 << 16)
    station.until_step("Divert pallet")
    assert not [name for name in station.visited if name.startswith("Test")]
    assert station.marks == [("Write rework", MARK_REWORK)]
    assert station.bench.unit.processed == 0


def test_a_reject_at_pack_out_is_lifted_off_as_scrap() -> None:
    station = Obedient(PACK_OUT, at_head=NOT_OK | 10 << 28 | 7 << 16)
    bench = station.until_again()
    assert (bench.unit.processed, bench.unit.defective) == (1, 1)
    assert station.marks == [("Take robot over", MARK_FAIL)]
    assert "Print label" not in station.visited


def test_an_empty_pallet_passes_pack_out() -> None:
    station = Obedient(PACK_OUT, at_head=EMPTY | 7 << 16)
    assert station.until_again().unit.processed == 0


def test_a_reject_passes_the_carousel_without_a_verdict() -> None:
    station = Obedient(BURN_IN, at_head=NOT_OK | 9 << 28 | 7 << 16)
    station.bench.status |= BURN_IN.status("unload_present")
    station.until_step("Eject")
    assert station.marks == []


def test_the_carousel_indexes_empty_slots_on() -> None:
    """Nothing to unload and a robot in the loading slot: it soaks and indexes without waiting for a pallet."""
    station = Obedient(BURN_IN)
    station.refuses = BURN_IN.status("unload_present")
    station.until_step("Index")
    assert "Wait for robot" not in station.visited
    assert "Soak" in station.visited


@pytest.mark.parametrize("soak_time", [60, 360, 1_200])
def test_seven_soaks_last_as_long_as_the_set_point(soak_time: int) -> None:
    """The other seconds of a cycle, which the carousel spends on loading and indexing, count too."""
    program = Obedient(BURN_IN, {"soak_time": soak_time}).bench.unit.program
    soak = next(step for step in program.steps if step.name == "Soak")
    assert 7 * soak.dwell_us <= soak_time * 1_000_000 <= 7 * (soak.dwell_us + 7_000_000)
