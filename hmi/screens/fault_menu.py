"""Choosing a fault to inject: where, what, at which place, for how long."""

from __future__ import annotations

from functools import partial

from hmi.dialogs.form import Field
from hmi.operations.faults import InjectFault
from hmi.screens.menus import fill, more, show
from hmi.screens.plant_screen import PlantScreen
from protocols.faults.kinds import BY_KIND, KINDS
from protocols.faults.targets import target_name
from protocols.stations.io_table import BY_NUMBER, STATIONS

#: Seconds that a fault lasts if nobody types something else.
_SECONDS = 60


def choose_place(screen: PlantScreen) -> None:
    """The stations, and the line, where something can be broken."""
    where = [(f"{io.code} {io.title}", io.number) for io in STATIONS]
    entries = [
        more(screen, name, ["Line.FaultKind"], partial(choose_fault, screen, number))
        for name, number in (*where, ("the line: supplies, power", 0))
    ]
    show(screen, "Inject a fault: where", entries)


def choose_fault(screen: PlantScreen, number: int) -> None:
    """The kinds that can strike at a station (0: the line) without further parameters."""
    entries = [
        more(screen, kind.name, ["Line.FaultKind"], partial(_places, screen, kind.name, number))
        for kind in KINDS
        if not kind.other and all(p.default is not None for p in kind.parameters) and _targets(kind.name, number)
    ]
    show(screen, f"Inject a fault at {BY_NUMBER[number].code if number else 'the line'}: kind", entries)


def _places(screen: PlantScreen, kind: str, number: int) -> None:
    entries = [
        more(screen, target, ["Line.FaultKind"], partial(_inject, screen, kind, number, place))
        for place, target in _targets(kind, number)
    ]
    show(screen, f"Inject {kind}: place", entries)


def _inject(screen: PlantScreen, kind: str, number: int, place: int) -> None:
    if BY_KIND[kind].momentary:
        screen.ask(InjectFault(kind, number, place))
        return
    fields = [Field("Lasts (0: until cleared)", "Line.FaultLasts", _SECONDS, "s")]
    title = f"Inject {kind} at {target_name(kind, number, place)}"
    fill(screen, title, fields, lambda values: screen.ask(InjectFault(kind, number, place, values[0])))


def _targets(kind: str, number: int) -> list[tuple[int, str]]:
    """Place and name of what a kind of fault can strike in a station (0: the line)."""
    only = BY_KIND[kind].targets
    named = [(place, target_name(kind, number, place)) for place in range(16)]
    return [(place, name) for place, name in named if name and (not only or name in only)]
