"""`sector7 boards assign`: whose board is this?"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sector7.usage import UsageError


def assign(
    port: Annotated[str, typer.Argument(help="Its serial port, or socket://HOST:PORT.", metavar="PORT")],
    station: Annotated[int, typer.Argument(help="The station that it shall serve.", metavar="STATION", min=1, max=12)],
) -> None:
    """Make a board the board of a station: its profile goes to EEPROM, its slave address becomes 10 + STATION.

    Whatever it was doing, its outputs go to their safe state first.
    """
    from protocols.stations.io_table import BY_NUMBER
    from sector7.board_check.serial_target import SerialTarget
    from sector7.board_check.suite import is_port

    if not is_port(port):
        raise UsageError("PORT", port, "a serial port such as /dev/ttyACM0, or socket://HOST:PORT")
    target = SerialTarget(port)
    before = f"of station {target.station}" if target.station else "nobody's"
    try:
        target.assign(BY_NUMBER[station])
    finally:
        target.close()
    sys.stdout.write(f"{port}: was {before}, is the board of station {station} now, slave {10 + station}\n")
