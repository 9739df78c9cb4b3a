"""Where a plant is found unless somebody says otherwise."""

from __future__ import annotations

from typing import Final

#: Modbus' own port, 502, is privileged.
DEFAULT_PORT: Final = 5020
#: A plant on this machine.
HERE: Final = f"127.0.0.1:{DEFAULT_PORT}"
