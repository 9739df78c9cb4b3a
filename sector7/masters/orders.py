"""What masters write: values with an effect at a scan boundary. Commands are edges, so repeating them does nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Final

from firmware_sim.alarms.desk import AlarmDesk
from firmware_sim.alarms.engine import Alarms
from firmware_sim.plc.degraded import Degraded
from firmware_sim.plc.line import Line
from firmware_sim.plc.unit import Unit
from protocols.packml import Command, State, accepts
from protocols.reasons import Reason
from protocols.stations.io_table import STATIONS
from protocols.tags.commissioning_map import COMMISSION_COMMANDS
from protocols.tags.line_map import LINE_MAP
from protocols.tags.power_map import POWER_COMMANDS
from protocols.tags.tag import Writer
from sector7.boards.fitting import BOARD_ITEMS, Fitting
from sector7.faults.desk import FaultDesk
from sector7.masters.ownership import Ownership
from sector7.masters.power_values import PowerOrders
from sector7.reactivation.desk import CommissioningDesk
from sector7.training.exercise import Training

#: Commands after which the line coordinator leaves a station alone until an operator releases it.
_DETAIN = frozenset((Command.HOLD, Command.STOP, Command.ABORT))
_RELEASE = frozenset((Command.UNHOLD, Command.START, Command.RESET, Command.CLEAR))

_ALARM_COMMAND = ("AlarmCommand", "AlarmNumber", "AlarmShelveReason", "AlarmShelveMinutes")
#: Owner in the name of a condition that is no tag: whoever runs the rig tells it (Rig.tell).
TOLD = "Told"
_FORCE: Final = ("Station", "Terminal", "Value", "Seconds")

Hurry = Callable[[int, int], None]
#: What reaches the queue without being a tag: told by the pacemaker, not written by a master.
EVENTS: Final = frozenset(f"{io.code}.{what}" for io in STATIONS for what in ("ExternalAlive", "BoardAlive"))


class Orders:
    """The one queue of outside writes. `requested` is what a master reads back at once, `_effective` what the
    program has taken: an edge is seen between the two. `owned` holds what the owner of a station wrote to the
    station's board unit."""

    STATE: ClassVar[tuple[str, ...]] = ("requested", "owned", "force_result", "_effective", "_queue")

    def __init__(
        self, line: Line, units: Mapping[int, Unit], ownership: Ownership, fitting: Fitting, alarms: Alarms,
        power: PowerOrders, faults: FaultDesk, commissioning: CommissioningDesk, degraded: Degraded,
        training: Training, hurry: Hurry,
    ) -> None:  # fmt: skip
        self._line = line
        self._fitting = fitting
        self._alarms = alarms
        self.alarm_desk = AlarmDesk(alarms)
        self._ownership = ownership
        self._units = units
        self._power = power
        self.fault_desk = faults
        self._commissioning = commissioning
        self._degraded = degraded
        self._training = training
        self._hurry = hurry
        self.requested: dict[str, int] = {t.name: t.default for t in LINE_MAP.tags if t.writer is Writer.MASTER}
        self.requested |= power.requested()
        for unit in units.values():
            for setpoint, raw in zip(unit.io.setpoints, unit.setpoints.requested, strict=True):
                self.requested[f"{unit.io.code}.{setpoint.name}_sp"] = raw
        self._effective = dict(self.requested)
        self.owned: dict[int, dict[str, int]] = {}
        #: What became of the last request to force: 0 nothing asked, 1 forced, 2 released, 3 no such terminal.
        self.force_result = 0
        self._queue: list[list[int | str]] = []

    def put(self, at: int, name: str, raw: int) -> None:
        """Queue a value for the scan at `at`; it reads back from now on."""
        if name in self.requested:
            self.requested[name] = raw
        elif ".Board." in name:
            self.owned.setdefault(_station(name), {})[name] = raw
        self._queue.append([at, name, raw])

    def repeats(self, name: str, raw: int) -> bool:
        """True if `raw` was written last and taking it once more would change nothing.

        What an owner wrote counts for nothing when the station changes hands, so a request for that spoils it.
        """
        waiting = [str(entry[1]) for entry in self._queue]
        if name in EVENTS:
            return next((entry[2] == raw for entry in reversed(self._queue) if entry[1] == name), False)
        number, item = _station(name), name.partition(".")[2]
        written = self.requested if name in self.requested else self.owned.get(number, {})
        if written.get(name) != raw or (number and f"{_code(name)}.OwnerRequest" in waiting):
            return False
        return not number or name in waiting or self._ownership.holds(number, item, raw)

    def last(self, name: str) -> int:
        """The value that reads back for a tag that masters write, 0 if none was written."""
        return self.requested.get(name, self.owned.get(_station(name), {}).get(name, 0))

    def take(self, now: int) -> set[int]:
        """Apply what is due, in the order of arrival; returns the stations whose units must scan."""
        touched: set[int] = set()
        later: list[list[int | str]] = []
        for entry in self._queue:
            at, name, raw = entry
            if int(at) > now:
                later.append(entry)
                continue
            self._apply(now, str(name), int(raw), touched)
        self._queue = later
        return touched

    def _apply(self, now: int, name: str, raw: int, touched: set[int]) -> None:
        before = self._effective.get(name)
        rising = raw == 1 and before == 0
        self._effective[name] = raw
        owner, _, item = name.partition(".")
        if name in POWER_COMMANDS:
            if raw != before:
                self._power.apply(now, 0 if owner == "Line" else int(owner[2:]), item, raw)
            return
        if owner == "Line":
            self._line_item(now, item, raw, rising, touched)
            return
        if owner == TOLD:
            self._alarms.tell(now, item, bool(raw))
            return
        number = _station(name)
        unit = self._units.get(number)
        if unit is None:
            return
        touched.add(number)
        if item == "CmdChangeRequest" and rising:
            self._command(unit, Command(self._effective[f"{owner}.CntrlCmd"]))
        elif item == "UnitModeChangeRequest" and rising:
            unit.change_mode(now, self._effective[f"{owner}.UnitMode"])
        elif item == "JamClear" and rising:
            self._hurry(now, number)
        elif item.endswith("_sp"):
            unit.setpoints.request(unit.io.setpoint(item.removesuffix("_sp")), raw)
        elif item in BOARD_ITEMS:
            self._fitting.apply(now, number, item, raw)
        else:
            self._ownership.apply(now, number, item, raw)
            if not self._ownership.owns(10 + number):
                self.owned.pop(number, None)

    def _line_item(self, now: int, item: str, raw: int, rising: bool, touched: set[int]) -> None:
        effective = self._effective
        if item == "CmdChangeRequest" and rising:
            self._line.ask(effective["Line.CntrlCmd"])
        elif item == "UnitModeChangeRequest" and rising:
            self._line.change_mode(now, effective["Line.UnitMode"])
        elif item == "AutoRecovery":
            self._line.auto_recovery = bool(raw)
            self._alarms.line_news(now)
        elif item == "OrderChangeRequest" and rising:
            self._line.order(effective["Line.OrderNumberRequest"], effective["Line.OrderTargetRequest"])
        elif item == "AlarmChangeRequest" and rising:
            self.alarm_desk.command(now, *(effective[f"Line.{name}"] for name in _ALARM_COMMAND))
        elif item == "AlarmServiceChangeRequest" and rising:
            self.alarm_desk.service(now, effective["Line.AlarmServiceCommand"], effective["Line.AlarmServiceNumber"])
        elif item == "JamClearAll" and rising:
            for number in self._units:
                self._hurry(now, number)
        elif item == "ForceChangeRequest" and rising:
            self._force(now, touched)
        elif item == "ForceReleaseAll" and rising:
            self.force_result = 2
            for cabinet in self._ownership.cabinets.values():
                cabinet.release_forces(now)
            touched.update(self._units)
        elif rising:
            self._desks(now, item, touched)
        elif item == "CommissionChangeRequest" and not raw:
            self._commissioning.result = 0  # so that who asks again can tell the next result from this one

    def _desks(self, now: int, item: str, touched: set[int]) -> None:
        """Requests with a desk of their own."""
        effective = self._effective
        if item == "FaultChangeRequest":
            self.fault_desk.inject(now, effective)
        elif item == "FaultClearRequest":
            self.fault_desk.clear(now, effective["Line.FaultNumber"])
        elif item == "CommissionChangeRequest":
            self._commissioning.command(now, {name: effective[f"Line.{name}"] for name in COMMISSION_COMMANDS})
        elif item == "DiagnosisChangeRequest":
            self._training.diagnose(now, effective["Line.DiagnosisStation"], effective["Line.DiagnosisKind"])
        elif item == "FoundChangeRequest":
            self._training.found(now, effective["Line.DiagnosisStation"])
        elif item == "DegradeChangeRequest":
            station, mode, donor = (effective[f"Line.Degrade{name}"] for name in ("Station", "Mode", "Donor"))
            self._degraded.request(now, station, mode, donor)
            touched.update((station, donor))

    def _force(self, now: int, touched: set[int]) -> None:
        station, terminal, value, seconds = (self._effective[f"Line.Force{n}"] for n in _FORCE)
        cabinet = self._ownership.cabinets.get(station)
        if cabinet is None or not cabinet.force(now, terminal, value, now + seconds * 1_000_000):
            self.force_result = 3
            return
        self.force_result = 2 if value == 2 else 1
        touched.add(station)

    @staticmethod
    def _command(unit: Unit, command: Command) -> None:
        if command in _DETAIN:
            # what the unit will refuse changes nothing
            unit.detained = unit.detained or accepts(State(unit.state), command) is not None
        elif command in _RELEASE:
            unit.detained = False
        if command is not Command.NONE:
            unit.ask(command, Reason.OPERATOR)


def _code(name: str) -> str:
    """What a tag belongs to: Line, or a station's code."""
    return name.partition(".")[0]


def _station(name: str) -> int:
    """The number of the station that a tag belongs to, 0 for the line."""
    owner = _code(name)
    return 0 if owner == "Line" else int(owner[2:])
