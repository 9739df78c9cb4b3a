"""A network with everybody listening and nobody behind the feeders."""

from __future__ import annotations

from plant.agenda import Agenda
from plant.power.network import Equipment, Network, Told
from tests.plant.bench import SECOND, run


class Switchboard:
    """Twelve feeders and the services; what the network tells is kept."""

    def __init__(self, *, on: bool = True, **equipment: object) -> None:
        self.agenda = Agenda()
        self.contactors: list[tuple[int, int, bool]] = []
        self.buses: list[tuple[int, bool]] = []
        self.controls: list[tuple[int, bool]] = []
        self.wrong: list[tuple[int, int]] = []
        self.rows: list[tuple[int, int, int]] = []
        told = Told(
            powered=lambda now, number, closed: self.contactors.append((now, number, closed)),
            bus=lambda now, missing: self.buses.append((now, missing)),
            control=lambda now, alive: self.controls.append((now, alive)),
            status=lambda now, bits: self.wrong.append((now, bits)),
            log=lambda now, what, value: self.rows.append((now, what, value)),
        )
        self.network = Network(self.agenda, range(1, 13), Equipment(**equipment), told, on=on)  # type: ignore[arg-type]

    @property
    def now(self) -> int:
        return int(self.agenda.now)

    def run(self, seconds: float) -> int:
        run(self.agenda, self.now + int(seconds * SECOND))
        return self.now

    @property
    def closed(self) -> list[int]:
        """Feeders whose contactor is in."""
        return [number for number, feeder in self.network.feeders.items() if feeder.closed]

    def states(self, what: int) -> list[tuple[float, int]]:
        """Logged states of generator, transfer switch or breakers, with the second."""
        return [(t / SECOND, value) for t, number, value in self.rows if number == what]
