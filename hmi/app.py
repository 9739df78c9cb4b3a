"""The operator's application: it starts the acquisition, ticks the visible screen and knows the way between screens."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import time
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.theme import Theme

from hmi.desk import Desk, desk
from hmi.dialogs.confirm import ConfirmDialog
from hmi.dialogs.setpoint import SetpointDialog
from hmi.dialogs.shelve import ShelveDialog
from hmi.draw import ink
from hmi.link.client import ClientFactory
from hmi.screens.alarms import AlarmScreen
from hmi.screens.boards import BoardsScreen
from hmi.screens.help import HelpScreen
from hmi.screens.overview import OverviewScreen
from hmi.screens.plant_screen import PlantScreen
from hmi.screens.power import PowerScreen
from hmi.screens.station import StationScreen
from hmi.terminal import unfit
from protocols.modbus_client import PlantClient

PAINT_S = 0.1
#: A server that does not answer within this time has lost the link; shorter than the 2 s in which loss must show.
TIMEOUT_S = 1.0

_STATION_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "minus", "equals_sign")

_THEME = Theme(
    name="sector7",
    primary=ink.GREY,
    foreground=ink.TEXT,
    background=ink.PAPER,
    surface=ink.PAPER,
    panel=ink.PANEL,
    warning=ink.AMBER,
    error=ink.RED,
)


class HmiApp(App[None]):
    """The screens of one console. The acquisition runs as long as the app does."""

    TITLE = "sector7"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"station({i})", show=False) for i, key in enumerate(_STATION_KEYS, 1)),
        Binding("a", "alarms", "Alarms", show=False),
        Binding("w", "power", "Power", show=False),
        Binding("f1", "overview", "Overview", show=False),
        Binding("b", "boards", "Boards", show=False),
        Binding("question_mark", "help", "Help", show=False),
        Binding("q", "quit", "Quit", show=False),
        Binding("ctrl+c", "quit", "Quit", show=False, priority=True, system=True),
    ]

    def __init__(self, shared: Desk) -> None:
        # Without colours Textual would paint in greys; NO_COLOR asks for none at all.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self._desk = shared
        self._overview = OverviewScreen(shared, self.open_station)
        self._station = StationScreen(shared)
        self._boards = BoardsScreen(shared)
        self._alarms = AlarmScreen(shared, self.open_station)
        self._power = PowerScreen(shared)
        self._help = HelpScreen(shared)
        self._acquiring: asyncio.Task[None] | None = None

    def on_mount(self) -> None:
        """Bring up the overview and start the two clocks: acquisition and painting."""
        self.register_theme(_THEME)
        self.theme = "sector7"
        self.install_screen(self._overview, "overview")
        self.install_screen(self._station, "station")
        self.install_screen(self._boards, "boards")
        self.install_screen(self._alarms, "alarms")
        self.install_screen(self._power, "power")
        self.install_screen(self._help, "help")
        self.push_screen("overview")
        self._acquiring = asyncio.create_task(self._desk.run(), name="acquisition")
        self._acquiring.add_done_callback(self._acquisition_ended)
        self.set_interval(PAINT_S, self._paint)
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                loop.add_signal_handler(number, self.exit)

    async def on_unmount(self) -> None:
        """Give the connection back."""
        if self._acquiring is not None:
            self._acquiring.cancel()
            await asyncio.gather(self._acquiring, return_exceptions=True)

    def open_station(self, number: int) -> None:
        """Show a station's page, from any screen."""
        self._overview.select(number)
        self._station.show_station(number)
        while self.screen in (self._help, self._alarms, self._boards, self._power):
            self.pop_screen()
        if self.screen is not self._station:
            self.push_screen("station")

    def action_station(self, number: int) -> None:
        """A digit opens its station, unless a question is open."""
        if not self.screen.is_modal:
            self.open_station(number)

    def action_overview(self) -> None:
        """Back to the overview from any screen."""
        while self.screen is not self._overview and not self.screen.is_modal and len(self.screen_stack) > 2:
            self.pop_screen()

    def action_boards(self) -> None:
        """The boards and their links."""
        if not self.screen.is_modal and self._boards not in self.screen_stack:
            self.push_screen("boards")

    def action_alarms(self) -> None:
        """The alarm summary, from any screen."""
        if self.screen is self._help:
            self.pop_screen()
        if not self.screen.is_modal and self._alarms not in self.screen_stack:
            self.push_screen("alarms")

    def action_power(self) -> None:
        """The power network, from any screen."""
        if self.screen is self._help:
            self.pop_screen()
        if not self.screen.is_modal and self._power not in self.screen_stack:
            self.push_screen("power")

    def action_help(self) -> None:
        """Keys and marks."""
        if not self.screen.is_modal and self.screen is not self._help:
            self.push_screen("help")

    def _paint(self) -> None:
        """Push one frame to what is visible: the topmost page and the dialogs above it."""
        self._follow_terminal()
        frame = self._desk.frame()
        for screen in reversed(self.screen_stack):
            if isinstance(screen, PlantScreen | ConfirmDialog | SetpointDialog | ShelveDialog):
                screen.paint(frame)
            if not screen.is_modal:
                break

    def _follow_terminal(self) -> None:
        """Make up for a change of size that Textual missed.

        Its signal handler can be interrupted by the next signal; then the sizes arrive in the wrong order, and the
        older one stays.
        """
        size = Size(*shutil.get_terminal_size())
        if not self.is_headless and size != self.size:
            self.post_message(events.Resize(size, size))

    def _acquisition_ended(self, task: asyncio.Task[None]) -> None:
        """The acquisition never ends by itself: an error in it must not leave a frozen screen behind."""
        if not task.cancelled() and (error := task.exception()) is not None:
            self._handle_exception(error if isinstance(error, Exception) else RuntimeError(str(error)))


def run(host: str, port: int, read_only: bool = False) -> int:
    """Run the HMI in this terminal against the plant server at `host`:`port`.

    Returns the exit code: 0 when the operator left, 3 when there is no terminal or it is too small. An unreachable
    server is no error: the screens show the lost link and reconnect by themselves.
    """
    if why := unfit():
        sys.stderr.write(f"sector7 hmi: {why}\n")
        return 3
    app = HmiApp(desk(plant_client(host, port), time.monotonic, read_only))
    app.run()
    return app.return_code or 0


def plant_client(host: str, port: int) -> ClientFactory:
    """Makes Modbus clients for a server."""
    return lambda: PlantClient(host, port, timeout_s=TIMEOUT_S)
