"""An exercise on a served plant: the scenario's timeline in real time, the trainee at the other end of Modbus."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import dataclass

from protocols.errors import Refusal
from sector7.scenario.load import Plan
from sector7.scenario.run import Performance
from sector7.serve import Announce, PlantService, serve_until_stopped, state_of_the_line
from sector7.simulate import refuse_partners
from sector7.stop import StopSignals


@dataclass(frozen=True, slots=True)
class Place:
    """Where and how fast an exercise is served. `attached`: it goes on being served when it is over, until standard
    input ends; else it ends."""

    host: str
    port: int
    speed: float
    quiet: bool
    attached: bool


class Exercise:
    """A hidden scenario, ready to be served. Raises Refusal for a scenario that tells its faults."""

    def __init__(self, plan: Plan, seed: int | None) -> None:
        if not plan.scenario.hidden:
            raise Refusal(plan.file, "train", "it tells its faults; hidden = true makes an exercise of it")
        refuse_partners(plan.recipe)
        self.performance = Performance(plan, seed=seed)
        self.rig = self.performance.rig
        self.training = self.rig.training
        self.training.begin(plan.scenario.duration_us)
        self.performance.observers.append(self.training.observe)
        self._until_us: int | None = plan.scenario.duration_us
        self.service: PlantService | None = None

    def serve(self, place: Place, signals: StopSignals) -> None:
        """Serve it until it is over, or `signals` say stop. Raises LinkError if the port cannot be had."""
        self.service = PlantService(
            self.rig, place.host, place.port, place.speed, int(time.time()) & 0xFFFFFFFF, scenario=self.performance
        )
        if place.attached:
            self._until_us = None
        asyncio.run(serve_until_stopped(self, _announce, signals, status=not place.quiet, attached=place.attached))
        self.training.finish()

    async def run(self, announce: Announce) -> None:
        """See port `Service`."""
        assert self.service is not None
        await self.service.run(announce, self._until_us)

    def status_line(self) -> str:
        """See port `Service`."""
        left = max(0, self.training.end_us - self.rig.now) // 1_000_000
        return f"{state_of_the_line(self.rig)}, {left // 60}:{left % 60:02d} left"


def _announce(host: str, port: int) -> None:
    sys.stdout.write(f"listening on {host}:{port}\n")
    sys.stdout.flush()
