"""The handshake of robots, nutrunners, testers: start, done, fault."""

from __future__ import annotations

from plant.device import Device
from plant.mechanism import JAM, MAINS, SAFETY
from tests.plant.bench import SECOND, Bench


class DeviceBench(Bench):
    def __init__(self) -> None:
        super().__init__("done", "fault")
        self.told: list[tuple[str, int]] = []
        self.device = Device(
            self.agenda,
            self.terminals,
            "robot",
            self.random,
            done="done",
            fault="fault",
            seconds={0: 10.0, 9: 2.0},
            begins=lambda now, program: self.told.append(("begins", program)),
            ends=lambda now, program: self.told.append(("ends", program)),
        )

    def start(self, on: bool = True) -> int:
        self.device.start(self.now, on)
        return self.now

    def wait(self, seconds: float) -> None:
        self.run(self.now + int(seconds * SECOND))


def test_start_done_and_back() -> None:
    bench = DeviceBench()
    bench.start()
    bench.wait(9.3)
    assert not bench.sees("done")
    bench.wait(1.4)
    assert bench.sees("done")
    assert 9.4 * SECOND <= bench.when("done", 1) <= 10.6 * SECOND
    bench.wait(5.0)
    assert bench.sees("done")
    bench.start(False)
    assert not bench.sees("done")
    assert bench.told == [("begins", 0), ("ends", 0)]


def test_durations_spread_by_six_percent() -> None:
    bench = DeviceBench()
    durations = []
    for _ in range(100):
        begin = bench.start()
        bench.wait(12.0)
        durations.append((bench.edges[-1][0] - begin) / SECOND)
        bench.start(False)
    assert 9.4 <= min(durations) < 9.5
    assert 10.5 < max(durations) <= 10.6


def test_the_program_is_taken_with_the_start() -> None:
    """A number presented while another program runs is for the next start."""
    bench = DeviceBench()
    bench.device.select(0, 9)
    bench.start()
    bench.device.select(0, 4)
    bench.wait(2.2)
    assert bench.sees("done")
    bench.start(False)
    bench.start()
    bench.wait(2.2)
    assert not bench.sees("done")  # 4 is not listed: 10 s
    bench.wait(9.0)
    assert bench.told == [("begins", 9), ("ends", 9), ("begins", 4), ("ends", 4)]


def test_taking_the_start_away_drops_the_program() -> None:
    bench = DeviceBench()
    bench.start()
    bench.wait(5.0)
    bench.start(False)
    bench.wait(60.0)
    assert bench.told == [("begins", 0)]
    begin = bench.start()
    bench.wait(11.0)
    assert bench.when("done", 1) - begin >= 9.4 * SECOND


def test_a_jam_raises_the_fault_and_stops_the_clock() -> None:
    bench = DeviceBench()
    bench.start()
    bench.wait(5.0)
    bench.device.inhibit(bench.now, JAM, True)
    assert bench.sees("fault")
    bench.wait(100.0)
    bench.device.inhibit(bench.now, JAM, False)
    assert not bench.sees("fault")
    bench.wait(6.0)
    assert 109.4 * SECOND <= bench.when("done", 1) <= 110.6 * SECOND


def test_a_program_started_without_power_begins_with_the_power() -> None:
    bench = DeviceBench()
    bench.device.inhibit(0, MAINS, True)
    bench.start()
    bench.wait(30.0)
    assert bench.told == []
    bench.device.inhibit(bench.now, MAINS, False)
    assert bench.told == [("begins", 0)]
    bench.wait(11.0)
    assert 39.4 * SECOND <= bench.when("done", 1) <= 40.6 * SECOND
    assert not bench.sees("fault")


def test_after_a_safety_stop_only_a_new_start_counts() -> None:
    bench = DeviceBench()
    bench.start()
    bench.wait(5.0)
    bench.device.inhibit(bench.now, SAFETY, True)
    bench.wait(5.0)
    bench.device.inhibit(bench.now, SAFETY, False)
    bench.wait(60.0)
    assert not bench.sees("done")
    bench.start(False)
    begin = bench.start()
    bench.wait(11.0)
    assert bench.when("done", 1) - begin >= 9.4 * SECOND
    assert bench.told == [("begins", 0), ("begins", 0), ("ends", 0)]


def test_done_outlasts_a_safety_stop() -> None:
    bench = DeviceBench()
    bench.start()
    bench.wait(11.0)
    bench.device.inhibit(bench.now, SAFETY, True)
    bench.device.inhibit(bench.now, SAFETY, False)
    bench.wait(60.0)
    assert bench.sees("done")
    assert bench.told == [("begins", 0), ("ends", 0)]
