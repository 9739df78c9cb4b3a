"""Where faults strike: each place computes from the faults present on it what the plant shall suffer, all at once.

So faults on one place add up, and taking one away leaves the others as they are, in whatever order they came.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, Protocol

from plant.agenda import Agenda
from plant.line import Plant
from plant.mechanism import BLOCKED
from plant.signal import FULL_SCALE, Signal
from plant.station import Station
from protocols.faults.kinds import Level
from protocols.faults.targets import SERVICES as SERVICES_NAME
from protocols.stations.io_table import BY_NUMBER
from sector7.faults.fault import Fault, FaultError, Record, suggest
from sector7.rig.cabinet import DAMAGED, LOST, SAFE, Cabinet
from sector7.rig.engine import EXCHANGE_US
from sector7.rig.trace import Trace

_NOMINAL_MV: Final = 5000
#: A mains voltage that nothing holds down, permille.
_WHOLE: Final = 1100


class Site(Protocol):
    """Where faults strike: a plant with its cabinets, and what of it they need to be repeatable."""

    seed: int
    trace: Trace
    agenda: Agenda
    plant: Plant
    cabinets: list[Cabinet]


class Places:
    """Applies faults to the plant and the cabinets of a site."""

    def __init__(self, site: Site) -> None:
        self._plant = site.plant
        self._cabinets = {BY_NUMBER[cabinet.station.number].code: cabinet for cabinet in site.cabinets}
        self._habits = {code: cabinet.station.habits for code, cabinet in self._cabinets.items()}

    def check(self, fault: Fault) -> None:
        """Raises FaultError if there is no such target here."""
        level, target = fault.declared.level, fault.target
        if level is Level.UTILITY:
            known = list(self._plant.utilities)
        elif level is Level.SOURCE:
            known = list(fault.declared.targets)
            if target == "generator" and not self._plant.power.equipment.generator:
                raise FaultError(f"target {target!r}", "this plant has none")
        elif level is Level.FEEDER:
            known = [SERVICES_NAME, *self._cabinets]
        else:
            code, dot, _ = target.partition(".")
            cabinet = self._cabinets.get(code)
            if cabinet is None:
                raise FaultError(f"target {target!r}", f"no such station{suggest(code, list(self._cabinets))}")
            known = {
                Level.SENSOR: list(cabinet.station.terminals.names),
                Level.TRANSMITTER: list(cabinet.station.signals),
                Level.ACTUATOR: [m.name for m in cabinet.station.mechanisms],
            }.get(level, [])
            if not known:
                if dot:
                    raise FaultError(f"target {target!r}", f"{fault.kind} strikes {level.value}")
                return
            known = [f"{code}.{each}" for each in known if each]
        for given in filter(None, (target, fault.other)):
            if given not in known:
                raise FaultError(f"target {given!r}", f"{fault.kind} strikes {level.value}{suggest(given, known)}")
        if fault.other == target:
            raise FaultError(f"{fault.kind}.with", f"{target} cannot be exchanged with itself")
        if level is Level.ACTUATOR and fault.kind != "jammed":
            station, name = self._station(target)
            able = [m.name for m in station.mechanisms if fault.kind in m.impairments]
            if name not in able:
                them = ", ".join(able) or "nothing"
                raise FaultError(f"target {target!r}", f"cannot be {fault.kind} (there: {them})")

    def number(self, fault: Fault) -> int:
        """The number of the fault's station, 0 for the line."""
        cabinet = self._cabinets.get(fault.target.partition(".")[0])
        return cabinet.station.number if cabinet is not None else 0

    def reading(self, now: int, fault: Fault) -> int:
        """The counts of the transmitter just now."""
        station, name = self._station(fault.target)
        return station.signals[name].counts(now)

    def count(self, fault: Fault) -> float:
        """What one count of the converter is in the transmitter's unit."""
        station, name = self._station(fault.target)
        signal = station.signals[name]
        return (signal.high - signal.low) / FULL_SCALE

    def counts_of(self, fault: Fault, value: float) -> int:
        """What the converter of the transmitter reads at `value`."""
        station, name = self._station(fault.target)
        signal = station.signals[name]
        return Signal(signal.low, signal.high, value).counts(0)

    def strike(self, now: int, fault: Fault) -> None:
        """A momentary fault."""
        power = self._plant.power
        if fault.kind == "lightning":
            power.strike(now, int(fault["amps"]), ((int(fault["remaining"] * 1000), int(fault["ms"] * 1000)),))
            return
        if fault.kind == "breaker_trip":
            power.trip_breaker(now, self.number(fault))
            return
        cabinet = self._cabinets[fault.target]
        if fault.kind == "board_reset":
            cabinet.reset(now)
        elif fault.kind == "breakdown":
            cabinet.station.people.breakdown.strike(now)
        else:
            cabinet.station.people.minor.strike(now)

    def apply(self, now: int, fault: Fault, present: Sequence[Record]) -> None:
        """Make true what `present`, all faults that are there now, do at the place of `fault`."""
        level = fault.declared.level
        if level is Level.UTILITY:
            here = any(r.fault.target == fault.target for r in present)
            self._plant.utilities[fault.target].trip(now, here)
            return
        if level is Level.SOURCE:
            self._sources(now, present)
            return
        if level is Level.FEEDER:
            amps = sum(int(r.fault["amps"]) for r in _of(present, "overload") if r.fault.target == fault.target)
            self._plant.power.overload(now, self.number(fault), amps)
            return
        code = fault.target.partition(".")[0]
        own = [r for r in present if r.fault.target.partition(".")[0] == code]
        cabinet = self._cabinets[code]
        if level is Level.SENSOR:
            _sensors(now, cabinet.station, own)
        elif level is Level.TRANSMITTER:
            _transmitter(now, cabinet.station, fault.target.partition(".")[2], own)
        elif level is Level.ACTUATOR:
            _mechanisms(now, cabinet.station, own)
        else:
            self._wreck(now, code, own)

    def resume(self, present: Sequence[Record]) -> None:
        """After a restore: what is no state of the plant's own."""
        for code, cabinet in self._cabinets.items():
            own = [r for r in present if r.fault.target.partition(".")[0] == code]
            _impair(cabinet.station, own)
            self._quality(code, own)
            cabinet.fate = _lottery(own)

    def _sources(self, now: int, present: Sequence[Record]) -> None:
        """Mains, generator and battery. Of several sags the deepest counts."""
        power = self._plant.power
        left = [int(r.fault["remaining"] * 1000) for r in _of(present, "sag")]
        power.mains.hold_down(now, min(left, default=_WHOLE))
        power.generator.refuses = bool(_of(present, "no_start"))
        power.ups.fail(now, bool(_of(present, "battery_failed")))

    def _station(self, target: str) -> tuple[Station, str]:
        code, _, name = target.partition(".")
        return self._cabinets[code].station, name

    def _wreck(self, now: int, code: str, own: Sequence[Record]) -> None:
        """Station, board and link."""
        cabinet = self._cabinets[code]
        _mechanisms(now, cabinet.station, own)
        self._quality(code, own)
        _board(now, cabinet, own)
        _link(now, cabinet, own)

    def _quality(self, code: str, own: Sequence[Record]) -> None:
        habits = self._habits[code]
        share = max((r.fault["share"] for r in _of(own, "quality_loss")), default=0.0)
        station = self._cabinets[code].station
        station.habits = habits if share <= habits.hidden else replace(habits, hidden=share)


