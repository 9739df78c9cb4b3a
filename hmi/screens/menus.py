"""Lists to choose from: entries that ask for an operation, and entries that lead on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hmi.dialogs.form import Field, FormDialog
from hmi.dialogs.menu import Entry, MenuDialog
from hmi.link.operation import Operation
from hmi.screens.plant_screen import PlantScreen


def show(screen: PlantScreen, title: str, entries: Sequence[Entry]) -> None:
    """Let the operator choose."""

    def chosen(picked: Entry | None) -> None:
        if picked is not None:
            picked.choose()

    screen.app.push_screen(MenuDialog(screen.desk, title, entries), chosen)


def entry(screen: PlantScreen, operation: Operation, label: str = "") -> Entry:
    """An operation to ask for; while it is refused the entry says why."""
    commander = screen.desk.commander
    return Entry(label or operation.title, lambda: commander.refusal(operation), lambda: screen.ask(operation))


def more(screen: PlantScreen, label: str, writes: Sequence[str], then: Callable[[], None]) -> Entry:
    """What leads on to another list or a form; refused to those who may not write `writes`."""
    return Entry(f"{label} ...", lambda: screen.desk.commander.blocked(writes), then)


def fill(screen: PlantScreen, title: str, fields: Sequence[Field], then: Callable[[list[int]], None]) -> None:
    """A few numbers to fill in; `then` gets them, unless the operator gives up."""

    def filled(values: list[int] | None) -> None:
        if values is not None:
            then(values)

    screen.app.push_screen(FormDialog(screen.desk, title, fields), filled)
