"""The twelve programs as the tests look at them: by name, with set points at their ends, and as a graph of steps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from firmware_sim.plc.degraded import NEIGHBOURS
from firmware_sim.plc.sequence import Program, Route, Step
from firmware_sim.sequences.catalogue import SEQUENCES
from protocols.stations.images import IN_POSITION, LEVEL
from protocols.stations.io_table import BY_NUMBER, STATIONS
from protocols.stations.station_io import StationIO

each_station = pytest.mark.parametrize("io", STATIONS, ids=lambda io: io.name)


def build(io: StationIO, **settings: int) -> Program:
    """A station's program, with set points at their defaults unless given."""
    chosen = {s.name: s.default for s in io.setpoints} | settings
    return SEQUENCES[io.number](chosen, Route(previous_of(io)))


def build_for_two(io: StationIO) -> Program:
    """A station's program while it does the work of the station before it too, where it can."""
    settings = {s.name: s.default for s in io.setpoints}
    before = previous_of(io) - 1 if io.number in NEIGHBOURS.values() else -1
    return SEQUENCES[io.number](settings, Route(previous_of(io), before))


def previous_of(io: StationIO) -> int:
    """The station before this one on the castle line."""
    return (io.number - 2) % len(BY_NUMBER) + 1


def extremes(io: StationIO) -> Iterator[dict[str, int]]:
    """The defaults, each set point at its ends, and all of them at the same end."""
    yield {}
    for setpoint in io.setpoints:
        yield {setpoint.name: setpoint.low}
        yield {setpoint.name: setpoint.high}
    yield {s.name: s.low for s in io.setpoints}
    yield {s.name: s.high for s in io.setpoints}


def all_steps(io: StationIO) -> Iterator[Step]:
    """Every step of a station's program, with every choice of `extremes`."""
    return (step for settings in extremes(io) for step in build(io, **settings).steps)


def every_program() -> Iterator[tuple[StationIO, dict[str, int]]]:
    """Every station with every choice of `extremes`."""
    return ((io, settings) for io in STATIONS for settings in extremes(io))


each_extreme = pytest.mark.parametrize(
    ("io", "settings"),
    list(every_program()),
    ids=lambda x: x.name if isinstance(x, StationIO) else "-".join(f"{k}={v}" for k, v in x.items()) or "defaults",
)


# ---- a step, read back from its masks
def outputs(io: StationIO, image: int) -> set[str]:
    """Outputs that are on in an image."""
    return {name for name in io.outputs if image & io.output(name)}


def inputs(io: StationIO, mask: int) -> set[str]:
    """Inputs that a mask looks at."""
    return {name for name in io.inputs if mask & io.status(name)}


def conditions(step: Step) -> Iterator[tuple[int, int]]:
    """Every (mask, value) that the step compares."""
    yield step.mask, step.value
    for mask, value, _ in step.branches:
        yield mask, value


def levels(io: StationIO, step: Step) -> set[int]:
    """Channels whose comparator the step looks at."""
    return {channel for channel, bit in enumerate(LEVEL) for mask, _ in conditions(step) if mask & bit}


def waits_for_axis(step: Step) -> bool:
    """Whether the step ends with the axis in position."""
    return any(mask & IN_POSITION for mask, _ in conditions(step))


def successors(step: Step) -> Iterator[Step]:
    """Where the step may lead."""
    yield step.following
    for _, _, goto in step.branches:
        yield goto
    for other in (step.when_failed, step.when_due):
        if other is not None:
            yield other


def reachable(start: Step, *, without: set[int] | None = None) -> set[int]:
    """Indices of all steps that can follow `start`, not going through the steps `without`."""
    blocked, found, left = without or set(), set(), [start]
    while left:
        for step in successors(left.pop()):
            if step.index not in found and step.index not in blocked:
                found.add(step.index)
                left.append(step)
    return found
