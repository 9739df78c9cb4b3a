"""Picking tags from a long list: type a part of the name, choose with the arrows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from textual import events

from hmi.desk import Desk
from hmi.dialogs.dialog import Dialog
from hmi.draw.ink import BAR, BAR_CAUTION, BAR_CURSOR, BAR_LABEL, BAR_STRONG
from hmi.draw.spans import Line, fit
from hmi.draw.texts import holds
from hmi.frame import Frame
from protocols.tags.plant_map import PLANT_MAP

_WIDTH, _ROWS = 76, 14
_INNER = _WIDTH - 4


def matching(names: Sequence[str], typed: str) -> list[str]:
    """The tags whose name or description holds every word typed, however it is written."""
    return [name for name in names if holds(typed, f"{name} {PLANT_MAP[name].doc}")]


class PickDialog(Dialog[None]):
    """Stays open while tags are picked and dropped. `toggle` gives False where no more can be picked."""

    DEFAULT_CSS = f"""
    PickDialog {{ align: center middle; background: transparent; }}
    PickDialog > #pick {{
        width: {_WIDTH}; height: {_ROWS + 6}; padding: 0 1; border: heavy $foreground; background: $panel;
    }}
    """

    def __init__(
        self, desk: Desk, names: Sequence[str], chosen: Callable[[], Collection[str]], toggle: Callable[[str], bool]
    ) -> None:
        super().__init__(desk, "pick")
        self._names = names
        self._chosen = chosen
        self._toggle = toggle
        self._typed = ""
        self._place = 0
        self._problem = ""

    def paint(self, frame: Frame) -> None:
        """The field, the list around the selected tag, what the keys do."""
        if not self.is_current:
            return
        found = matching(self._names, self._typed)
        self._place = max(0, min(self._place, len(found) - 1))
        top = max(0, min(self._place - _ROWS // 2, len(found) - _ROWS))
        lines: list[Line] = [
            (("/ ", BAR_STRONG), (f"{self._typed}_", BAR_CURSOR), (f"   {len(found)} of {len(self._names)}", BAR_LABEL))
        ]
        chosen = self._chosen()
        for place, name in enumerate(found[top : top + _ROWS], top):
            mark = "●" if name in chosen else "○"
            ink = BAR_CURSOR if place == self._place else BAR_STRONG if name in chosen else BAR
            lines.append(((f"{mark} {name} ", ink), (f" {PLANT_MAP[name].doc}", BAR_LABEL)))
        if not found:
            lines.append((("no tag has this in its name or description", BAR_LABEL),))
        lines += [()] * (_ROWS + 2 - len(lines))
        lines.append(((f"▲ {self._problem}", BAR_CAUTION),) if self._problem else ())
        lines.append((("type to filter   ↑↓ choose   Enter pick or drop   Esc done", BAR_LABEL),))
        self.view.show([fit(line, _INNER, BAR) for line in lines])

    def on_key(self, event: events.Key) -> None:
        """Every key of the field and the list."""
        event.stop()
        if not self.is_current:
            return  # typed in the same moment as what closed it
        self._problem = ""
        if event.key in ("escape", "ctrl+c"):
            self.dismiss(None)
            return
        if event.key == "enter":
            self._pick()
        elif event.key in ("up", "down", "pageup", "pagedown"):
            step = {"up": -1, "down": 1, "pageup": -_ROWS, "pagedown": _ROWS}[event.key]
            self._place = max(0, self._place + step)
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.character and event.character.isprintable():
            self._typed, self._place = (self._typed + event.character)[:40], 0
        self.repaint()

    def _pick(self) -> None:
        found = matching(self._names, self._typed)
        if found and not self._toggle(found[self._place]):
            self._problem = "no more can be shown at once: drop one first"
