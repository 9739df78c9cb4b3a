"""The list of everything that can be commanded at a target: key C. What is refused now says why."""

from __future__ import annotations

from functools import partial

from hmi.dialogs.form import Field
from hmi.dialogs.menu import Entry
from hmi.operations.board import SwapBoard
from hmi.operations.faults import ClearFaults, InjectFault
from hmi.operations.force import FIRST_OUTPUT, RELEASE, Force, ReleaseForces, forced
from hmi.operations.jam import JamClear
from hmi.operations.mode import ModeChange
from hmi.operations.outputs import SwitchOutput
from hmi.operations.owner import EXTERNAL, INTERNAL, MANUAL, OwnerChange
from hmi.operations.packml import LINE, PackmlOrder
from hmi.operations.production import AutoRecovery
from hmi.screens.menus import entry, fill, more, show
from hmi.screens.order_form import WRITES, ask_order
from hmi.screens.plant_screen import PlantScreen
from hmi.screens.standing_in import choose_diagnosis, choose_mode
from protocols.action_text import terminal_name
from protocols.boards_map import REQUEST_LABELS
from protocols.fault_kinds import BY_KIND, KINDS
from protocols.fault_targets import target_name
from protocols.io_table import BY_NUMBER, STATIONS
from protocols.packml import Command, Mode

_PACKML = (
    Command.START, Command.HOLD, Command.UNHOLD, Command.STOP, Command.RESET, Command.CLEAR, Command.ABORT,
    Command.COMPLETE,
)  # fmt: skip
#: Seconds that forces and faults last if nobody types something else.
_SECONDS = 60


def open_menu(screen: PlantScreen, target: str) -> None:
    """Everything that can be commanded at "Line" or a station such as "ST05"."""
    entries = [entry(screen, PackmlOrder(target, command)) for command in _PACKML]
    entries.append(entry(screen, JamClear(target)))
    if target == LINE:
        entries += _line(screen)
    else:
        entries += _station(screen, next(io.number for io in STATIONS if io.code == target))
    show(screen, f"Commands to {'the line' if target == LINE else target}", entries)


def _modes(screen: PlantScreen, target: str) -> list[Entry]:
    return [entry(screen, ModeChange(target, mode)) for mode in Mode]


def _line(screen: PlantScreen) -> list[Entry]:
    frame = screen.desk.frame()

    return [
        *_modes(screen, LINE),
        more(screen, "Begin an order", WRITES, partial(ask_order, screen)),
        entry(screen, AutoRecovery(not frame.raw("Line.AutoRecovery"))),
        entry(screen, ReleaseForces()),
        more(screen, "Inject a fault", ["Line.FaultKind"], partial(_kinds, screen, 0)),
        entry(screen, ClearFaults()),
        more(screen, "Diagnosis (training)", ["Line.DiagnosisStation"], partial(choose_diagnosis, screen, 0)),
    ]


def _station(screen: PlantScreen, number: int) -> list[Entry]:
    code = BY_NUMBER[number].code
    return [
        *_modes(screen, code),
        *(entry(screen, OwnerChange(code, owner)) for owner in (MANUAL, INTERNAL, EXTERNAL)),
        more(screen, f"{code} switch an output by hand", [f"{code}.OwnerRequest"], partial(_outputs, screen, number)),
        more(screen, "Force or release a terminal", ["Line.ForceStation"], partial(_terminals, screen, number)),
        *(entry(screen, SwapBoard(code, tier)) for tier, _ in REQUEST_LABELS if tier),
        more(screen, "Inject a fault", ["Line.FaultKind"], partial(_kinds, screen, number)),
        entry(screen, ReleaseForces()),
        entry(screen, ClearFaults()),
        more(screen, "Something in the machine's place", ["Line.DegradeStation"], partial(choose_mode, screen, number)),
        more(screen, "Diagnosis (training)", ["Line.DiagnosisStation"], partial(choose_diagnosis, screen, number)),
    ]


def _outputs(screen: PlantScreen, number: int) -> None:
    io = BY_NUMBER[number]
    entries = [
        entry(screen, SwitchOutput(io.code, name, value)) for name in (*io.outputs, "acknowledge") for value in (1, 0)
    ]
    show(screen, f"{io.code}: outputs by hand", entries)


def _terminals(screen: PlantScreen, number: int) -> None:
    io = BY_NUMBER[number]
    frame = screen.desk.frame()
    places = [*range(len(io.inputs)), *(FIRST_OUTPUT + i for i in range(len(io.outputs)))]
    entries: list[Entry] = []
    for terminal in places:
        if forced(frame.raw, number, terminal):
            entries.append(entry(screen, Force(number, terminal, RELEASE)))
        for value, text in ((1, "on"), (0, "off")):
            kind = "output" if terminal >= FIRST_OUTPUT else "input"
            label = f"{kind} {terminal_name(number, terminal)} {text}"
            then = partial(_force, screen, number, terminal, value)
            entries.append(more(screen, label, ["Line.ForceStation"], then))
    show(screen, f"{io.code}: force a terminal, or release it", entries)


def _force(screen: PlantScreen, number: int, terminal: int, value: int) -> None:
    fields = [Field("Lasts", "Line.ForceSeconds", _SECONDS, "s")]
    title = f"Force {BY_NUMBER[number].code}.{terminal_name(number, terminal)}"
    fill(screen, title, fields, lambda values: screen.ask(Force(number, terminal, value, values[0])))


def _kinds(screen: PlantScreen, number: int) -> None:
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
