"""An application made of pages: any of them opens from any other, and Esc leads back the way one came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.app import App

from hmi.desk import Desk
from hmi.frame import Frame
from hmi.screens.overview import OverviewScreen
from hmi.screens.pages import BY_NAME, PAGES
from hmi.screens.plant_screen import PlantScreen
from hmi.screens.station import StationScreen
from hmi.widgets.key_bar import Key

#: Where every way begins.
FIRST: Final = "overview"


class PagedApp(App[None]):
    """The pages of one console by name, and the way that led to the one on top."""

    def __init__(self, desk: Desk, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self.desk = desk
        self.pages = {page.name: page.make(desk, self) for page in PAGES}
        self._way = [FIRST]

    @property
    def opened(self) -> str:
        """The name of the page on top."""
        return self._way[-1]

    def open_page(self, name: str) -> None:
        """Show a page of the table of screens, from any other; Esc leads back the way one came."""
        page = BY_NAME[name]
        if why := page.lacking(self.desk.frame()):
            self.desk.commander.refuse(f"Open {page.title.lower()}", why)
        elif name == FIRST:
            self._way = [FIRST]
        else:
            self._way = [*(passed for passed in self._way if passed != name), name]
        self._show(self.pages[self._way[-1]])

    def _show(self, page: PlantScreen) -> None:
        """Put a page on top of the first one, which always stays."""
        first = self.pages[FIRST]
        if page is self.screen:
            return
        if page is first:
            self.pop_screen()
        elif self.screen is first:
            self.push_screen(page)
        else:
            self.switch_screen(page)

    def open_station(self, number: int) -> None:
        """Show a station's page, from any other."""
        overview, station = self.pages["overview"], self.pages["station"]
        assert isinstance(overview, OverviewScreen)
        assert isinstance(station, StationScreen)
        overview.select(number)
        station.show_station(number)
        self.open_page("station")

    def page_help(self, frame: Frame) -> Sequence[tuple[str, str]]:
        """Keys and meaning of all pages that can be opened now."""
        return [(page.shown, f"{page.title}: {page.help}") for page in PAGES if not page.lacking(frame)]

    def page_keys(self, frame: Frame) -> Sequence[Key]:
        """The keys of all pages that can be opened now."""
        return [page.key for page in PAGES if not page.lacking(frame)]

    def action_page(self, name: str) -> None:
        """The key of a page opens it; pressed again it leads back. Not while a question is open."""
        if self.screen.is_modal:
            return
        if self.screen is self.pages[name]:
            self.action_leave()
        else:
            self.open_page(name)

    def action_station(self, number: int) -> None:
        """A digit opens its station, unless a question is open."""
        if not self.screen.is_modal:
            self.open_station(number)

    def action_leave(self) -> None:
        """To the page that the operator came from."""
        if not self.screen.is_modal and len(self._way) > 1:
            self._way.pop()
            self._show(self.pages[self._way[-1]])
