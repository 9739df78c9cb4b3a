"""The inks of the HMI. A grey base; colour is kept for what is abnormal, and never speaks alone (ISA-101)."""

from __future__ import annotations

from typing import Final

from rich.style import Style

PAPER: Final = "#1f2327"
PANEL: Final = "#2a2f34"
TEXT: Final = "#c3c9ce"
BRIGHT: Final = "#f0f3f5"
GREY: Final = "#8b949b"
FAINT: Final = "#565e65"
AMBER: Final = "#f2b134"
RED: Final = "#ff6b5e"

#: Ordinary text, values and their surroundings.
PLAIN: Final = Style(color=TEXT, bgcolor=PAPER)
STRONG: Final = Style(color=BRIGHT, bgcolor=PAPER, bold=True)
LABEL: Final = Style(color=GREY, bgcolor=PAPER)
RULE: Final = Style(color=FAINT, bgcolor=PAPER)
#: Not to be trusted: stale or never read. The text carries a question mark as well.
STALE: Final = Style(color=GREY, bgcolor=PAPER, italic=True)
#: Needs attention soon (held, out of the normal band).
CAUTION: Final = Style(color=AMBER, bgcolor=PAPER, bold=True)
#: Needs attention now (aborted, link lost).
ALARM: Final = Style(color=RED, bgcolor=PAPER, bold=True)
#: The same two as filled blocks; `reverse` survives a terminal without colours.
CAUTION_BLOCK: Final = Style(color=AMBER, bgcolor=PAPER, bold=True, reverse=True)
ALARM_BLOCK: Final = Style(color=RED, bgcolor=PAPER, bold=True, reverse=True)
#: Where the operator's cursor stands.
CURSOR: Final = Style(color=BRIGHT, bgcolor=PAPER, bold=True, reverse=True)

#: The banner, the key bar and dialogs stand on a lighter grey.
BAR: Final = Style(color=TEXT, bgcolor=PANEL)
BAR_STRONG: Final = Style(color=BRIGHT, bgcolor=PANEL, bold=True)
BAR_LABEL: Final = Style(color=GREY, bgcolor=PANEL)
BAR_CAUTION: Final = Style(color=AMBER, bgcolor=PANEL, bold=True)
BAR_ALARM: Final = Style(color=RED, bgcolor=PANEL, bold=True, reverse=True)
BAR_CURSOR: Final = Style(color=BRIGHT, bgcolor=PANEL, bold=True, reverse=True)
