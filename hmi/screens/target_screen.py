"""Screens from which a target (the line or a station) is commanded: keys and questions."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from hmi.frame import Frame
from hmi.operations.jam import JamClear
from hmi.operations.packml import LINE, PackmlOrder
from hmi.screens.command_menu import open_menu
from hmi.screens.plant_screen import PlantScreen
from hmi.widgets.key_bar import Key
from protocols.packml import Command

_ORDERS = (
    ("f5", "F5", Command.START),
    ("f9", "F9", Command.HOLD),
    ("f6", "F6", Command.UNHOLD),
    ("f8", "F8", Command.STOP),
    ("f7", "F7", Command.RESET),
    ("f4", "F4", Command.CLEAR),
)


class TargetScreen(PlantScreen):
    """A screen with a target for commands. Every command takes two steps and is verified by its feedback."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"order('{command.name}')", command.name.title(), show=False) for key, _, command in _ORDERS),
        Binding("j", "jam", "Jam clear", show=False),
        Binding("c", "commands", "Commands", show=False),
    ]

    @property
    def target(self) -> str:
        """What is commanded from here: "Line" or a station's code."""
        return LINE

    def order_keys(self, frame: Frame) -> list[Key]:
        """The command keys; those that would be refused now are dim."""
        refusal = self.desk.commander.refusal
        stop = "Line stop" if self.target == LINE else "Stop"
        keys = [
            Key(key, shown, stop if command is Command.STOP else command.name.title(),
                not refusal(PackmlOrder(self.target, command)))
            for key, shown, command in _ORDERS
        ]  # fmt: skip
        jam = Key("j", "J", "Jam clear", not refusal(JamClear(self.target)))
        return [*keys, jam, Key("c", "C", "Commands", not self.desk.commander.blocked())]

    def action_order(self, name: str) -> None:
        """Ask before giving a PackML command."""
        self.ask(PackmlOrder(self.target, Command[name]))

    def action_commands(self) -> None:
        """Everything that can be commanded here, with what would refuse it."""
        if why := self.desk.commander.blocked():
            self.desk.commander.refuse(f"{self.target} commands", why)
            self.repaint()
        else:
            open_menu(self, self.target)

    def action_jam(self) -> None:
        """Ask before calling the attendant."""
        self.ask(JamClear(self.target))
