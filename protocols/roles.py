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


#: Commands to the line: start, stop, orders, calling the attendant.
COMMANDERS: Final = frozenset((Role.OPERATOR, Role.ENGINEER, Role.PLC))
#: Modes, set points, actuators.
CONTROLLERS: Final = frozenset((Role.ENGINEER, Role.PLC))
#: Configuration of a board.
ENGINEERS: Final = frozenset((Role.ENGINEER,))
