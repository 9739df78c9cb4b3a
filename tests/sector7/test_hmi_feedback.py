"""Commanded against sensed: a healthy plant never lacks a feedback, a broken one says which."""

from __future__ import annotations

from hmi.link.feedback import FeedbackWatch
from hmi.link.snapshot import LinkState, Snapshot
from protocols.stations.io_table import STATIONS
from sector7.masters.values import PlantValues
from sector7.rig.rig import Rig
from tests.sector7.faults.bench import Bench
from tests.sector7.lines import QUIET, SECOND, line


class Look:
    """Twelve watches, one for every station, that poll a plant of which nobody is told that it is looked at."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self._values = PlantValues(rig, 1)
        self._watches = {io.number: FeedbackWatch() for io in STATIONS}
        self._polls = 0

    def go(self, seconds: float, every_s: float = 0.5) -> set[str]:
        """The outputs that lacked a feedback at some poll within `seconds`."""
        found: set[str] = set()
        for _ in range(int(seconds / every_s)):
            self.rig.run(self.rig.now + int(every_s * SECOND))
            self._polls += 1
            values = self._values.values(1)
            for number, watch in self._watches.items():
                board = self._values.values(10 + number)
                watch.sample(Snapshot(LinkState.OK, 0, values, board, 10 + number, polls=self._polls))
                found |= set(watch.unanswered())
        return found


def test_a_healthy_plant_lacks_no_feedback() -> None:
    assert Look(Rig(line(**QUIET), 4)).go(240) == set()


def test_a_sensor_that_sticks_and_a_jam_are_named_by_the_output_that_waits() -> None:
    bench = Bench()
    look = Look(bench.rig)
    look.go(40, 4.0)
    bench.inject("stuck_off", "ST05.clamped")
    bench.inject("jammed", "ST07.lift")
    assert look.go(90) == {"ST05.Board.clamp", "ST07.Board.lift"}
