"""Real partners: external PLCs whose heartbeat is judged in wall time and enters the plant only as an event."""

from __future__ import annotations

from typing import Final

from firmware_sim.plc.seat import Owner
from protocols.tags.line_map import UNIT as LINE_UNIT
from sector7.rig.intake import PACEMAKER, Intake
from sector7.rig.rig import Rig

#: One count of the register HeartbeatTimeout, seconds.
_COUNT_S: Final = 0.1


class Partners:
    """Watches the heartbeat registers of all stations that an external PLC owns."""

    def __init__(self, rig: Rig, intake: Intake) -> None:
        self._rig = rig
        self._intake = intake
        self._seen: dict[int, tuple[int, float]] = {}

    @property
    def partner(self) -> str:
        """A real partner that owns a station, in words; empty if there is none."""
        owned = (c.unit.io.code for c in self._rig.cabinets if c.seat.owner == Owner.EXTERNAL)
        return next((f"an external PLC owns {code}" for code in owned), "")

    def look(self, wall_s: float) -> None:
        """Compare every heartbeat with the one seen before; tell the plant of one lost or regained."""
        requested = self._rig.orders.requested
        for cabinet in self._rig.cabinets:
            seat, number, code = cabinet.seat, cabinet.unit.io.number, cabinet.unit.io.code
            if seat.owner != Owner.EXTERNAL:
                self._seen.pop(number, None)
                continue
            beat = requested[f"{code}.Heartbeat"]
            before, since = self._seen.get(number, (beat, wall_s))
            if beat != before or number not in self._seen:
                self._seen[number] = (beat, wall_s)
                since = wall_s
            alive = wall_s - since <= requested[f"{code}.HeartbeatTimeout"] * _COUNT_S
            if alive != seat.alive and (beat != before or not alive):
                self._intake.write(PACEMAKER, LINE_UNIT, f"{code}.ExternalAlive", int(alive))
