"""The themes as Textual knows them: what it fills screens and frames with."""

from __future__ import annotations

from collections.abc import Iterator

from textual.theme import Theme

from hmi.draw.ink import AMBER, GREY, PANEL, PAPER, RED, TEXT
from hmi.draw.themes import THEMES


def textual_themes() -> Iterator[Theme]:
    """One for each theme, by the same name."""
    for name, inks in THEMES.items():
        yield Theme(
            name=name,
            primary=inks[GREY],
            foreground=inks[TEXT],
            background=inks[PAPER],
            surface=inks[PAPER],
            panel=inks[PANEL],
            warning=inks[AMBER],
            error=inks[RED],
            dark=name != "light",
        )
