"""Who may write what. A connection has one role; a tag says which roles may write it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a connected partner is to the plant. The names are those that certificates carry."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ENGINEER = "engineer"
    PLC = "plc"


#: The extension of the Modbus/TCP Security specification that carries a role in a certificate, as a UTF8String.
ROLE_OID: Final = "1.3.6.1.4.1.50316.802.1"
#: Commands to the line: start, stop, orders, calling the attendant.
COMMANDERS: Final = frozenset((Role.OPERATOR, Role.ENGINEER, Role.PLC))
#: Modes, set points, actuators.
CONTROLLERS: Final = frozenset((Role.ENGINEER, Role.PLC))
#: Configuration of a board.
ENGINEERS: Final = frozenset((Role.ENGINEER,))
