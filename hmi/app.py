"""The operator's application: it starts the acquisition and ticks the visible screen."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import string
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size

from hmi.comfort.comfort import Comfort
from hmi.comfort.looks import textual_themes
from hmi.comfort.memory import default_path
from hmi.desk import COMMANDING, Desk, desk
from hmi.dialogs.dialog import Dialog
from hmi.dialogs.login import LoginDialog
from hmi.link.connect import plant_client
from hmi.link.login import Terms
from hmi.paged_app import FIRST, PagedApp
from hmi.screens.pages import PAGES
from hmi.screens.plant_screen import PlantScreen
from hmi.terminal import drawn_elsewhere, unfit
from protocols.errors import LinkError
from protocols.modbus.tls_client import ClientContext

PAINT_S = 0.1

_STATION_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "minus", "equals_sign")


class HmiApp(PagedApp):
    """The screens of one console. The acquisition runs as long as the app does."""

    TITLE = "sector7"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"station({i})", show=False) for i, key in enumerate(_STATION_KEYS, 1)),
        *(Binding(page.keys, f"page('{page.name}')", page.title, show=False) for page in PAGES),
        Binding("escape", "leave", "Back", show=False),
        Binding("q", "quit", "Quit", show=False),
        Binding("ctrl+p", "palette", "Find", show=False),
        Binding("ctrl+o", "jump", "Jump", show=False),
        Binding("ctrl+t", "theme", "Theme", show=False),
        Binding("l", "login", "Log in", show=False),
        # Key bars are written in capitals. A capital that no screen has a use of its own for is the small letter.
        *(Binding(key.upper(), f"small('{key}')", show=False) for key in string.ascii_lowercase),
        Binding("ctrl+c", "quit", "Quit", show=False, priority=True, system=True),
    ]

    def __init__(self, shared: Desk, remembered: Path | None = None) -> None:
        # Without colours Textual would paint in greys; NO_COLOR asks for none at all.
        super().__init__(shared, ansi_color=True if "NO_COLOR" in os.environ else None)
        # TEXTUAL_ANIMATIONS=none is how a terminal's user asks every Textual program for less motion.
        shared.lamp.still |= self.animation_level == "none"
        self._comfort = Comfort(self, shared, remembered)
        self._acquiring: asyncio.Task[None] | None = None

    def on_mount(self) -> None:
        """Bring up the overview and start the two clocks: acquisition and painting."""
        for theme in textual_themes():
            self.register_theme(theme)
        self.theme = self._comfort.theme
        for name, screen in self.pages.items():
            self.install_screen(screen, name)
        self.push_screen(FIRST)
        self._acquiring = asyncio.create_task(self.desk.run(), name="acquisition")
        self._acquiring.add_done_callback(self._acquisition_ended)
        self.set_interval(PAINT_S, self._paint)
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                loop.add_signal_handler(number, self.exit)

    async def on_unmount(self) -> None:
        """Keep the settings, give the connection back."""
        self._comfort.remember()
        if self._acquiring is not None:
            self._acquiring.cancel()
            await asyncio.gather(self._acquiring, return_exceptions=True)

    async def on_event(self, event: events.Event) -> None:
        """A key pressed on a page is judged at once, so that what is typed ahead reaches the question it opens.

        Textual would hand it to the page first and judge it when it comes back; by then the next keys, typed for a
        field that opens, have gone to the page too. Pages have no field of their own.
        """
        if isinstance(event, events.Key | events.Paste | events.MouseDown):
            self.desk.login.touch()
        if isinstance(event, events.Key) and isinstance(self.screen, PlantScreen):
            if not await self._check_bindings(event.key, priority=True):
                await self._check_bindings(event.key)
        else:
            await super().on_event(event)

    def action_small(self, key: str) -> None:
        """A capital letter counts as the small one."""
        self.simulate_key(key)

    def action_palette(self) -> None:
        """Find anything by typing, unless a question is open."""
        self._comfort.palette()

    def action_jump(self) -> None:
        """Letters to jump to, unless a question is open."""
        self._comfort.jump()

    def action_theme(self) -> None:
        """The next theme."""
        self._comfort.next_theme()

    def action_login(self) -> None:
        """Who may sit here, unless a question is open or this console never commands."""
        if self.screen.is_modal:
            return
        try:
            self.push_screen(LoginDialog(self.desk, self.desk.login.cards()))
        except LinkError as error:
            self.desk.commander.refuse("Log in", str(error))

    def _paint(self) -> None:
        """Push one frame to what is visible: the topmost page and the dialogs above it."""
        self._follow_terminal()
        self.desk.login.tick(self.desk.clock())
        frame = self.desk.frame()
        self._comfort.settle(frame)
        for screen in reversed(self.screen_stack):
            if isinstance(screen, PlantScreen | Dialog):
                screen.paint(frame)
            if not screen.is_modal:
                break

    def _follow_terminal(self) -> None:
        """Make up for a change of size that Textual missed.

        Its signal handler can be interrupted by the next signal; then the sizes arrive in the wrong order, and the
        older one stays.
        """
        size = Size(*shutil.get_terminal_size())
        if not (self.is_headless or self.is_web) and size != self.size:
            self.post_message(events.Resize(size, size))

    def _acquisition_ended(self, task: asyncio.Task[None]) -> None:
        """The acquisition never ends by itself: an error in it must not leave a frozen screen behind."""
        if not task.cancelled() and (error := task.exception()) is not None:
            self._handle_exception(error if isinstance(error, Exception) else RuntimeError(str(error)))


def run(
    host: str,
    port: int,
    terms: Terms = COMMANDING,
    tls: ClientContext | None = None,
    still: bool = False,
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Run the HMI in this terminal against the plant server at `host`:`port`, with `tls` as who its certificate says.
    Nothing blinks if it shall be `still`. `clock` gives the seconds in which patience with the plant is counted.

    Returns the exit code: 0 when the operator left, 3 when there is no terminal or it is too small. An unreachable
    server is no error: the screens show the lost link and reconnect by themselves.
    """
    if why := unfit():
        sys.stderr.write(f"sector7 hmi: {why}\n")
        return 3
    # Consoles in a browser are many at a time and no user's own.
    remembered = None if drawn_elsewhere() else default_path()
    shared = desk(plant_client(host, port, tls), clock, terms)
    shared.lamp.still = still
    app = HmiApp(shared, remembered)
    app.run()
    return app.return_code or 0
