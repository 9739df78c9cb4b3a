"""The test bench finds defects, the diverter sends pallets to the rework lane."""

from __future__ import annotations

from plant.conveyor import Conveyor
from plant.pallet import GOOD
from plant.stations.end_of_line import EndOfLine
from tests.plant.bench import SECOND, StationBench


class Diverting(StationBench[EndOfLine]):
    def __init__(self, *, outfeed: int = 2, lane: int = 2) -> None:
        super().__init__(EndOfLine, 10, outfeed=outfeed)
        self.lane = Conveyor(self.agenda, lane, SECOND, running=True)
        self.station.connect_lane(self.lane, 4)
        self.switch("infeed_motor", True)
        for number in (1, 2, 3):
            self.feed(number, condition=GOOD)

    def wait(self, seconds: float) -> None:
        self.run(self.now + int(seconds * SECOND))

    def release(self) -> None:
        self.switch("stopper_open", True)
        self.wait(1)
        self.switch("stopper_open", False)
        self.wait(3)

    @property
    def went(self) -> tuple[list[int], list[int]]:
        return [p.number for p in self.outfeed.pallets], [p.number for p in self.lane.pallets]


def test_the_diverter_decides_the_way() -> None:
    it = Diverting()
    it.wait(3)
    it.release()
    it.switch("divert", True)
    it.release()
    it.switch("divert", False)
    it.release()
    assert it.went == ([1, 3], [2])


def test_the_way_is_fixed_when_the_pallet_sets_out() -> None:
    it = Diverting()
    it.wait(3)
    it.switch("stopper_open", True)
    it.wait(0.3)
    it.switch("divert", True)
    it.wait(0.7)
    it.switch("stopper_open", False)
    assert it.went == ([1], [])


def test_a_pallet_that_waits_for_room_goes_when_it_is_diverted_to_where_there_is_some() -> None:
    it = Diverting(outfeed=1)
    it.wait(3)
    it.release()
    it.switch("stopper_open", True)
    it.wait(10)
    assert it.went == ([1], [])
    it.switch("divert", True)
    it.wait(1)
    assert it.went == ([1], [2])


def test_the_lanes_eye_is_on_the_strip() -> None:
    it = Diverting(lane=1)
    it.wait(3)
    assert it.sees("rework_clear")
    it.switch("divert", True)
    it.release()
    it.wait(60)
    assert not it.sees("rework_clear")
    it.lane.take(it.now)
    assert it.sees("rework_clear")


def test_the_bench_finds_what_others_have_left() -> None:
    def torques(defects: int) -> float:
        it = Diverting()
        it.wait(3)
        pallet = it.station.pallet
        assert pallet is not None
        assert pallet.robot is not None
        pallet.robot.defects = defects
        readings = []
        for _ in range(50):
            it.switch("bench_start", True)
            it.wait(21)
            assert it.sees("bench_done")
            readings.append(it.station.signals["bench_torque"].value(it.now))
            it.switch("bench_start", False)
        return sum(readings) / len(readings)

    assert abs(torques(0) - 70.0) < 4 * 2.0 / 50**0.5
    assert abs(torques(1 << 5) - 54.0) < 4 * 2.0 / 50**0.5
