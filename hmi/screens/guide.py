"""The way between screens, as a screen knows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from hmi.frame import Frame
from hmi.widgets.key_bar import Key


class Guide(Protocol):
    """Whoever keeps the screens: opens them by name and knows their keys."""

    def open_page(self, name: str) -> None:
        """Show a page of the table of screens. A page whose data the plant lacks is not opened; the log says why."""
        ...

    def open_station(self, number: int) -> None:
        """Show a station's page."""
        ...

    def page_help(self, frame: Frame) -> Sequence[tuple[str, str]]:
        """Keys and meaning of those pages."""
        ...

    def page_keys(self, frame: Frame) -> Sequence[Key]:
        """The keys of all pages that can be opened now, in the order of the table."""
        ...
