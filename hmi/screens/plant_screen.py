"""What every screen has in common: banner on top, body, the last action and the key bar below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from hmi.comfort.memory import Settings
from hmi.desk import Desk
from hmi.dialogs.confirm import ConfirmDialog
from hmi.dialogs.jump import Target
from hmi.draw.ink import BAR, PLAIN, STRONG
from hmi.draw.spans import Line, fit
from hmi.draw.window import furthest, window
from hmi.frame import Frame
from hmi.link.operation import Operation
from hmi.link.snapshot import Quality
from hmi.panels.actions import last_action
from hmi.panels.banner import HEIGHT, banner
from hmi.panels.no_data import no_data
from hmi.screens.guide import Guide
from hmi.terminal import SMALLEST, fits
from hmi.widgets.key_bar import Key, KeyBar
from hmi.widgets.line_view import LineView


class PlantScreen(Screen[None]):
    """Base of the screens. A subclass says its title, draws its body and names its keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("pagedown", "scroll_page(1)", show=False),
    ]
    #: Standing at the left of the banner.
    heading: ClassVar[str] = ""
    #: False for a screen that says something without the plant.
    needs_data: ClassVar[bool] = True

    DEFAULT_CSS = f"""
    PlantScreen {{ layout: vertical; }}
    PlantScreen > #banner {{ height: {HEIGHT}; }}
    PlantScreen > #body {{ height: 1fr; }}
    PlantScreen > #action {{ height: 1; }}
    PlantScreen > #keys {{ height: 1; }}
    """

    def __init__(self, desk: Desk, guide: Guide) -> None:
        super().__init__()
        self.desk = desk
        self.guide = guide
        self._banner = LineView(BAR, id="banner")
        self._body = LineView(id="body")
        self._action = LineView(id="action")
        self._keys = KeyBar(self._press)
        self._top = 0
        self._count = 0

    def compose(self) -> ComposeResult:
        """The four parts, from top to bottom."""
        yield self._banner
        yield self._body
        yield self._action
        yield self._keys

    def paint(self, frame: Frame) -> None:
        """Show a frame. Called by the app's one paint timer, and after a change of size or cursor."""
        self.desk.acquisition.board_unit = self.board_unit
        width, height = self.size
        if not self.is_mounted or width <= 0 or self._body.size.width <= 0:
            return
        if not fits(width, height):
            self._too_small(frame, width, height)
            return
        self._banner.show(banner(frame, self.title_text(), width))
        draw = no_data if self.needs_data and frame.quality is Quality.NONE else self.body
        self._show_body(draw(frame, self._body.size.width, self._body.size.height))
        self._action.show([last_action(frame, width)])
        self._keys.show_keys(self.keys(frame))

    def _show_body(self, lines: list[Line]) -> None:
        width, height = self._body.size
        self._count = len(lines)
        self._top = furthest(self._count, height, self._top)
        self._body.show(window(lines, self._top, width, height))

    def repaint(self) -> None:
        """Paint now instead of with the next tick."""
        self.paint(self.desk.frame())

    @property
    def board_unit(self) -> int:
        """The Modbus unit of the board that is shown, polled while it is; 0: none."""
        return 0

    def title_text(self) -> str:
        """The screen's name in the banner."""
        return self.heading

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The lines between banner and key bar; those beyond `height` are reached by scrolling. None here."""
        return []

    def keys(self, frame: Frame) -> Sequence[Key]:
        """The key bar's entries, most important first; none here."""
        return ()

    def settings(self) -> Settings:
        """What of the operator's choices on this page is worth keeping, as JSON values; nothing here."""
        return {}

    def set_up(self, settings: Settings) -> None:
        """Choose again what was kept. Whatever does not fit is left as it is."""

    def targets(self) -> list[Target]:
        """What jump mode can go to: the entries of the key bar, and what a page has besides."""
        y = self._keys.region.y
        return [Target(x, y, partial(self._press, key)) for x, key in self._keys.entries]

    def action_scroll_page(self, direction: int) -> None:
        """Scroll by most of a page."""
        height = self._body.size.height
        self._top = furthest(self._count, height, self._top + direction * max(1, height - 3))
        self.repaint()

    def ask(self, operation: Operation) -> None:
        """The first of two steps: show what would change, with Cancel as the default; or say why it cannot be done."""
        if self.possible(operation):
            login = self.desk.commander.login
            dialog = ConfirmDialog(self.desk, operation)
            self.app.push_screen(dialog, lambda yes: self._carry_out(operation, login, yes))

    def possible(self, operation: Operation) -> bool:
        """True if it could be done now; else the reason is noted and shown. Nobody commands what the screen cannot
        show."""
        why = "" if fits(*self.app.size) else "the terminal is too small"
        why = why or self.desk.commander.refusal(operation)
        if why:
            self.desk.commander.refuse(operation.title, why)
            self.repaint()
        return not why

    def _carry_out(self, operation: Operation, login: int, yes: bool | None) -> None:
        if yes:
            self.app.run_worker(self.desk.commander.give(operation, login), group="orders")

    def on_resize(self, event: events.Resize) -> None:
        """The new layout is known after the next refresh."""
        self.call_after_refresh(self.repaint)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Coming back shows the present, not what was left."""
        self.call_after_refresh(self.repaint)

    def _press(self, key: str) -> None:
        self.app.simulate_key(key)

    def _too_small(self, frame: Frame, width: int, height: int) -> None:
        text = f" {width}x{height} is too small: {SMALLEST[0]}x{SMALLEST[1]} needed"
        self._banner.show([fit(((text, STRONG),), width, BAR), last_action(frame, width)])
        self._body.show([])
        self._action.show([((" ", PLAIN),)])
        self._keys.show([])
