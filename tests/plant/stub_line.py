"""A line of the plant's own conveyors, failures and crews with machines that only take time: no board, no program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from plant.agenda import Agenda
from plant.arithmetic import exponential
from plant.conveyor import Conveyor
from plant.crew import Crew
from plant.failure import Failure
from plant.pallet import Pallet
from sector7.rig.engine import Grid, advance

#: The mean service time, us: every rate in these tests is per such a unit.
UNIT = 1_000_000

Draw = Callable[[], int]


def draws(stream: Random, mean: float) -> Draw:
    """Exponential times of `mean` units, in us."""
    return lambda: int(exponential(stream, mean * UNIT))


class Machine:
    """Takes a part from its infeed (the first one has endless supply), works on it, hands it on when there is room."""

    def __init__(self, agenda: Agenda, infeed: Conveyor | None, outlet: Conveyor | None, service: Draw) -> None:
        self.infeed = infeed
        self.outlet = outlet
        self.service = service
        self.slot = agenda.slot(self.finish)
        self.part: Pallet | None = None
        self.finished = False
        self.departures: list[int] = []
        if infeed is not None:
            infeed.sink = self
        if outlet is not None:
            outlet.feeder(self.hand_on)

    @property
    def free(self) -> bool:
        return self.part is None

    def offer(self, now: int) -> None:
        if self.part is not None:
            return
        if self.infeed is None:
            self.part = Pallet(1)
        elif self.infeed.waiting:
            self.part = self.infeed.take(now)
        else:
            self.infeed.ready(now)
            return
        self.begin(now)

    def begin(self, now: int) -> None:
        self.slot.arm(now + self.service())

    def finish(self, now: int) -> None:
        self.finished = True
        self.hand_on(now)

    def hand_on(self, now: int) -> None:
        part, outlet = self.part, self.outlet
        if not self.finished or part is None:
            return
        if outlet is not None:
            if not outlet.has_room:
                return
            outlet.reserve()
            outlet.enter(now, part)
        self.departures.append(now)
        self.part = None
        self.finished = False
        self.offer(now)


class UnreliableMachine(Machine):
    """A machine that fails only while it works (exponential) and is repaired by one of the crews."""

    def __init__(
        self,
        agenda: Agenda,
        infeed: Conveyor | None,
        outlet: Conveyor | None,
        service: Draw,
        *,
        up: Draw,
        down: Draw,
        crew: Crew,
    ) -> None:
        super().__init__(agenda, infeed, outlet, service)
        self.failure = Failure(agenda, up, self.strike, working=False)
        self.down = down
        self.crew = crew
        self.mended = agenda.slot(self.mend)
        self.left = 0

    def begin(self, now: int) -> None:
        super().begin(now)
        self.failure.work(now)

    def finish(self, now: int) -> None:
        self.failure.rest(now)
        super().finish(now)

    def strike(self, now: int) -> None:
        self.left = self.slot.at - now
        self.slot.cancel()
        self.crew.call(now, self)

    def repair(self, now: int) -> None:
        self.mended.arm(now + self.down())

    def mend(self, now: int) -> None:
        self.slot.arm(now + self.left)
        self.failure.mended(now)
        self.crew.finished(now)


def belts(agenda: Agenda, number: int, places: int) -> list[Conveyor]:
    """Running conveyors without transit time."""
    return [Conveyor(agenda, places, 0, running=True) for _ in range(number)]


def throughput(agenda: Agenda, machines: Sequence[Machine], parts: int, rate: float) -> float:
    """Parts per unit of time that leave the last machine, over about `parts` of them after a warm-up of 1 %."""
    grid = Grid()
    last = machines[-1]
    for machine in machines:
        machine.offer(0)
    begin = int(parts / 100 / rate) * UNIT
    advance(agenda, grid, begin)
    before = len(last.departures)
    end = begin + int(parts / rate) * UNIT
    advance(agenda, grid, end)
    return (len(last.departures) - before) * UNIT / (end - begin)
