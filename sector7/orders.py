"""What masters write: values with an effect at a scan boundary. Commands are edges, so repeating them does nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from firmware_sim.alarms.desk import AlarmDesk
from firmware_sim.alarms.engine import Alarms
from firmware_sim.line import Line
from firmware_sim.unit import Unit
from protocols.line_map import LINE_MAP
from protocols.packml import Command, State, accepts
from protocols.reasons import Reason
from protocols.tag import Writer
from sector7.fitting import BOARD_ITEMS, Fitting
from sector7.ownership import Ownership

#: Commands after which the line coordinator leaves a station alone until an operator releases it.
_DETAIN = frozenset((Command.HOLD, Command.STOP, Command.ABORT))
_RELEASE = frozenset((Command.UNHOLD, Command.START, Command.RESET, Command.CLEAR))

_ALARM_COMMAND = ("AlarmCommand", "AlarmNumber", "AlarmShelveReason", "AlarmShelveMinutes")
#: Owner in the name of a condition that is no tag: whoever runs the rig tells it (Rig.tell).
TOLD = "Told"

Hurry = Callable[[int, int], None]


class Orders:
    """The one queue of outside writes. `requested` is what a master reads back at once, `_effective` what the
    program has taken: an edge is seen between the two."""

    STATE: ClassVar[tuple[str, ...]] = ("requested", "_effective", "_queue")

    def __init__(
        self, line: Line, units: Mapping[int, Unit], ownership: Ownership, fitting: Fitting, alarms: Alarms,
        hurry: Hurry,
    ) -> None:  # fmt: skip
        self._line = line
        self._fitting = fitting
        self._alarms = alarms
        self.alarm_desk = AlarmDesk(alarms)
        self._ownership = ownership
        self._units = units
        self._hurry = hurry
        self.requested: dict[str, int] = {t.name: t.default for t in LINE_MAP.tags if t.writer is Writer.MASTER}
        for unit in units.values():
            for setpoint, raw in zip(unit.io.setpoints, unit.setpoints.requested, strict=True):
                self.requested[f"{unit.io.code}.{setpoint.name}_sp"] = raw
        self._effective = dict(self.requested)
        self._queue: list[list[int | str]] = []

    def put(self, at: int, name: str, raw: int) -> None:
        """Queue a value for the scan at `at`; a command or a set point reads back from now on."""
        if name in self.requested:
            self.requested[name] = raw
        self._queue.append([at, name, raw])

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
        rising = raw == 1 and self._effective.get(name) == 0
        self._effective[name] = raw
        owner, _, item = name.partition(".")
        if owner == "Line":
            self._line_item(now, item, raw, rising)
            return
        if owner == TOLD:
            self._alarms.tell(now, item, bool(raw))
            return
        number = int(owner[2:])
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

    def _line_item(self, now: int, item: str, raw: int, rising: bool) -> None:
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

    @staticmethod
    def _command(unit: Unit, command: Command) -> None:
        if command in _DETAIN:
            # what the unit will refuse changes nothing
            unit.detained = unit.detained or accepts(State(unit.state), command) is not None
        elif command in _RELEASE:
            unit.detained = False
        if command is not Command.NONE:
            unit.ask(command, Reason.OPERATOR)
