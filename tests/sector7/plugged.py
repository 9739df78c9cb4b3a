"""Whether pytest finds the plugin by itself: not in an environment that was installed before there was one."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Final

_FOUND: Final = any(point.name == "sector7" for point in entry_points(group="pytest11"))
#: Arguments with which pytest has the plugin.
PLUGGED: Final = () if _FOUND else ("-p", "sector7.pytest_plugin")
