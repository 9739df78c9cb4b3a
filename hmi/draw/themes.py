"""Themes: the inks of `hmi.draw.ink` as other terminals and other eyes want them.

Panels draw in the inks of the dark theme. A theme says which colour stands for which of them; it is applied to each
line where it leaves the program, so no panel knows of themes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from rich.color import Color
from rich.style import Style

from hmi.draw.ink import AMBER, BRIGHT, FAINT, GREY, PANEL, PAPER, RED, TEXT

DARK: Final = "dark"
_AS_DRAWN: Final = {ink: ink for ink in (PAPER, PANEL, TEXT, BRIGHT, GREY, FAINT, AMBER, RED)}
#: By name: the colour of every ink. Light is the grey of ISA-101's displays; mono leaves the hues to shapes alone.
THEMES: Final[Mapping[str, Mapping[str, str]]] = {
    DARK: _AS_DRAWN,
    "light": {
        PAPER: "#d8dadb", PANEL: "#c2c6c9", TEXT: "#23292e", BRIGHT: "#000000", GREY: "#434c53", FAINT: "#858d94",
        AMBER: "#6b3a00", RED: "#a8070c",
    },
    "mono": {**_AS_DRAWN, AMBER: BRIGHT, RED: BRIGHT},
}  # fmt: skip


@lru_cache(maxsize=2048)
def dress(style: Style, theme: str) -> Style:
    """A style in the colours of a theme. Without hues the most urgent ink is underlined."""
    inks = THEMES.get(theme, _AS_DRAWN)
    urgent = theme == "mono" and style.color is not None and style.color.name == RED
    change = Style(color=_in(inks, style.color), bgcolor=_in(inks, style.bgcolor), underline=True if urgent else None)
    return style + change


def _in(inks: Mapping[str, str], colour: Color | None) -> str | None:
    return None if colour is None else inks.get(colour.name, colour.name)
