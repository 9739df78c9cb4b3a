"""Station 10: a test bench loads the robot; rejects go back to joint assembly or on to be scrapped."""

from __future__ import annotations

from typing import Final

from plant.conveyor import Conveyor
from plant.device import Device
from plant.pallet import Pallet
from plant.station import FAIL, PASS, Station

#: Torque (N·m) that a hidden defect costs on the bench.
_DEFECT_NM: Final = 16.0


class EndOfLine(Station):
    """Clamp, test bench, diverter to the rework lane."""

    title = "End-of-line test"
    sensors = ("clamped", "bench_done")
    finds = True

    def fit(self) -> None:
        a, t = self.agenda, self.terminals
        self.clamp = self.part_clamp()
        self.bench = Device(
            a,
            t,
            "test bench",
            self.streams.stream(self.number, "bench"),
            done="bench_done",
            fault="bench_fault",
            seconds={0: 18.2},
            ends=self._tested,
        )
        self.mechanisms = [self.clamp, self.bench]
        self.switches["clamp"] = self.clamp.drive
        self.switches["bench_start"] = self.bench.start
        self.switches["divert"] = self._divert
        self.selects = self.bench.select
        self.lane: Conveyor | None = None
        self.diverting = False

    STATE = (*Station.STATE, "diverting")

    def connect_lane(self, lane: Conveyor, before: int) -> None:
        """Where diverted pallets go; `before` is the number of the station in front of the lane's end."""
        self.lane = lane
        self.rework_after = before
        lane.feeder(self.try_release)
        lane.eyes.append(self._lane_eye)
        self.terminals.initial(self.terminals.bit("rework_clear"))

    def way_out(self) -> Conveyor | None:
        return self.lane if self.diverting else self.outlet

    def by_hand(self, now: int, pallet: Pallet, chance: bool) -> bool:
        """A person with a torque wrench finds a defect by `chance`; nobody sends robots back to rework."""
        found = chance and pallet.robot is not None and pallet.robot.defects != 0
        self.write(now, pallet, FAIL if found else PASS)
        return not found

    def _divert(self, now: int, on: bool) -> None:
        self.diverting = on
        self.try_release(now)

    def _lane_eye(self, now: int, clear: bool) -> None:
        (self.terminals.set if clear else self.terminals.clear)(now, self.terminals.bit("rework_clear"))

    def _tested(self, now: int, program: int) -> None:
        pallet = self.pallet
        defects = pallet.robot.defects if pallet is not None and pallet.robot is not None else 0
        self.signals["bench_torque"].hold(now, self.draw(70.0 - (_DEFECT_NM if defects else 0.0), 2.0))
        self.signals["bench_current"].hold(now, self.draw(24.0, 1.6))
