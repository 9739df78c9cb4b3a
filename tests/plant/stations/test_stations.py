"""What is particular to the other stations."""

from __future__ import annotations

import pytest

from plant.line import KINDS
from plant.pallet import GOOD, NOT_OK, Pallet
from plant.station import FAIL, PASS, REWORK
from plant.stations.kitting import SET_KG
from plant.stations.machining import TOOL_CHANGER
from plant.stations.pack_out import PackOut
from plant.stations.weld import TIP_DRESS
from protocols.stations.io_table import BY_NUMBER
from tests.plant.bench import SECOND, StationBench


@pytest.mark.parametrize("number", sorted(KINDS))
def test_every_output_moves_something_and_every_sensor_that_may_blind_exists(number: int) -> None:
    bench = StationBench(KINDS[number], number)
    assert set(bench.station.switches) == set(BY_NUMBER[number].outputs)
    assert set(bench.station.sensors) <= set(BY_NUMBER[number].inputs)
    assert bench.station.mechanisms
    names = [m.name for m in bench.station.mechanisms]
    assert len(set(names)) == len(names)


class Worked:
    """A station with a good robot at its stop, driven output by output."""

    def __init__(self, number: int) -> None:
        self.bench = StationBench(KINDS[number], number)
        self.station = self.bench.station
        self.bench.switch("infeed_motor", True)
        self.pallet = self.bench.feed(9, condition=GOOD)
        self.wait(3)

    def on(self, name: str, seconds: float = 0.0) -> None:
        self.bench.switch(name, True)
        self.wait(seconds)

    def off(self, name: str, seconds: float = 0.0) -> None:
        self.bench.switch(name, False)
        self.wait(seconds)

    def move(self, target: int) -> None:
        self.station.move(self.bench.now, target, 2000)
        self.wait(20)

    def wait(self, seconds: float) -> None:
        self.bench.run(self.bench.now + int(seconds * SECOND))

    def mark(self, verdict: int) -> None:
        self.station.mark(self.bench.now, verdict)

    def value(self, signal: str) -> float:
        return self.station.signals[signal].value(self.bench.now)

    def sees(self, name: str) -> bool:
        return self.bench.sees(name)


# ---- kitting
def pick(it: Worked, at: int) -> None:
    it.move(at)
    it.on("gripper_lower", 1)
    it.on("gripper_close", 1)
    it.off("gripper_lower", 1)


def put_down(it: Worked, at: int, *, lowered: bool = True) -> None:
    it.move(at)
    if lowered:
        it.on("gripper_lower", 1)
    it.off("gripper_close", 1)
    it.off("gripper_lower", 1)


def test_two_sets_from_their_bins_make_a_kit() -> None:
    it = Worked(1)
    assert it.sees("tray_present")
    for place in (7000, 14000):
        pick(it, place)
        put_down(it, 0)
    assert it.value("tray_mass") == pytest.approx(2 * SET_KG, abs=0.5)
    it.on("tray_lock")
    assert it.value("tray_mass") == 0.0


@pytest.mark.parametrize(("bin_at", "tray_at", "lowered"), [(7000, 3000, True), (7000, 0, False), (0, 0, True)])
def test_a_set_not_fetched_or_dropped_beside_the_tray_does_not_count(bin_at: int, tray_at: int, lowered: bool) -> None:
    it = Worked(1)
    pick(it, bin_at)
    put_down(it, tray_at, lowered=lowered)
    assert it.value("tray_mass") == 0.0


# ---- welding, machining
def test_the_weld_tip_wears_and_is_dressed() -> None:
    it = Worked(3)

    def weld(program: int = 0) -> float:
        it.station.select(it.bench.now, program)
        it.on("robot_start", 20)
        assert it.sees("robot_done")
        current = it.value("weld_current")
        it.off("robot_start", 1)
        return current

    fresh = [weld() for _ in range(30)]
    for _ in range(300):
        weld()
    worn = [weld() for _ in range(30)]
    assert it.station.worn == pytest.approx(360 * 0.0067)
    assert sum(fresh) / 30 - sum(worn) / 30 == pytest.approx(12.0 * 330 * 0.0067, abs=4 * 4 * (2 / 30) ** 0.5)
    assert weld(TIP_DRESS) == 0.0
    assert it.station.worn == 0.0


