"""Everything that can be found by typing: what works here now, pages, stations, commands, tags, presets, themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from hmi.comfort.memory import PRESETS, Preset
from hmi.draw.texts import long_name
from hmi.draw.themes import THEMES
from hmi.frame import Frame
from hmi.link.operation import Operation
from hmi.link.pens import TRENDABLE
from hmi.operations.jam import JamClear
from hmi.operations.packml import LINE, PackmlOrder
from hmi.screens.pages import PAGES
from hmi.widgets.key_bar import Key
from protocols.packml import Command
from protocols.stations.io_table import STATIONS
from protocols.tags.plant_map import PLANT_MAP

_ORDERS = (Command.START, Command.HOLD, Command.UNHOLD, Command.STOP, Command.RESET, Command.CLEAR)


@dataclass(frozen=True)
class Entry:
    """One thing: its kind and name as they are shown, words that find it besides, and what choosing it does."""

    kind: str
    name: str
    more: str
    go: Callable[[], object]

    @property
    def text(self) -> str:
        """What is searched."""
        return f"{self.name} {self.more} {self.kind}"


class Console(Protocol):
    """What entries do to the console."""

    def press(self, key: str) -> None:
        """Press a key on the page."""

    def open_page(self, name: str) -> None:
        """Show a page."""

    def open_station(self, number: int) -> None:
        """Show a station's page."""

    def ask(self, operation: Operation) -> None:
        """The first of two steps of a command."""

    def trend(self, name: str) -> None:
        """Show a tag on the trend page."""

    def register(self, name: str, unit: int) -> None:
        """Show a tag among the registers of its unit."""

    def wear(self, theme: str) -> None:
        """Change the theme."""

    def stand_still(self, still: bool) -> None:
        """Let the marks of unacknowledged alarms blink, or not."""

    def store(self, number: int) -> None:
        """Keep the page with its settings as a preset."""

    def recall(self, number: int) -> None:
        """Show a preset."""


def entries(console: Console, frame: Frame, keys: tuple[Key, ...], presets: dict[int, Preset]) -> Iterator[Entry]:
    """All of them. What works on this page now comes first, so the empty search tells the keys."""
    for key in keys:
        if key.enabled:
            yield Entry("here", f"{key.shown}  {key.label}", "key", partial(console.press, key.key))
    for page in PAGES:
        if not page.lacking(frame):
            name = f"{page.title}  {page.shown}"
            yield Entry("page", name, page.help, partial(console.open_page, page.name))
    yield Entry("page", "Log in, log out  L", "certificate passphrase role who", partial(console.press, "l"))
    for io in STATIONS:
        name = f"{io.code} {io.title}"
        yield Entry("station", name, f"station {io.number}", partial(console.open_station, io.number))
    yield from _commands(console)
    yield from _own(console, presets)
    for tag in TRENDABLE:
        doc = PLANT_MAP[tag].doc or long_name(tag.rpartition(".")[2])
        yield Entry("trend", tag, doc, partial(console.trend, tag))
    for unit in PLANT_MAP.units.values():
        for one in unit.tags:
            yield Entry("register", one.name, one.doc, partial(console.register, one.name, unit.unit))


def _commands(console: Console) -> Iterator[Entry]:
    for target in (LINE, *(io.code for io in STATIONS)):
        for command in _ORDERS:
            order = PackmlOrder(target, command)
            yield Entry("command", order.title, "", partial(console.ask, order))
        call = JamClear(target)
        yield Entry("command", f"{target} jam clear", "call attendant", partial(console.ask, call))


def _own(console: Console, presets: dict[int, Preset]) -> Iterator[Entry]:
    for number, preset in sorted(presets.items()):
        name = f"Preset {number}: {preset.page} {_told(preset)}".rstrip()
        yield Entry("preset", name, "recall", partial(console.recall, number))
    for number in PRESETS:
        yield Entry("preset", f"Store this page as preset {number}", "keep", partial(console.store, number))
    for theme in THEMES:
        yield Entry("theme", f"Theme {theme}", "colours look", partial(console.wear, theme))
    yield Entry("look", "Alarm marks blink", "blinking", partial(console.stand_still, False))
    yield Entry("look", "Alarm marks stand still", "no blinking, reduced motion", partial(console.stand_still, True))


def _told(preset: Preset) -> str:
    """What is in a preset, in few words."""
    values = (value for value in preset.settings.values() if value)
    return ", ".join(" ".join(map(str, value)) if isinstance(value, list) else str(value) for value in values)[:40]
