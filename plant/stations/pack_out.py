"""Station 12: the robot is weighed, labelled and lifted off; the empty pallet goes home."""

from __future__ import annotations

from plant.cylinder import Cylinder
from plant.device import Device
from plant.mechanism import MAINS, SAFETY
from plant.pallet import GOOD, Pallet
from plant.station import FAIL, PASS, Station


class PackOut(Station):
    """Gripper, scale, labeller, lift."""

    title = "Pack-out"
    sensors = ("lift_up", "lift_down", "label_done", "robot_gripped")

    def fit(self) -> None:
        a, t = self.agenda, self.terminals
        self.grip = Cylinder(
            a,
            t,
            "gripper",
            self.streams.stream(self.number, "grip"),
            extended="robot_gripped",
            extend_us=900_000,
            retract_us=700_000,
        )
        self.label = Device(
            a,
            t,
            "labeller",
            self.streams.stream(self.number, "label"),
            done="label_done",
            seconds={0: 6.0},
            needs=MAINS,
        )
        self.lift = Cylinder(
            a,
            t,
            "lift",
            self.streams.stream(self.number, "lift"),
            extended="lift_up",
            retracted="lift_down",
            extend_us=8_500_000,
            retract_us=7_500_000,
            needs=SAFETY | MAINS,
        )
        self.mechanisms = [self.grip, self.label, self.lift]
        self.switches["gripper"] = self.grip.drive
        self.switches["label_start"] = self.label.start
        self.switches["lift"] = self.lift.drive

    def arrived(self, now: int) -> None:
        robot = self.pallet.robot if self.pallet is not None else None
        self.signals["robot_mass"].hold(now, 0.0 if robot is None else self.draw(50.0, 1.1))

    def due(self, pallet: Pallet, previous: int) -> bool:
        """Rejects are taken off as well."""
        return pallet.robot is not None and (pallet.condition != GOOD or pallet.done == previous)

    def by_hand(self, now: int, pallet: Pallet, chance: bool) -> bool:
        """Taken off with a crane; nothing that could still make a defect."""
        good = pallet.condition == GOOD
        self.write(now, pallet, PASS if good else FAIL)
        return good

    def write(self, now: int, pallet: Pallet, verdict: int) -> None:
        """Either verdict takes the robot off the pallet: packed, or to the scrap bay."""
        robot = pallet.robot
        super().write(now, pallet, verdict)
        if robot is None or verdict not in (PASS, FAIL):
            return
        if verdict == PASS:
            self.ledger.complete(robot)
        else:
            self.ledger.scrap(robot)
        self.empty_pallet(pallet)
