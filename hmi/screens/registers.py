"""The registers as a screen: what a Modbus master sees, tag by tag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from hmi.comfort.memory import Settings
from hmi.desk import Desk
from hmi.dialogs.filter import FilterDialog
from hmi.dialogs.register import RegisterDialog
from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.link.changes import Changes
from hmi.link.words import Format
from hmi.link.writes import Written, from_journal, from_log, journaled_writes
from hmi.operations.register import WriteRegister
from hmi.panels.registers import UNITS, Sheet, listed, registers, values_of
from hmi.panels.write_log import Scope, strip_height, write_log
from hmi.screens.guide import Guide
from hmi.screens.reading_screen import ReadingScreen
from hmi.widgets.key_bar import Key
from protocols.tags.line_map import UNIT as LINE_UNIT
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Tag

_FORMATS: Final = tuple(Format)
_SCOPES: Final = tuple(Scope)


class RegistersScreen(ReadingScreen):
    """One unit at a time; a board's unit is polled only while it is looked at here. Below stand the last writes."""

    heading = "G REGISTERS"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "unit(-1)", show=False),
        Binding("right", "unit(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-20)", show=False),
        Binding("pagedown", "move(20)", show=False),
        Binding("home", "move(-99999)", show=False),
        Binding("end", "move(99999)", show=False),
        Binding("slash", "filter", "Filter", show=False),
        Binding("f", "format", "Format", show=False),
        Binding("s", "swap", "Word order", show=False),
        Binding("p", "pin", "Pin", show=False),
        Binding("enter,e", "write", "Write", show=False),
        Binding("v", "scope", "Write log", show=False),
    ]

    def __init__(self, desk: Desk, guide: Guide) -> None:
        super().__init__(desk, guide)
        self.sheet = Sheet(LINE_UNIT, "", Format.U16, False, (), 0)
        self._tags = listed(self.sheet)
        self._changes = {unit: Changes() for unit in UNITS}
        self._scope = Scope.ALL
        self._journal = journaled_writes()
        self._written: list[Written] = []

    async def read_bulk(self) -> None:
        """What was written since the last time."""
        await self._journal.update(self.desk.acquisition, self.desk.frame().raw("Line.RunEpoch"))
        self._written = from_journal(self._journal)

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The rows around the selected one, and the write log."""
        changes = self._changes[self.sheet.unit]
        if frame.live:
            changes.note(values_of(frame, self.sheet.unit), frame.now_s)
        log = self._log(frame, width, strip_height(height)) if self._scope is not Scope.OFF else []
        room = height - len(log)
        lines = registers(frame, self.sheet, self._tags, changes, width, room)
        return [*lines, *[()] * (room - len(lines)), *log]

    def _log(self, frame: Frame, width: int, height: int) -> list[Line]:
        tag = self.selected
        only = tag.name if self._scope is Scope.TAG and tag is not None else ""
        written = self._written if self._journal.there else from_log(frame.logged)
        lines = write_log(frame, written, only, self._journal.there, width, height)
        return [*lines, *[()] * (height - len(lines))]

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Find, read otherwise, keep in sight, write."""
        tag = self.selected
        return [
            Key("escape", "Esc", "Back"),
            Key("right", "←→", "Unit"),
            Key("enter", "Enter", "Write", tag is not None and not self.desk.commander.blocked((tag.name,))),
            Key("slash", "/", "Filter"),
            Key("f", "F", f"Format {self.sheet.format}"),
            Key("s", "S", "Swap words"),
            Key("p", "P", "Pin", bool(self._tags)),
            Key("v", "V", f"Log {self._scope}"),
            Key("question_mark", "?", "Help"),
        ]

    @property
    def selected(self) -> Tag | None:
        """The tag under the cursor."""
        return self._tags[self.sheet.cursor] if self._tags else None

    def settings(self) -> Settings:
        """Unit, filter, format, pins, and what the write log shows."""
        sheet = self.sheet
        return {
            "unit": sheet.unit,
            "filter": sheet.filter,
            "format": sheet.format.value,
            "pins": list(sheet.pins),
            "log": self._scope.value,
        }

    def set_up(self, settings: Settings) -> None:
        """See `PlantScreen`."""
        unit, typed, shown, pins = (settings.get(name) for name in ("unit", "filter", "format", "pins"))
        self._scope = next((scope for scope in _SCOPES if scope == settings.get("log")), self._scope)
        self._change(
            replace(
                self.sheet,
                unit=unit if unit in UNITS else self.sheet.unit,
                filter=typed if isinstance(typed, str) else self.sheet.filter,
                format=next((known for known in _FORMATS if known == shown), self.sheet.format),
                pins=tuple(name for name in pins if _known(name)) if isinstance(pins, list) else self.sheet.pins,
                cursor=0,
            )
        )

    def show_tag(self, name: str, unit: int) -> None:
        """Turn to a unit and put the cursor on a tag of it."""
        self._change(replace(self.sheet, unit=unit, filter=""))
        places = [place for place, tag in enumerate(self._tags) if tag.name == name]
        self.action_move(places[0] - self.sheet.cursor if places else 0)

    @property
    def board_unit(self) -> int:
        """The unit that is looked at, if it is a board's."""
        return 0 if self.sheet.unit == LINE_UNIT else self.sheet.unit

    def action_unit(self, step: int) -> None:
        """The line's unit, or a board's."""
        unit = UNITS[(UNITS.index(self.sheet.unit) + step) % len(UNITS)]
        self._change(replace(self.sheet, unit=unit, cursor=0))

    def action_move(self, step: int) -> None:
        """Select another tag."""
        cursor = max(0, min(len(self._tags) - 1, self.sheet.cursor + step))
        self.sheet = replace(self.sheet, cursor=cursor)
        self.repaint()

    def action_filter(self) -> None:
        """Type what names, descriptions or addresses shall hold."""

        def narrow(typed: str) -> None:
            self._change(replace(self.sheet, filter=typed, cursor=0))

        self.app.push_screen(FilterDialog(self.desk, self.sheet.filter, narrow))

    def action_format(self) -> None:
        """The next format of the raw column."""
        shown = _FORMATS[(_FORMATS.index(self.sheet.format) + 1) % len(_FORMATS)]
        self._change(replace(self.sheet, format=shown))

    def action_swap(self) -> None:
        """Most significant word first, or last."""
        self._change(replace(self.sheet, swapped=not self.sheet.swapped))

    def action_pin(self) -> None:
        """Keep the selected tag on top, or let it go."""
        tag = self.selected
        if tag is None:
            return
        pins = self.sheet.pins
        kept = tuple(name for name in pins if name != tag.name) if tag.name in pins else (*pins, tag.name)
        self._change(replace(self.sheet, pins=kept))
        self.action_move(self._tags.index(tag) - self.sheet.cursor if tag in self._tags else 0)

    def action_scope(self) -> None:
        """The write log of all tags, of the selected one, or none."""
        self._scope = _SCOPES[(_SCOPES.index(self._scope) + 1) % len(_SCOPES)]
        self.repaint()

    def action_write(self) -> None:
        """Write the selected tag: a new value, then old → new to confirm."""
        tag, frame = self.selected, self.desk.frame()
        if tag is None:
            return
        now = values_of(frame, self.sheet.unit).get(tag.name)
        if now is None:
            self.desk.commander.refuse(f"Write {tag.name}", "it was not read yet")
            self.repaint()
        elif self.possible(WriteRegister(tag.name, now)):

            def entered(raw: int | None) -> None:
                if raw is not None:
                    self.ask(WriteRegister(tag.name, raw))

            self.app.push_screen(RegisterDialog(self.desk, tag.name), entered)

    def _change(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._tags = listed(sheet)
        self.action_move(0)


def _known(name: object) -> bool:
    return isinstance(name, str) and name in PLANT_MAP.by_name