def _of(own: Sequence[Record], *kinds: str) -> list[Record]:
    return [r for r in own if r.fault.kind in kinds]


def _sensors(now: int, station: Station, own: Sequence[Record]) -> None:
    """What is forced wins over what is inverted; of two that force an input, the later one."""
    bit = station.terminals.bit
    on = off = inverted = 0
    swapped = []
    for record in own:
        fault = record.fault
        if fault.declared.level is not Level.SENSOR:
            continue
        here = bit(fault.target.partition(".")[2])
        if fault.kind == "stuck_on":
            on, off = on | here, off & ~here
        elif fault.kind == "stuck_off":
            on, off = on & ~here, off | here
        elif fault.kind == "inverted":
            inverted ^= here
        else:
            swapped.append((here, bit(fault.other.partition(".")[2])))
    station.terminals.distort(now, on=on, off=off, inverted=inverted, swapped=tuple(swapped))


def _transmitter(now: int, station: Station, name: str, own: Sequence[Record]) -> None:
    """Gains multiply, offsets add; a reading that stands still wins."""
    signal = station.signals[name]
    gain, offset, stuck = 1.0, 0.0, -1
    for record in own:
        fault = record.fault
        if fault.declared.level is not Level.TRANSMITTER or fault.target.partition(".")[2] != name:
            continue
        if fault.kind == "gain":
            gain *= fault["factor"]
        elif fault.kind == "offset":
            offset += fault["value"]
        elif fault.kind in ("frozen", "stuck_at"):
            stuck = record.stuck
        else:
            offset += record.offset
    signal.distort(now, gain=gain, offset=offset, stuck=stuck)


def _mechanisms(now: int, station: Station, own: Sequence[Record]) -> None:
    wrecked = bool(_of(own, "destroyed"))
    jammed = {r.fault.target.partition(".")[2] for r in _of(own, "jammed")}
    for mechanism in station.mechanisms:
        blocked = wrecked or mechanism.name in jammed
        if blocked != bool(mechanism.inhibited & BLOCKED):
            mechanism.inhibit(now, BLOCKED, blocked)
    _impair(station, own)


def _impair(station: Station, own: Sequence[Record]) -> None:
    for mechanism in station.mechanisms:
        slowness, leak = 1.0, 0.0
        for record in _of(own, "slow", "leaking"):
            if record.fault.target.partition(".")[2] != mechanism.name:
                continue
            if record.fault.kind == "slow":
                slowness *= record.fault["factor"]
            else:
                leak = max(leak, record.fault["share"])
        if mechanism.impairments:
            mechanism.impair(slowness, leak)


def _board(now: int, cabinet: Cabinet, own: Sequence[Record]) -> None:
    low = [r.fault["millivolts"] for r in _of(own, "undervoltage")]
    if _of(own, "destroyed"):
        low.append(0.0)
    cabinet.power(now, int(min(low, default=_NOMINAL_MV)))
    cabinet.hang(now, bool(_of(own, "board_hang")))
    cabinet.refuse(now, bool(_of(own, "wrong_firmware")))


def _link(now: int, cabinet: Cabinet, own: Sequence[Record]) -> None:
    cabinet.link(now, not _of(own, "link_cut"))
    cabinet.fate = _lottery(own)
    cabinet.lossy(now, bool(_of(own, "link_loss", "link_corrosion")))
    late = max((r.fault["ms"] for r in _of(own, "link_delay")), default=0.0)
    cabinet.delay(now, -(-int(late * 1000) // EXCHANGE_US))


def _lottery(own: Sequence[Record]) -> Callable[[], int]:
    """What becomes of this exchange? Every fault of the link draws, whatever the others drew; lost wins."""
    lossy, corroded = _of(own, "link_loss"), _of(own, "link_corrosion")

    def strikes(records: Sequence[Record]) -> bool:
        return sum(r.dice.random() < r.fault["share"] for r in records) > 0

    def fate() -> int:
        lost, damaged = strikes(lossy), strikes(corroded)
        return LOST if lost else DAMAGED if damaged else SAFE

    return fate
