"""What unit 1 shows of degraded modes."""

from __future__ import annotations

from typing import Final

from protocols.stations.io_table import STATIONS
from protocols.tags.degraded_map import Cost, Degrade, Refusal
from sector7.degraded.cost import expected
from sector7.rig.rig import Rig

_NAMES: Final = {
    io.number: tuple(f"{io.code}.Degraded{what}" for what in ("Mode", "Phase", "Parts", "Left")) for io in STATIONS
}


def degraded_values(rig: Rig) -> dict[str, int]:
    """Raw values of the tags; what a request would cost is that of the registers as they stand."""
    now, requested, degraded = rig.now, rig.orders.requested, rig.degraded
    values: dict[str, int] = {}
    for number, s in rig.plant.stand_ins.items():
        state = (s.mode, s.phase, s.parts, min(s.seconds_left(now), 0xFFFF))
        values.update(zip(_NAMES[number], state, strict=True))
    cost = _asked(rig, requested["Line.DegradeStation"], requested["Line.DegradeMode"], requested["Line.DegradeDonor"])
    return values | {
        "Line.DegradeResult": degraded.result,
        "Line.DegradeTaken": degraded.taken,
        "Line.AttendantsFree": max(0, rig.plant.attendants.free),
        "Line.Degraded": int(degraded.active),
        "Line.DegradeAdvice": int(cost.advice),
        "Line.DegradeExpectedRate": cost.rate,
        "Line.DegradeExpectedRejects": cost.rejects,
        "Line.DegradeExpectedDefects": cost.defects,
        "Line.DegradeHandTime": cost.hand,
        "Line.DegradeEffectTime": cost.effect_s,
    }


def _asked(rig: Rig, station: int, mode: int, donor: int) -> Cost:
    """What the request in the registers would cost; nothing is worked out for one that asks for what is so already."""
    advice = rig.degraded.refusal(station, mode, donor)
    if advice is Refusal.ALREADY:
        return Cost(station, Degrade(mode), advice, 0, 0, 0, 0, 0, 0)
    return expected(rig, station, Degrade(mode), donor)
