"""The names that conditions are written with: every tag of the register map, the figures of the run, PackML words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from plant.power.load import WATT_HOUR
from protocols.alarms.alarm import ACTIVE, ANNUNCIATED, AlarmState, state_of
from protocols.alarms.table import ALARMS
from protocols.packml import Mode, State
from protocols.reasons import Reason
from protocols.tags.line_map import UNIT as LINE_UNIT
from protocols.tags.plant_map import PLANT_MAP
from sector7.faults.fault import suggest
from sector7.masters.values import Part, PlantValues
from sector7.rig.rig import Rig
from sector7.scenario.expression import Getter, Number
from sector7.verdict import safety

_NOTHING: Final[Mapping[str, int]] = {}

#: Words for numbers: `ST05.StateCurrent == Held`, `ST05.StopReason == BOARD_LOST`.
CONSTANTS: Final[dict[str, Number]] = {
    **{state.name.title(): int(state) for state in State},
    **{mode.name.title(): int(mode) for mode in Mode},
    **{state.name.title(): int(state) for state in AlarmState},
    **{reason.name: int(reason) for reason in Reason},
    "true": True, "false": False,
}  # fmt: skip

#: Figures of the run, and what they mean.
FIGURES: Final = {
    "time": "plant time, s",
    "robots": "robots completed",
    "scrapped": "robots rejected",
    "started": "robots begun",
    "in_process": "robots on the line",
    "oee": "overall equipment effectiveness of the line, 0..1",
    "availability": "its availability, 0..1",
    "effectiveness": "its effectiveness, 0..1",
    "quality": "its quality, 0..1",
    "rate": "good robots in the last hour",
    "executing": "stations in Execute",
    "energy": "electrical energy used so far, kWh",
    "alarms": "alarms annunciated so far",
    "faults": "injected faults that have not ended",
    "conservation": "no pallet and no robot is lost or doubled",
    "safety": "every station is safe: an open chain is seen and has cut its actuators",
}

_ALARMS: Final = tuple(alarm.tag for alarm in ALARMS)
#: What can be said of an alarm: `ST05.Alarm.board_lost.standing`.
ALARM_FACETS: Final[dict[str, Callable[[int], Number]]] = {
    "state": lambda word: int(state_of(word)),
    "standing": lambda word: state_of(word) in ANNUNCIATED,  # operators are shown it
    "active": lambda word: bool(word & ACTIVE),  # its condition is there, shown or not
}


class Names:
    """Getters over one rig. `touch` after anything may have happened at the same instant."""

    def __init__(self, rig: Rig, source: PlantValues) -> None:
        self._rig = rig
        self._source = source
        self._seen: dict[str, tuple[int, Mapping[str, int]]] = {}

    def touch(self) -> None:
        """Values may have changed."""
        self._seen.clear()

    def resolve(self, name: str) -> Getter:
        """The getter of a name. Raises LookupError with what is wrong with it."""
        if name in CONSTANTS:
            value = CONSTANTS[name]
            return lambda: value
        if name in FIGURES:
            return self._figure(name)
        if name in PLANT_MAP.by_name:
            return self._tag(name)
        alarm, _, facet = name.rpartition(".")
        if facet in ALARM_FACETS and alarm in _ALARMS:
            word, part = self._tag(alarm), ALARM_FACETS[facet]
            return lambda: part(int(word()))
        alarms = [f"{tag}.{each}" for tag in _ALARMS for each in ALARM_FACETS]
        known = [*PLANT_MAP.by_name, *FIGURES, *CONSTANTS, *alarms]
        raise LookupError(f"is no name{suggest(name, known)}")

    # ---- figures of the run
    def _figure(self, name: str) -> Getter:
        rig = self._rig
        ledger, line = rig.plant.ledger, rig.line
        figures: dict[str, Getter] = {
            "time": lambda: rig.now / 1e6,
            "robots": lambda: ledger.completed,
            "scrapped": lambda: ledger.scrapped,
            "started": lambda: ledger.started,
            "in_process": lambda: ledger.in_process,
            "rate": lambda: line.rate(rig.now),
            "executing": lambda: sum(unit.state == State.EXECUTE for unit in line.units),
            "energy": lambda: rig.plant.power.energy(rig.now) / (1000 * WATT_HOUR),
            "alarms": lambda: rig.alarms.kpis.total,
            "faults": lambda: len(rig.faults.active),
            "conservation": lambda: not rig.plant.conservation(),
            "safety": lambda: not any(safety(cabinet) for cabinet in rig.cabinets),
        }
        if name in figures:
            return figures[name]
        return lambda: float(getattr(line.ratios(rig.now), name)) / 1000

    # ---- tags
    def _tag(self, name: str) -> Getter:
        unit, tag = PLANT_MAP.by_name[name]
        look = self._requested if name in self._rig.orders.requested else self._part(unit.unit, name)
        default, scale = tag.default, 10**tag.decimals
        if scale == 1:
            return lambda: look().get(name, default)
        return lambda: look().get(name, default) / scale

    def _requested(self) -> Mapping[str, int]:
        """What masters wrote reads back at once."""
        return self._rig.orders.requested

    def _part(self, unit: int, name: str) -> Part:
        """The smallest part of all values that tells `name`."""
        source = self._source
        if unit != LINE_UNIT:
            return self._cached(f"unit {unit}", lambda: source.values(unit))
        for part, read in source.parts.items():
            if name in read():
                return self._cached(part, read)
        return self._cached("all", lambda: source.values(LINE_UNIT))

    def _cached(self, part: str, read: Part) -> Part:
        """Reads once at each instant, however many names of the part are asked for."""
        seen, rig = self._seen, self._rig

        def look() -> Mapping[str, int]:
            at, values = seen.get(part, (-1, _NOTHING))
            if at != rig.now:
                values = read()
                seen[part] = rig.now, values
            return values

        return look
