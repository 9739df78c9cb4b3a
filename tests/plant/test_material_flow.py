"""The plant's conveyors, failures and crews reproduce results that are known exactly.

Three grounds: throughput of Markovian lines (computed from their chains and, to six digits, from the literature),
and every single departure time of lines with given service times.
"""

from __future__ import annotations

from math import sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.agenda import Agenda
from plant.crew import Crew
from plant.failure import Failure
from sector7.rig.engine import Grid, advance
from tests.plant.markov import machines_down, tandem, unreliable_pair
from tests.plant.stub_line import UNIT, Draw, Machine, UnreliableMachine, belts, draws, throughput

NIGHTLY = pytest.param(1_000_000, marks=pytest.mark.nightly)
PARTS = pytest.mark.parametrize("parts", [100_000, NIGHTLY])

#: Stations, buffer places, throughput, four standard deviations of it over 1e6 parts.
LINES = [
    (2, 0, 0.666667, 0.0027),
    (2, 1, 0.75, 0.0027),
    (2, 2, 0.8, 0.0027),
    (2, 4, 0.857143, 0.0027),
    (3, 0, 0.564103, 0.0023),
    (3, 1, 0.670466, 0.0023),
    (3, 2, 0.734017, 0.0023),
    (3, 4, 0.807486, 0.0023),
    (5, 0, 0.485798, 0.0014),
    (5, 1, 0.607583, 0.0014),
]


def allowed(four_sigma: float, parts: int) -> float:
    return four_sigma * sqrt(1_000_000 / parts)


@pytest.mark.parametrize(("stations", "places", "rate", "four_sigma"), LINES)
def test_the_published_figures_follow_from_the_chain(
    stations: int, places: int, rate: float, four_sigma: float
) -> None:
    assert tandem(stations, places) == pytest.approx(rate, abs=5e-7)


@PARTS
@pytest.mark.parametrize(("stations", "places", "rate", "four_sigma"), LINES)
def test_throughput_of_exponential_lines(
    stations: int, places: int, rate: float, four_sigma: float, parts: int
) -> None:
    agenda = Agenda()
    between = belts(agenda, stations - 1, places)
    machines = [
        Machine(agenda, infeed, outlet, draws(Random(1000 * stations + 10 * places + i), 1.0))
        for i, (infeed, outlet) in enumerate(zip([None, *between], [*between, None], strict=True))
    ]
    assert throughput(agenda, machines, parts, rate) == pytest.approx(rate, abs=allowed(four_sigma, parts))


@PARTS
def test_throughput_of_two_unreliable_machines(parts: int) -> None:
    """Exponential service of rate 1, failures while working at rate .02, repairs at rate .2, three places between."""
    rate = unreliable_pair(slots=3, fail=0.02, repair=0.2)
    assert rate == pytest.approx(0.727561, abs=5e-7)
    agenda = Agenda()
    crew = Crew(2)
    (between,) = belts(agenda, 1, 3)
    machines = [
        UnreliableMachine(
            agenda,
            infeed,
            outlet,
            draws(Random(f"service {i}"), 1.0),
            up=draws(Random(f"up {i}"), 50.0),
            down=draws(Random(f"down {i}"), 5.0),
            crew=crew,
        )
        for i, (infeed, outlet) in enumerate([(None, between), (between, None)])
    ]
    assert throughput(agenda, machines, parts, rate) == pytest.approx(rate, abs=allowed(0.0035, parts))


class Repaired:
    """A machine that does nothing but fail in calendar time and be repaired."""

    def __init__(self, agenda: Agenda, crew: Crew, number: int) -> None:
        self.failure = Failure(agenda, draws(Random(f"up {number}"), 100.0), self.strike)
        self.down = draws(Random(f"down {number}"), 10.0)
        self.slot = agenda.slot(self.mend)
        self.crew = crew
        self.since = 0
        self.down_us = 0

    def strike(self, now: int) -> None:
        self.since = now
        self.crew.call(now, self)

    def repair(self, now: int) -> None:
        self.slot.arm(now + self.down())

    def mend(self, now: int) -> None:
        self.down_us += now - self.since
        self.failure.mended(now)
        self.crew.finished(now)


@PARTS
@pytest.mark.parametrize(("crews", "down", "four_sigma"), [(1, 2.145823, 0.020), (2, 1.038638, 0.007)])
def test_machines_that_share_crews(crews: int, down: float, four_sigma: float, parts: int) -> None:
    """Ten machines, MTBF 100, MTTR 10: how many stand on average; `parts` are repairs here."""
    assert machines_down(10, crews, 100.0, 10.0) == pytest.approx(down, abs=5e-7)
    agenda = Agenda()
    crew = Crew(crews)
    machines = [Repaired(agenda, crew, number) for number in range(10)]
    end = int(parts / ((10 - down) / 100) * UNIT)
    advance(agenda, Grid(), end)
    measured = sum(machine.down_us for machine in machines) / end
    assert measured == pytest.approx(down, abs=allowed(four_sigma, parts))


# ---- every departure, not only their mean
@settings(max_examples=150, deadline=None)
@given(
    times=st.integers(2, 4).flatmap(
        lambda stations: st.lists(
            st.lists(st.integers(0, 4), min_size=stations, max_size=stations), min_size=1, max_size=25
        )
    ),
    places=st.integers(0, 3),
)
def test_every_departure_of_a_line_with_given_times(times: list[list[int]], places: int) -> None:
    """Blocking after service: part k leaves station i when it is finished and part k - places - 1 has left i + 1.

    Service times from 0 to 4 us make ties the rule, so this also proves the order of events at one instant harmless.
    """
    agenda = Agenda()
    between = belts(agenda, len(times[0]) - 1, places)
    machines = [
        Machine(agenda, infeed, outlet, given_times([row[i] for row in times]))
        for i, (infeed, outlet) in enumerate(zip([None, *between], [*between, None], strict=True))
    ]
    for machine in machines:
        machine.offer(0)
    advance(agenda, Grid(), 1 << 30)
    assert [machine.departures for machine in machines] == expected(times, places)


def given_times(times: list[int]) -> Draw:
    """One after the other; the part after the last is never finished."""
    left = iter(times)
    return lambda: next(left, 1 << 40)


def expected(times: list[list[int]], places: int) -> list[list[int]]:
    """The recursion that defines a tandem line with finite buffers."""
    stations = len(times[0])
    left: list[list[int]] = [[] for _ in range(stations)]
    for k, row in enumerate(times):
        # a part's departure depends on earlier parts further down the line, which are known by now
        for i in range(stations):
            came = left[i - 1][k] if i else 0
            freed = left[i][k - 1] if k else 0
            done = max(came, freed) + row[i]
            blocked = left[i + 1][k - places - 1] if i + 1 < stations and k > places else 0
            left[i].append(max(done, blocked))
    return left
