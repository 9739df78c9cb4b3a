"""The key bar at the foot of every screen: what works now is bright, what does not is dim. Clickable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events

from hmi.draw.ink import BAR, BAR_LABEL, BAR_STRONG
from hmi.draw.spans import CUT, Line, Span, fit
from hmi.widgets.line_view import LineView


@dataclass(frozen=True, slots=True)
class Key:
    """One entry: the key's name as Textual knows it, how it is written, what it does, whether it works now."""

    key: str
    shown: str
    label: str
    enabled: bool = True


def key_bar(keys: Sequence[Key], width: int) -> tuple[Line, list[tuple[int, int, str]]]:
    """The line, and the cells (first, end, key) that each entry covers.

    If not all fit, those that do not work now go first; entries that still do not fit leave an ellipsis.
    """
    if sum(len(key.shown) + len(key.label) + 3 for key in keys) > width:
        keys = [key for key in keys if key.enabled]
    spans: list[Span] = [(" ", BAR)]
    places: list[tuple[int, int, str]] = []
    x = 1
    for i, key in enumerate(keys):
        size = len(key.shown) + 1 + len(key.label)
        last = i == len(keys) - 1
        if x + size + (0 if last else 2) > width:
            spans.append((CUT, BAR_LABEL))
            break
        spans += [
            (key.shown, BAR_STRONG if key.enabled else BAR_LABEL),
            (f" {key.label}", BAR if key.enabled else BAR_LABEL),
            ("  ", BAR),
        ]
        places.append((x, x + size, key.key))
        x += size + 2
    return fit(tuple(spans), width, BAR), places


class KeyBar(LineView):
    """The bar as a widget. `press` is called with the key that was clicked."""

    def __init__(self, press: Callable[[str], None]) -> None:
        super().__init__(BAR, id="keys")
        self._press = press
        self._places: list[tuple[int, int, str]] = []

    def show_keys(self, keys: Sequence[Key]) -> None:
        """Show these entries, most important first."""
        line, self._places = key_bar(keys, self.size.width)
        self.show([line])

    @property
    def entries(self) -> list[tuple[int, str]]:
        """The first cell and the key of every entry that is to be seen."""
        return [(first, key) for first, _, key in self._places]

    def on_click(self, event: events.Click) -> None:
        """A click on an entry presses its key."""
        for first, end, key in self._places:
            if first <= event.x < end:
                self._press(key)
