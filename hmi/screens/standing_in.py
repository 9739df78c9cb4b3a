"""What may stand in for a station's machine, with its cost; and what a trainee says is wrong there."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from hmi.link.exchange import Exchange
from hmi.operations.degrade import WORDS, ChangeDegraded
from hmi.operations.diagnose import Diagnose
from hmi.screens.menus import entry, more, show
from hmi.screens.plant_screen import PlantScreen
from protocols.errors import LinkError, Refusal
from protocols.faults.kinds import KINDS
from protocols.faults.targets import target_name
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.degraded_map import Degrade


def choose_mode(screen: PlantScreen, number: int) -> None:
    """Choose what stands in for the machine of a station."""
    writes = ["Line.DegradeStation"]
    entries = [
        more(screen, WORDS[mode], writes, partial(_ask, screen, ChangeDegraded(number, mode)))
        for mode in Degrade if mode is not Degrade.CANNIBALISE
    ]  # fmt: skip
    entries += [
        more(screen, f"{WORDS[Degrade.CANNIBALISE]} {io.code}", ["Line.DegradeDonor"],
             partial(_ask, screen, ChangeDegraded(number, Degrade.CANNIBALISE, io.number)))
        for io in BY_NUMBER.values() if io.number != number
    ]  # fmt: skip
    show(screen, f"{BY_NUMBER[number].code}: in the machine's place", entries)


def choose_diagnosis(screen: PlantScreen, number: int) -> None:
    """Choose what is wrong at a station (0: the line)."""
    kinds = [kind.name for kind in KINDS if any(target_name(kind.name, number, place) for place in range(16))]
    entries = [entry(screen, Diagnose(number, kind), kind or "something is wrong here") for kind in ("", *kinds)]
    show(screen, f"{BY_NUMBER[number].code if number else 'The line'}: what is wrong", entries)


def _ask(screen: PlantScreen, operation: ChangeDegraded) -> None:
    """The plant is told what is thought of, so that it tells the cost while the question is open."""

    plant = Exchange(screen.desk.acquisition, screen.desk.clock)

    async def think_aloud() -> None:
        with suppress(LinkError, Refusal):
            for name, raw in operation.request.items():
                await plant.write(name, raw)

    screen.app.run_worker(think_aloud(), group="costs")
    screen.ask(operation)
