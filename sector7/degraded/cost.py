"""What a degraded mode is expected to cost, from cycle times and the state of the line: arithmetic, no simulation.

The line makes what its slowest station can. Stops of others cost it only what slack and buffers do not make up for; a
station much faster than the slowest makes up for nearly all of its own (docs/degraded.md has the formula).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from firmware_sim.plc.degraded import DETOUR, NEIGHBOURS
from plant.mechanism import BLOCKED
from plant.stand_in import (
    CONCEDED,
    HAND_DEFECTS,
    HAND_FINDS,
    HAND_S,
    IN_PLACE,
    RESTOCK_S,
    REWORKABLE,
    SALVAGE_S,
    SETUP_S,
    STRIPPED,
    TAKE_DOWN_S,
)
from protocols.packml import Mode
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.degraded_map import Cost, Degrade, Refusal
from sector7.rig.rig import Rig

#: A pallet's way in and out of a stop, and being waved through, s.
_WAY_S: Final = 1.7
_WAVED_S: Final = _WAY_S + 1.0
#: Mean time from a minor stop to running again; what a breakdown takes besides its repair, s.
_MINOR_S: Final = 140.0
_CALL_S: Final = 90.0
#: Share of a stop that buffers do not hide, and how fast slack makes up for the rest.
_SEEN: Final = 0.85
_SLACK: Final = 4
#: Robots that the test bench sends back, and those scrapped, of a healthy line.
_SENT_BACK: Final = 0.03
_SCRAPPED: Final = 0.006
_TEST: Final = 10
_LAST: Final = 12
#: Trips through the loop before a robot that stays incomplete is scrapped.
_TRIPS: Final = 3
_SECOND: Final = 1e6

_NORMAL, _BYPASS, _MANUAL, _REROUTE = Degrade.NORMAL, Degrade.BYPASS, Degrade.MANUAL, Degrade.REROUTE


def costs(rig: Rig) -> list[Cost]:
    """Every choice for every station; of Cannibalise without a donor, so that its advice is to name one."""
    return [expected(rig, number, mode) for number in rig.plant.stations for mode in Degrade]


def expected(rig: Rig, station: int, mode: Degrade, donor: int = 0) -> Cost:
    """What `mode` at `station` is expected to cost, and whether it would be accepted now."""
    advice = rig.degraded.refusal(station, mode, donor)
    if advice in (Refusal.NO_STATION, Refusal.NOT_POSSIBLE):
        return Cost(station, mode, advice, 0, 0, 0, 0, 0, 0)
    now = {number: Degrade(s.mode) for number, s in rig.plant.stand_ins.items()}
    out = _out(rig)
    line_rate = _rates(rig, now, out)[0]
    stand_in = rig.plant.stand_ins[station]
    if mode is Degrade.CANNIBALISE:
        then, effect = now, SALVAGE_S
        out = out - {station} | ({donor} if now.get(donor) == _NORMAL else set())
    else:
        then = {**now, station: mode}
        restock = RESTOCK_S if stand_in.parts == STRIPPED else 0
        effect = TAKE_DOWN_S + restock if mode is _NORMAL else SETUP_S[mode]
        if mode is not _NORMAL or not stand_in.broken:
            out = out - {station}
    good, rejects, defects, hand = _rates(rig, then, out)
    figures = _tenths(good), _tenths(rejects), _tenths(defects), _tenths(hand)
    return Cost(station, mode, advice, *figures, effect, _tenths(line_rate))


def _tenths(value: float) -> int:
    return round(10 * value)


def _out(rig: Rig) -> set[int]:
    """Stations that nobody works at, and will not by themselves."""
    found = set()
    for cabinet in rig.cabinets:
        number, unit = cabinet.station.number, cabinet.unit
        stand_in = rig.plant.stand_ins[number]
        if stand_in.mode != _NORMAL and stand_in.phase >= IN_PLACE:
            continue
        blocked = any(mechanism.inhibited & BLOCKED for mechanism in cabinet.station.mechanisms)
        if blocked or unit.detained or unit.mode != Mode.PRODUCE or not stand_in.idle:
            found.add(number)
    return found


def _rates(rig: Rig, modes: Mapping[int, Degrade], out: set[int]) -> tuple[float, float, float, float]:
    """Good robots, rejects and handwork defects per hour, and manual minutes per hour, with `modes` in place."""
    if out:
        return 0.0, 0.0, 0.0, 0.0
    omitted = [n for n, m in modes.items() if m is _BYPASS and n not in CONCEDED]
    trips = _TRIPS if any(n in REWORKABLE for n in omitted) else 1.0
    by_hand = [n for n, m in modes.items() if m is _MANUAL]
    spoilt = dict.fromkeys((n for n in by_hand if n not in (_TEST, _LAST)), HAND_DEFECTS)
    again = _SENT_BACK + sum(p if n in REWORKABLE else 2 * p for n, p in spoilt.items())
    dead = [n for n in omitted if n not in REWORKABLE]
    load = {}
    for n, mode in modes.items():
        visits = trips + again if 5 <= n <= _TEST else 1.0
        cycle = _cycle(n, modes)
        if dead and n > min(dead) and n != _LAST:
            cycle = _WAVED_S  # what is rejected already passes
        elif omitted and n >= _TEST and not dead and n != _LAST:
            cycle = _WAVED_S  # what is incomplete is only sorted
        load[n] = mode, cycle * visits
    slowest = max(seconds for _, seconds in load.values())
    lost = 0.0
    for n, (mode, seconds) in load.items():
        if mode is _NORMAL:
            share = 1.0 if seconds == slowest else _SEEN * (seconds / slowest) ** _SLACK
            lost += share * _downtime(rig, n)
    begun = 3600.0 / slowest / (1.0 + lost)
    hand = min(60.0 * len(by_hand), sum(begun * HAND_S[n] / 60 for n in by_hand))
    defects = begun * sum(spoilt.values())
    if omitted:
        return 0.0, begun, defects, hand
    scrapped = _SCRAPPED + sum(p for n, p in spoilt.items() if n not in REWORKABLE)
    if modes.get(_TEST) is _MANUAL:
        scrapped += again * HAND_FINDS
    return begun * (1.0 - scrapped), begun * scrapped, defects, hand


def _cycle(station: int, modes: Mapping[int, Degrade]) -> float:
    """Seconds that a pallet takes at a station."""
    mode = modes[station]
    if mode is _MANUAL:
        return HAND_S[station] + _WAY_S
    if mode is not _NORMAL:
        return _WAVED_S
    own = BY_NUMBER[station].design_cycle_ds / 10
    for other, by in NEIGHBOURS.items():
        if by == station and modes.get(other) is _REROUTE:
            own += DETOUR * BY_NUMBER[other].design_cycle_ds / 10
    return own


def _downtime(rig: Rig, station: int) -> float:
    """Time down for each second of work, of a machine."""
    habits = rig.plant.stations[station].habits
    return _MINOR_S * _SECOND / habits.minor_us + (_CALL_S * _SECOND + habits.mttr_us) / habits.mtbf_us
