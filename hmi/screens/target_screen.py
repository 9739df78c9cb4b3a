"""Screens from which a target (the line or a station) is commanded: keys, questions, carrying out."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from hmi.dialogs.confirm import ConfirmDialog, Question
from hmi.frame import Frame
from hmi.link.commander import LINE, Order
from hmi.screens.plant_screen import PlantScreen
from hmi.terminal import fits
from hmi.widgets.key_bar import Key
from protocols.packml import Command, State, accepts

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
    ]

    @property
    def target(self) -> str:
        """What is commanded from here: "Line" or a station's code."""
        return LINE

    def order_keys(self, frame: Frame) -> list[Key]:
        """The command keys; those that would be refused now are dim."""
        try:
            state = State(frame.raw(f"{self.target}.StateCurrent"))
        except ValueError:
            state = State.UNDEFINED
        stop = "Line stop" if self.target == LINE else "Stop"
        keys = [
            Key(key, shown, stop if command is Command.STOP else command.name.title(),
                frame.can_command and accepts(state, command) is not None)
            for key, shown, command in _ORDERS
        ]  # fmt: skip
        return [*keys, Key("j", "J", "Jam clear", frame.can_command)]

    def action_order(self, name: str) -> None:
        """Ask before giving a PackML command."""
        commander = self.desk.commander
        order = commander.order(self.target, Command[name])
        why = self._unseen() or commander.refusal(order)
        if why:
            commander.refuse(order.title, why)
            self.repaint()
            return
        question = Question(
            order.title,
            lambda frame: self._change(frame, order),
            lambda: commander.refusal(order),
        )
        self.app.push_screen(ConfirmDialog(self.desk, question), lambda yes: self._carry_out(order, yes))

    def action_jam(self) -> None:
        """Ask before calling the attendant."""
        commander, target = self.desk.commander, self.target
        why = self._unseen() or commander.blocked()
        if why:
            commander.refuse("Jam clear", why)
            self.repaint()
            return
        where = "every station" if target == LINE else target
        question = Question(
            "Jam clear",
            lambda _: [f"The attendant is called to {where}", "and clears what is jammed there."],
            commander.blocked,
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self.app.run_worker(commander.jam_clear(target), group="orders")

        self.app.push_screen(ConfirmDialog(self.desk, question), answered)

    def _change(self, frame: Frame, order: Order) -> list[str]:
        now = frame.raw(f"{order.target}.StateCurrent")
        try:
            before = State(now)
        except ValueError:
            before = State.UNDEFINED
        after = accepts(before, order.command)
        target = "the whole line" if order.target == LINE else f"{order.target} only"
        lines = [f"Target   {target}", f"State    {before.name} → {after.name if after else 'refused'}"]
        if order.command is Command.STOP:
            lines.append("This is a software stop, not an emergency stop.")
        return lines

    def _carry_out(self, order: Order, yes: bool | None) -> None:
        if yes:
            self.app.run_worker(self.desk.commander.give(order), group="orders")

    def _unseen(self) -> str:
        """Nobody commands what the screen cannot show."""
        return "" if fits(*self.app.size) else "the terminal is too small"
