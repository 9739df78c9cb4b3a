"""A test bench: one terminal strip on an agenda, and whole stations wired as in the I/O table."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Generic, TypeVar

from plant.agenda import Agenda
from plant.arithmetic import Streams
from plant.conveyor import Conveyor
from plant.crew import Crew
from plant.ledger import Ledger
from plant.pallet import Pallet
from plant.station import Habits, Station, Wiring
from plant.terminals import Terminals
from protocols.stations.io_table import BY_NUMBER
from sector7.rig.engine import Grid, advance

MS = 1_000
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE

#: So long that nothing fails by itself.
NEVER_FAILS = Habits(mtbf_us=1e18, mttr_us=1e9, minor_us=1e18, hidden=0.0)

Fitted = TypeVar("Fitted", bound=Station)


class Bench:
    """An agenda, a strip with the inputs `names` (bit 0 first), and what was logged as (t, name, value)."""

    def __init__(self, *names: str) -> None:
        self.agenda = Agenda()
        self.names = names
        self.rows: list[tuple[int, int, int]] = []
        self.terminals = Terminals(names, (), 0, self.rows.append)
        self.random = Random(1)

    @property
    def now(self) -> int:
        return int(self.agenda.now)

    def run(self, until: int) -> None:
        """Everything before `until`."""
        run(self.agenda, until)

    def sees(self, name: str) -> bool:
        return bool(self.terminals.inputs & self.terminals.bit(name))

    @property
    def edges(self) -> list[tuple[int, str, int]]:
        """Edges so far."""
        return [(t, self.names[number] if number < len(self.names) else str(number), v) for t, number, v in self.rows]

    def when(self, name: str, value: int) -> int:
        """The only instant at which the input changed to `value`."""
        (t,) = [t for t, n, v in self.edges if n == name and v == value]
        return t


def run(agenda: Agenda, until: int) -> None:
    """Everything before `until`, without control electronics."""
    advance(agenda, Grid(), until)


def sampled(value: Callable[[int], float], begin: int, end: int, step: int = 1_000) -> list[float]:
    """A closed form looked at again and again."""
    return [value(t) for t in range(begin, end, step)]


def wiring(number: int) -> Wiring:
    """A station's terminal strip as the I/O table has it."""
    io = BY_NUMBER[number]
    return Wiring(
        number=number,
        inputs=io.inputs,
        outputs=io.outputs,
        analogs=tuple((a.name, a.low / 10**a.decimals, a.high / 10**a.decimals) for a in io.analogs),
        log_base=0,
        acceleration=io.axis.acceleration if io.axis else 1,
    )


class StationBench(Bench, Generic[Fitted]):
    """One station between an infeed and an outfeed."""

    def __init__(
        self,
        kind: Callable[..., Fitted],
        number: int,
        habits: Habits = NEVER_FAILS,
        *,
        infeed: int = 2,
        outfeed: int = 2,
    ) -> None:
        io = BY_NUMBER[number]
        super().__init__(*io.inputs)
        self.outputs = io.outputs
        self.ledger = Ledger()
        self.crew = Crew(1)
        self.infeed = Conveyor(self.agenda, infeed, SECOND)
        self.outfeed = Conveyor(self.agenda, outfeed, SECOND, running=True)
        self.station: Fitted = kind(
            self.agenda, wiring(number), habits, Streams(5), self.crew, self.rows.append, self.infeed, self.ledger
        )
        self.terminals = self.station.terminals
        self.station.connect(self.outfeed)

    def switch(self, name: str, on: bool) -> None:
        """A digital output changes now."""
        self.station.switch(self.now, self.outputs.index(name), on)

    def feed(self, number: int, **tag: int) -> Pallet:
        """A pallet with a robot appears at the infeed's end."""
        pallet = Pallet(number, self.ledger.start(self.now), **tag)
        self.infeed.place(self.now, pallet, 0)
        return pallet
