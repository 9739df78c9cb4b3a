"""The comfort of one console: palette, jump mode, themes, presets and what is remembered."""

from __future__ import annotations

from pathlib import Path

from hmi.comfort.entries import Entry, entries
from hmi.comfort.memory import Memory, Preset, load, save
from hmi.desk import Desk
from hmi.dialogs.jump import JumpDialog, Target
from hmi.dialogs.palette import PaletteDialog
from hmi.draw.themes import DARK, THEMES
from hmi.frame import Frame
from hmi.link.operation import Operation
from hmi.link.pens import MOST_PENS
from hmi.link.snapshot import Quality
from hmi.paged_app import PagedApp
from hmi.screens.pages import BY_NAME
from hmi.screens.plant_screen import PlantScreen
from hmi.screens.registers import RegistersScreen


class Comfort:
    """Works on one app. With `path` None nothing is remembered."""

    def __init__(self, app: PagedApp, desk: Desk, path: Path | None) -> None:
        self._app = app
        self._desk = desk
        self._path = path
        self._memory, self._note = load(path) if path is not None else (Memory(), "")
        self._presets = dict(self._memory.presets)
        self._still = self._memory.still
        desk.lamp.still |= self._still
        self._settled = path is None

    @property
    def theme(self) -> str:
        """The theme to begin with."""
        return self._memory.theme if self._memory.theme in THEMES else DARK

    def settle(self, frame: Frame) -> None:
        """Once the plant answers: everything as it was left, unless the operator has gone elsewhere already."""
        if self._settled or frame.quality is Quality.NONE:
            return
        self._settled = True
        if self._note:
            self._desk.commander.refuse("Settings of last time", self._note)
        for name, page in self._app.pages.items():
            page.set_up(self._memory.pages.get(name, {}))
        if self._memory.page in BY_NAME and self._app.opened == "overview" and not self._app.screen.is_modal:
            self._app.open_page(self._memory.page)

    def remember(self) -> None:
        """Keep everything for the next time."""
        if self._path is None or not self._settled:
            return
        pages = {name: settings for name, page in self._app.pages.items() if (settings := page.settings())}
        why = save(self._path, Memory(self._app.opened, self._app.theme, pages, self._presets, self._still))
        if why:
            self._desk.commander.refuse("Remember the settings", why)

    def palette(self) -> None:
        """Find anything by typing."""
        page = self._page()
        if page is not None:
            frame = self._desk.frame()
            things = list(entries(self, frame, tuple(page.keys(frame)), self._presets))
            self._app.push_screen(PaletteDialog(self._desk, things), _go)

    def jump(self) -> None:
        """A letter on everything that can be gone to."""
        page = self._page()
        if page is not None:
            self._app.push_screen(JumpDialog(page.targets()), _go)

    # ---- what entries of the palette do
    def press(self, key: str) -> None:
        """See `entries.Console`."""
        self._app.simulate_key(key)

    def open_page(self, name: str) -> None:
        """See `entries.Console`."""
        self._app.open_page(name)

    def open_station(self, number: int) -> None:
        """See `entries.Console`."""
        self._app.open_station(number)

    def ask(self, operation: Operation) -> None:
        """See `entries.Console`."""
        page = self._page()
        if page is not None:
            page.ask(operation)

    def trend(self, name: str) -> None:
        """See `entries.Console`: the tag becomes a pen, in place of the oldest if there are as many as can be."""
        names = [pen for pen in self._desk.pens.names if pen != name]
        self._desk.pens.choose([*names[-(MOST_PENS - 1) :], name])
        self._app.open_page("trends")

    def register(self, name: str, unit: int) -> None:
        """See `entries.Console`."""
        page = self._app.pages["registers"]
        assert isinstance(page, RegistersScreen)
        page.show_tag(name, unit)
        self._app.open_page("registers")

    def wear(self, theme: str) -> None:
        """See `entries.Console`."""
        self._app.theme = theme

    def stand_still(self, still: bool) -> None:
        """See `entries.Console`."""
        self._still = self._desk.lamp.still = still

    def next_theme(self) -> None:
        """The themes in turn."""
        names = list(THEMES)
        self.wear(names[(names.index(self._app.theme) + 1) % len(names)])

    def store(self, number: int) -> None:
        """See `entries.Console`."""
        self._presets[number] = Preset(self._app.opened, self._app.pages[self._app.opened].settings())
        self.remember()

    def recall(self, number: int) -> None:
        """See `entries.Console`. A preset that is not there changes nothing."""
        preset = self._presets.get(number)
        if preset is not None and preset.page in BY_NAME:
            self._app.pages[preset.page].set_up(preset.settings)
            self._app.open_page(preset.page)

    def _page(self) -> PlantScreen | None:
        screen = self._app.screen
        return screen if isinstance(screen, PlantScreen) else None


def _go(chosen: Entry | Target | None) -> None:
    if chosen is not None:
        chosen.go()
