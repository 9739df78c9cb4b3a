"""The list of everything that can be commanded at a target: key C. What is refused now says why."""

from __future__ import annotations

from functools import partial

from hmi.dialogs.form import Field
from hmi.dialogs.menu import Entry
from hmi.operations.board import SwapBoard
from hmi.operations.faults import ClearFaults
from hmi.operations.force import FIRST_OUTPUT, RELEASE, Force, ReleaseForces, forced
from hmi.operations.jam import JamClear
from hmi.operations.mode import ModeChange
from hmi.operations.outputs import SwitchOutput
from hmi.operations.owner import EXTERNAL, INTERNAL, MANUAL, OwnerChange
from hmi.operations.packml import LINE, PackmlOrder
from hmi.operations.production import AutoRecovery
from hmi.screens.fault_menu import choose_fault
from hmi.screens.menus import entry, fill, more, show
from hmi.screens.order_form import WRITES, ask_order
from hmi.screens.plant_screen import PlantScreen
from hmi.screens.standing_in import choose_diagnosis, choose_mode
from protocols.packml import Command, Mode
from protocols.records.action_text import terminal_name
from protocols.stations.io_table import BY_NUMBER, STATIONS
from protocols.tags.boards_map import REQUEST_LABELS

_PACKML = (
    Command.START, Command.HOLD, Command.UNHOLD, Command.STOP, Command.RESET, Command.CLEAR, Command.ABORT,
    Command.COMPLETE,
)  # fmt: skip
#: Seconds that forces last if nobody types something else.
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
        more(screen, "Inject a fault", ["Line.FaultKind"], partial(choose_fault, screen, 0)),
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
        more(screen, "Inject a fault", ["Line.FaultKind"], partial(choose_fault, screen, number)),
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
