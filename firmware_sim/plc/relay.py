"""What scans a station in place of its own program while somebody else owns it (port `Controller`)."""

from __future__ import annotations

from typing import ClassVar, Final

from firmware_sim.plc.seat import STANDING, Owner, Seat
from firmware_sim.plc.unit import Unit
from protocols.packml import Command, Mode, State
from protocols.ports import NEVER
from protocols.reasons import Reason
from protocols.stations.images import MARK, MARK_FAIL, MARK_PASS, PALLET

_EVERYTHING: Final = (1 << 32) - 1
_PRESENT: Final = 1  # every station's first input: a pallet stands at the stopper


class Relay:
    """Passes the owner's values on and shows the state that the owner reports in the unit's PackML face.

    The board keeps its interlocks, its trips and its watchdog: whoever commands, a trip is acknowledged by an edge of
    the acknowledge coil. A verdict that the owner writes to the carrier is counted as the program's own are. Of the
    PackML commands only Unhold (after a lost heartbeat) is taken here; the line's commands stay with the stations that
    the line owns.
    """

    STATE: ClassVar[tuple[str, ...]] = ("_seen", "_arrived_us")
    care: Final = _EVERYTHING
    wake_us: Final = NEVER

    def __init__(self, unit: Unit, seat: Seat) -> None:
        self._unit = unit
        self._seat = seat
        self._seen = 0
        self._arrived_us = 0
        self.speaks = False

    def scan(self, now_us: int, status: int) -> int:
        """See port `Controller`."""
        unit, seat = self._unit, self._seat
        unit.status = status
        before = unit.state
        if unit.request:
            command, unit.request = unit.request, 0
            unit.refused = command != Command.UNHOLD or not seat.reopen()
        if seat.shut:
            unit.show(now_us, State.HELD, Reason.OWNER_LOST)
        else:
            unit.show(now_us, seat.reported, Reason.NONE)
        self.speaks = unit.state != before
        command = seat.command
        if status & ~self._seen & _PRESENT:
            self._arrived_us = now_us
        self._seen = status
        mark = command & MARK
        if mark in (MARK_PASS, MARK_FAIL) and not unit.command & MARK and status & PALLET:
            unit.failed = mark == MARK_FAIL
            unit.count(now_us)
            unit.cycle_us = now_us - self._arrived_us
            self.speaks = True
        unit.command = command
        return command

    def hand_over(self, now_us: int, owner: int) -> bool:
        """Change the owner. The program gives the station away only where it stands, and to a person only outside
        Produce mode; an owner may hand it back at any time, which leaves it Stopped. False: refused, and shown."""
        unit, seat = self._unit, self._seat
        manual_in_production = owner == Owner.MANUAL and unit.mode == Mode.PRODUCE
        unit.refused = manual_in_production or not (seat.taken or unit.state in STANDING)
        if unit.refused:
            return False
        if owner == Owner.INTERNAL:
            seat.give(owner, 0)
            unit.show(now_us, State.STOPPED, Reason.NONE)
            unit.request = 0
        else:
            seat.give(owner, unit.command)
            seat.reported = unit.state
            self._seen, self._arrived_us = unit.status, now_us
        unit.aside = seat.taken
        return True