def test_the_cutting_tool_wears_with_every_robot_and_is_changed_at_the_end_of_the_axis() -> None:
    it = Worked(4)
    for _ in range(10):
        it.mark(PASS)
    assert it.station.worn == pytest.approx(0.17)
    it.move(TOOL_CHANGER - 1)
    assert it.station.worn > 0.0
    it.move(TOOL_CHANGER)
    assert it.station.worn == 0.0


# ---- harness, power cell
def test_every_circuit_is_tested_anew() -> None:
    it = Worked(6)
    for circuit in (1, 2):  # without disconnecting in between
        it.station.select(it.bench.now, circuit)
        it.wait(1.3)
        assert not it.sees("continuity_ok")
        it.wait(0.4)
        assert it.sees("continuity_ok")
    it.station.select(it.bench.now, 0)
    assert not it.sees("continuity_ok")


def test_the_harness_is_discharged_only_when_the_voltage_is_down() -> None:
    it = Worked(6)
    discharged = [it.sees("discharged")]
    it.on("high_voltage", 3)
    discharged.append(it.sees("discharged"))
    assert it.value("test_voltage") == 500.0
    assert it.value("insulation") > 0.0
    it.off("high_voltage")
    while not it.sees("discharged"):
        it.wait(0.01)
    assert it.value("test_voltage") == 0.0
    assert discharged == [True, False]


def test_the_power_cell_heats_under_load_and_its_bus_discharges() -> None:
    it = Worked(7)
    assert it.sees("cell_seated")
    cold = it.value("cell_temperature")
    it.on("precharge", 10)
    it.on("contactor", 20)
    assert it.sees("contactor_closed")
    assert it.value("bus_voltage") == pytest.approx(48.0, abs=0.4)
    assert it.value("cell_temperature") == pytest.approx(cold + 6.0)
    it.off("contactor")
    it.off("precharge", 10)
    assert it.value("bus_voltage") < 0.5
    assert not it.sees("contactor_closed")
    it.on("stopper_open", 2)
    assert not it.sees("cell_seated")


# ---- marriage, calibration, assembly
def test_camera_and_slide() -> None:
    it = Worked(8)
    offsets = set()
    for _ in range(5):
        it.on("camera_trigger", 0.1)
        offsets.add(it.value("vision_offset"))
        it.off("camera_trigger", 0.1)
        assert it.value("vision_offset") in offsets
    assert len(offsets) == 5
    it.on("slide_start", 60)
    assert it.sees("slide_done")
    assert it.value("insertion_force") > 200.0


def test_a_flash_is_judged_by_its_checksum() -> None:
    it = Worked(9)
    good = 0
    for _ in range(2000):
        it.on("flash_start", 1)
        assert not it.sees("crc_ok")
        it.wait(30)
        assert it.sees("flash_done")
        good += it.sees("crc_ok")
        it.off("flash_start", 1)
    assert 1985 <= good < 2000


def test_a_joint_settles_at_its_offset() -> None:
    it = Worked(9)
    it.on("joint_enable", 10)
    offset = it.value("joint_offset")
    it.wait(10)
    assert it.value("joint_offset") == pytest.approx(offset, abs=1e-9)
    assert 0.0 < abs(offset) < 0.1


def test_the_nutrunner_reports_its_torque() -> None:
    it = Worked(5)
    it.on("nutrunner_start", 13)
    assert it.sees("nutrunner_done")
    assert it.value("nut_torque") == pytest.approx(6.0, abs=1.0)


# ---- pack-out
@pytest.mark.parametrize(("verdict", "packed", "scrapped"), [(PASS, 1, 0), (FAIL, 0, 1), (REWORK, 0, 0)])
def test_pack_out_takes_the_robot_off_its_pallet(verdict: int, packed: int, scrapped: int) -> None:
    it = Worked(12)
    robot = it.pallet.robot
    assert robot is not None
    assert it.value("robot_mass") > 40.0
    it.mark(verdict)
    ledger = it.bench.ledger
    assert (ledger.completed, ledger.scrapped) == (packed, scrapped)
    assert (it.pallet.robot is None) is (verdict != REWORK)
    it.mark(verdict)
    assert (ledger.completed, ledger.scrapped) == (packed, scrapped)
    assert [row[2] for row in robot.results] == [verdict] * (2 if verdict == REWORK else 1)


def test_an_empty_pallet_weighs_nothing() -> None:
    bench = StationBench(PackOut, 12)
    bench.switch("infeed_motor", True)
    bench.infeed.place(0, Pallet(3, None, NOT_OK), 0)
    bench.run(3 * SECOND)
    assert bench.station.signals["robot_mass"].value(bench.now) == 0.0
