"""Whether this process has a terminal that the screens fit on."""

from __future__ import annotations

import os
import shutil
import sys

SMALLEST = (80, 24)
#: Textual's way to have an application drawn elsewhere.
WEB_DRIVER = "TEXTUAL_DRIVER"


def unfit() -> str:
    """Why the HMI cannot run here, in one line; empty if it can."""
    if drawn_elsewhere():
        return ""  # the browser says its size itself
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if not all(stream is not None and stream.isatty() for stream in streams):
        return "the HMI needs a terminal: standard input, output and error must all be one"
    if os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        return "the HMI needs a terminal with cursor control, but TERM says there is none"
    # The same question that Textual asks, so both see the same size.
    width, height = shutil.get_terminal_size()
    if fits(width, height):
        return ""
    return f"the terminal is too small: {width}x{height}, the HMI needs {SMALLEST[0]}x{SMALLEST[1]}"


def drawn_elsewhere() -> bool:
    """True if the screens are drawn in a browser."""
    return os.environ.get(WEB_DRIVER, "").endswith(":WebDriver")


def fits(width: int, height: int) -> bool:
    """True if the screens can be read at this size."""
    return width >= SMALLEST[0] and height >= SMALLEST[1]
