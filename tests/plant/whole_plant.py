"""A whole plant without programs, and somebody who switches outputs at random. Run as a script it prints a hash."""

from __future__ import annotations

import hashlib
import sys
from random import Random

from plant.agenda import Agenda
from plant.line import UTILITIES, Layout, Place, Plant
from plant.station import FAIL, PASS, REWORK, Habits
from tests.plant.bench import HOUR, MINUTE, SECOND, run, wiring

PALLETS = 24
#: Everything fails often.
FRAIL = Habits(mtbf_us=3 * HOUR, mttr_us=5 * MINUTE, minor_us=20 * MINUTE)


def a_layout(seed: int = 1, *, warm: bool = True, stations: tuple[int, ...] = tuple(range(1, 13))) -> Layout:
    places = tuple(
        Place(wiring(number), FRAIL, PALLETS if number == stations[0] else 2, 8 * SECOND) for number in stations
    )
    return Layout(
        places=places,
        pallets=PALLETS,
        crews=1,
        rework_capacity=8,
        rework_transit_us=40 * SECOND,
        utility_mtbf_us=10.0 * HOUR,
        seed=seed,
        warm=warm,
    )


class Meddled:
    """A plant of which random outputs, marks, axes, supplies and guards are switched; its log is kept."""

    def __init__(self, seed: int, layout: Layout | None = None) -> None:
        self.log: list[tuple[int, int, int]] = []
        self.agenda = Agenda()
        self.plant = Plant(self.agenda, layout or a_layout(seed), self.log.append)
        self.random = Random(seed)
        for station in self.plant.stations.values():
            station.switch(0, 0, True)
            station.switch(0, 1, True)

    @property
    def now(self) -> int:
        return int(self.agenda.now)

    def meddle(self, times: int, every_us: int = 3 * SECOND) -> None:
        """`times` arbitrary acts, `every_us` apart on average."""
        for _ in range(times):
            self.wait(2 * self.random.random() * every_us / SECOND)
            self.act()

    def act(self) -> None:
        random, plant, now = self.random, self.plant, self.now
        stations = plant.stations
        station = stations[random.choice(list(stations))]
        (what,) = random.choices(
            ("output", "belt", "mark", "turn", "axis", "device", "people", "supply", "e-stop"),
            (60, 60, 25, 8, 4, 8, 1, 1, 1),
        )
        match what:
            case "output":
                # stoppers are mostly open, so that pallets move
                index = random.choice((0, 2, 3, 4))
                station.switch(now, index, random.random() < (0.5 if index else 0.9))
            case "belt":
                station.switch(now, 1, False)
                station.switch(now, 1, random.random() < 0.95)
            case "mark":
                station = random.choice([s for s in stations.values() if s.at_head is not None] or [station])
                station.mark(now, random.choice((PASS, PASS, FAIL, REWORK)))
            case "turn" if 11 in stations:  # chance alone would hardly get anything through the carousel
                for output in (3, 2):
                    for on in (False, True):
                        stations[11].switch(self.now, output, on)
                        self.wait(5 * random.random())
            case "axis":
                station.move(now, random.randrange(9000), random.choice((0, 500, 2000)))
            case "device":
                station.select(now, random.randrange(4))
                station.modulate(now, random.randrange(1025))
            case "people":
                station.people.andon(now, random.random() < 0.5)
                station.people.hurry(now)
            case "supply":
                name = random.choice(UTILITIES)
                plant.supply(now, name, False)
                self.wait(60 * random.random())
                plant.supply(self.now, name, True)
            case "e-stop":
                plant.e_stop(now, True)
                self.wait(20 * random.random())
                plant.e_stop(self.now, False)

    def wait(self, seconds: float) -> None:
        run(self.agenda, self.now + int(seconds * SECOND))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(repr(self.log).encode()).hexdigest()


if __name__ == "__main__":
    it = Meddled(int(sys.argv[1]))
    it.meddle(3000)
    print(len(it.log), it.sha256)
