"""The parts of pymodbus' server that ours stands on.

Its package also loads the web page of pymodbus' simulator, and with that aiohttp where it is installed (`sector7 web`
needs it): a quarter of the time in which a plant server starts, for nothing. pymodbus does without where aiohttp is
absent; so it is absent here.
"""

from __future__ import annotations

import sys
from typing import Any, cast

_UNWANTED = "aiohttp"
_modules = cast("dict[str, Any]", sys.modules)
_hidden = _UNWANTED not in _modules
if _hidden:
    _modules[_UNWANTED] = None
try:
    from pymodbus.server import ModbusTcpServer
    from pymodbus.server.base import ModbusBaseServer
    from pymodbus.server.requesthandler import ServerRequestHandler
finally:
    if _hidden:
        del _modules[_UNWANTED]

__all__ = ["ModbusBaseServer", "ModbusTcpServer", "ServerRequestHandler"]
