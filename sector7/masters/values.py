"""The current value of every tag, taken from the rig; and the door through which masters write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from firmware_sim.board.board import SimulatedBoard
from firmware_sim.plc.seat import Owner
from hil.emulated_board import EmulatedBoard
from hil.remote_board import RemoteBoard
from hil.serial_board import SerialBoard
from protocols.errors import Refusal
from protocols.packml import NEXT_STATE, State
from protocols.reasons import Reason
from protocols.roles import Role
from protocols.stations.images import LEVEL, LIMIT, LINK, word
from protocols.tags.history_map import NO_HISTORY
from protocols.tags.line_map import UNIT as LINE_UNIT
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.station_map import BOARD_FINGERPRINT, COMMAND_BITS, STATUS_BITS
from protocols.tags.tag import Kind, Table, Writer
from sector7.degraded.values import degraded_values
from sector7.faults.shown import fault_values, strange_identity
from sector7.masters.alarm_values import AlarmValues
from sector7.masters.board_values import board_values
from sector7.masters.operator_log import LOGGED, OperatorLog
from sector7.masters.power_values import power_values
from sector7.rig.cabinet import STRANGE, Cabinet
from sector7.rig.engine import EXCHANGE_US
from sector7.rig.intake import Author, Direct, Intake
from sector7.rig.rig import Rig
from sector7.training.exercise import training_values

SECOND: Final = 1_000_000
#: Values of Line.JournalState: the journal is written, or cannot be written; 0: there is none.
WRITTEN, UNWRITABLE = 1, 2
FIRMWARE_VERSION: Final = 0x0100
_UTILITY_TAGS: Final = {
    "air": ("Line.AirPressure", 100), "oil": ("Line.HydraulicPressure", 10), "cooling": ("Line.CoolingPressure", 100),
}  # fmt: skip
_DOWN: Final = (State.HELD, State.HOLDING, State.ABORTED, State.ABORTING)

#: Reads some of the values of a unit.
Part = Callable[[], Mapping[str, int]]


class PlantValues:
    """Port `TagSource` and port `Commands` over one rig.

    `touch` says that plant time has gone on. The pacemaker keeps `speed_tenths` and `lag_ms` up to date.
    """

    def __init__(self, rig: Rig, epoch: int, intake: Intake | None = None) -> None:
        """What is written goes to `intake`, or straight to the rig."""
        self.rig = rig
        self._alarms = AlarmValues(rig.alarms, rig.orders.alarm_desk)
        self.epoch = epoch
        self._intake: Intake = intake or Direct(rig)
        #: What consoles did, for all of them to read.
        self.operator_log = OperatorLog(rig, self._last)
        self.generation = 0
        self.speed_tenths = 10
        self.lag_ms = 0
        #: 0: there is no journal, WRITTEN, UNWRITABLE.
        self.journal_state = 0
        #: Values of the historian's own tags.
        self.history: Mapping[str, int] = NO_HISTORY
        self.ignored_writes = 0
        self.ignored_by_station = dict.fromkeys(rig.plant.stations, 0)
        self._cabinets = {10 + c.station.number: c for c in rig.cabinets}
        self._line_parts = self._parts_of_line()
        self._writable = {
            (unit.unit, tag.table, tag.address): tag for unit, tag in PLANT_MAP.rows() if tag.table.is_writable
        }

    def touch(self) -> None:
        """Values may have changed."""
        self.generation += 1

    # ---- Commands
    def write(
        self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role = Role.ENGINEER
    ) -> None:
        """Take a whole write. Commands, and values for a station that a master owns, are queued for the next scan;
        others are ignored and counted, because a master that rewrites its outputs every poll must not be thrown off."""
        if self.rig.now < 0:
            raise Refusal(who, f"write to unit {unit}", "the plant has not begun")
        ignored = False
        author = Author(who, role.value)
        for offset, value in enumerate(values):
            tag = self._writable.get((unit, table, address + offset))
            if tag is None:
                continue
            if tag.kind is Kind.I16 and value > 0x7FFF:
                value -= 0x10000
            if tag.writer is Writer.MASTER or self.rig.ownership.takes(unit, tag):
                if tag.name in LOGGED or self._by_hand(unit):
                    self.operator_log.wrote(author, unit, tag, value)
                self._intake.write(author, unit, tag.name, value)
            else:
                ignored = True
                self._intake.ignored(author, unit, tag.name, value)
        if ignored:
            self.ignored_writes += 1
            number = unit - 10
            if number in self.ignored_by_station:
                self.ignored_by_station[number] += 1
        self.touch()

    def refused(
        self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role = Role.ENGINEER
    ) -> None:
        """See port `Commands`."""
        for offset, value in enumerate(values):
            tag = self._writable.get((unit, table, address + offset))
            if tag is not None and tag.name in LOGGED:
                self.operator_log.refused(Author(who, role.value), unit, tag, value)
        self.touch()

    def _last(self, name: str) -> int:
        """The value that a master wrote last to a tag; to an output of a station in manual, that it has."""
        written = self._intake.newest(name)
        if written is not None:
            return written
        if ".Board." in name:
            unit, tag = PLANT_MAP.by_name[name]
            return int(self.values(unit.unit).get(name, tag.default))
        return self.rig.orders.last(name)

    def _by_hand(self, unit: int) -> bool:
        cabinet = self._cabinets.get(unit)
        return cabinet is not None and cabinet.seat.owner == Owner.MANUAL

    def newest(self, unit: int, address: int) -> int | None:
        """See port `Commands`."""
        tag = self._writable.get((unit, Table.HOLDING, address))
        return None if tag is None else self._intake.newest(tag.name)

    # ---- TagSource
    def values(self, unit: int) -> Mapping[str, int]:
        """See port `TagSource`."""
        if unit == LINE_UNIT:
            return self._line()
        cabinet = self._cabinets.get(unit)
        if cabinet is None:
            return {}
        values = self._board(cabinet)
        # what an owner wrote reads back at once, before the next scan takes it
        return values | self.rig.orders.owned.get(cabinet.station.number, {})

    def _line(self) -> dict[str, int]:
        values: dict[str, int] = {}
        for part in self._line_parts.values():
            values.update(part())
        values.update(self._alarm_values())
        for cabinet in self.rig.cabinets:
            self._station(cabinet, self.rig.now, values)
        values |= board_values(self.rig.cabinets, self.rig.now)
        return values

    def _alarm_values(self) -> dict[str, int]:
        """What unit 1 tells of alarms."""
        return self._alarms.values(self.rig.now, self.journal_state == UNWRITABLE)

    @property
    def parts(self) -> Mapping[str, Part]:
        """Unit 1 in parts, each name in one of them: for those who look at a few values very often."""
        stations = {f"ST{number:02d}": partial(self._station_values, number) for number in self.rig.plant.stations}
        rig = self.rig
        return {
            **self._line_parts,
            "alarms": self._alarm_values,
            **stations,
            "boards": lambda: board_values(rig.cabinets, rig.now),
        }

    def _station_values(self, number: int) -> dict[str, int]:
        """What unit 1 tells of one station."""
        values: dict[str, int] = {}
        self._station(self._cabinets[10 + number], self.rig.now, values)
        return values

    def _parts_of_line(self) -> dict[str, Part]:
        """What unit 1 tells of the line as a whole, and what masters wrote."""
        rig = self.rig
        return {
            "line": self._figures,
            "power": lambda: power_values(rig.plant.power, rig.now, rig.plant.ledger.completed),
            "faults": lambda: fault_values(rig.faults, rig.orders.fault_desk),
            "commissioning": rig.commissioning.line_values,
            "degraded": lambda: degraded_values(rig),
            "training": lambda: training_values(rig.training, rig.now),
            "history": lambda: self.history,
            "operator log": self.operator_log.values,
            "requested": lambda: rig.orders.requested,
        }

    def _figures(self) -> dict[str, int]:
        rig, line = self.rig, self.rig.line
        now = rig.now
        ledger = rig.plant.ledger
        ratios = line.ratios(now)
        panel = line.panel
        faulty = [unit for unit in line.units if unit.reason]
        values = {
            "Line.SimulatedTime": now,
            "Line.RunEpoch": self.epoch,
            "Line.Heartbeat": now // SECOND & 0xFFFF,
            "Line.StateCurrent": int(line.state),
            "Line.UnitModeCurrent": line.mode,
            "Line.SpeedFactor": self.speed_tenths,
            "Line.OrderNumber": line.order_number,
            "Line.OrderTarget": line.order_target,
            "Line.OrderDone": min(line.order_done, 0xFFFF),
            "Line.RobotsStarted": ledger.started,
            "Line.RobotsCompleted": ledger.completed,
            "Line.RobotsScrapped": ledger.scrapped,
            "Line.RobotsInProcess": ledger.in_process,
            "Line.Pallets": rig.recipe.pallets,
            "Line.OEE": ratios.oee,
            "Line.Availability": ratios.availability,
            "Line.Effectiveness": ratios.effectiveness,
            "Line.QualityRatio": ratios.quality,
            "Line.Rate": 10 * line.rate(now),
            "Line.TaktTarget": line.takt_ds,
            "Line.Constraint": constraint(rig),
            "Line.FaultsActive": len(faulty),
            "Line.StationsExecuting": sum(unit.state == State.EXECUTE for unit in line.units),
            "Line.NewestFaultStation": line.newest_station,
            "Line.NewestFaultReason": line.newest_reason,
            "Line.IgnoredWrites": self.ignored_writes,
            "Line.Lag": self.lag_ms,
            "Line.EStopOk": panel & 1,
            "Line.AirOk": panel >> 1 & 1,
            "Line.HydraulicsOk": panel >> 2 & 1,
            "Line.CoolingOk": panel >> 3 & 1,
            "Line.MainsOk": panel >> 4 & 1,
            "Line.Producing": line.state is State.EXECUTE,
            "Line.FaultActive": bool(faulty),
            "Line.JournalState": self.journal_state,
            "Line.ForcesActive": sum(
                c.forces.forced_inputs.bit_count() + c.forces.forced_outputs.bit_count() for c in rig.cabinets
            ),
            "Line.ForceResult": rig.orders.force_result,
            "Line.OrderComplete": bool(line.order_target) and line.order_done >= line.order_target,
        }
        for utility in rig.plant.services:
            tag, factor = _UTILITY_TAGS[utility.name]
            values[tag] = int(utility.level.value(now) * factor)
        return values

    def _station(self, cabinet: Cabinet, now: int, values: dict[str, int]) -> None:
        unit, station, io = cabinet.unit, cabinet.station, cabinet.unit.io
        p = io.code
        values |= self.rig.commissioning.station_values(io.number)
        clock = unit.clockwork
        ratios = unit.ratios(now)
        step = unit.step
        status = cabinet.status
        suspended = unit.state in (State.SUSPENDED, State.SUSPENDING)
        pallet = station.at_head
        robot = pallet.robot if pallet is not None else None
        figures = {
            "StateCurrent": unit.state,
            "UnitModeCurrent": unit.mode,
            "StateRequested": int(NEXT_STATE.get(State(unit.state), unit.state)),
            "StepNumber": unit.index,
            "StopReason": unit.reason,
            "StartInterlock": unit.start_interlock,
            "StateElapsed": min((now - unit.since) // SECOND, 0xFFFF),
            "StepElapsed": min((now - unit.step_since) // 100_000, 0xFFFF),
            "ProdProcessedCount": unit.processed,
            "ProdDefectiveCount": unit.defective,
            "CycleTime": min(unit.cycle_us // 10_000, 0xFFFF),
            "DesignCycleTime": io.design_cycle_ds * 10,
            "OEE": ratios.oee,
            "Availability": ratios.availability,
            "Effectiveness": ratios.effectiveness,
            "QualityRatio": ratios.quality,
            "PalletNumber": pallet.number if pallet is not None else 0,
            "CarrierCondition": pallet.condition if pallet is not None else 0,
            "SerialNumber": robot.serial if robot is not None else 0,
            "InfeedCount": len(station.infeed.pallets),
            "InfeedCapacity": station.infeed.capacity,
            "TimeExecute": clock.total(now, State.EXECUTE) // SECOND,
            "TimeStarved": clock.total(now, 18) // SECOND,
            "TimeBlocked": clock.total(now, 19) // SECOND,
            "TimeHeld": clock.total(now, State.HELD) // SECOND,
            "TimeAborted": clock.total(now, State.ABORTED) // SECOND,
            "TimeMaintenance": clock.total(now, 20) // SECOND,
            "Failures": min(unit.failures, 0xFFFF),
            "CurrentProgram": word(cabinet.applied, 4),
            "IgnoredWrites": min(self.ignored_by_station[io.number], 0xFFFF),
            "Owner": cabinet.seat.owner,
            "Fitted": 1,
            "SafetyOk": status >> 6 & 1,
            "LinkOk": bool(status & LINK),
            "Blocked": suspended and step.waits == 2,
            "Starved": suspended and step.waits == 1,
            "Fault": unit.state in _DOWN and unit.reason not in (Reason.NONE, Reason.OPERATOR, Reason.LINE),
            "Interlock": status >> 12 & 1,
            "Executing": unit.state == State.EXECUTE,
            "PalletPresent": status & 1,
            "Tripped": status >> 14 & 1,
            "CommandRefused": unit.refused,
            "ExternalAlive": cabinet.seat.alive,
            "ForcedInputs": cabinet.forces.forced_inputs,
            "ForcedOutputs": cabinet.forces.forced_outputs,
            "ForceLeft": -(-(cabinet.forces.until_us - now) // SECOND) if cabinet.forces.active else 0,
        }
        for name, value in figures.items():
            values[f"{p}.{name}"] = int(value)
        for channel, analog in enumerate(io.analogs):
            values[f"{p}.{analog.name}"] = analog.raw(cabinet.board.measured(channel, now))
        for index, setpoint in enumerate(io.setpoints):
            values[f"{p}.{setpoint.name}_active"] = unit.setpoints.active[index]

    def _board(self, cabinet: Cabinet) -> dict[str, int]:
        board, io, now = cabinet.board, cabinet.unit.io, self.rig.now
        p = f"{io.code}.Board."
        status, command = cabinet.status, cabinet.command
        values = {p + name: status >> i & 1 for i, name in enumerate(io.inputs)}
        values |= {p + name: status >> i & 1 for i, name, _ in STATUS_BITS}
        values |= {f"{p}at_{a.name}": bool(status & LEVEL[i]) for i, a in enumerate(io.analogs)}
        values |= {p + name: cabinet.applied >> i & 1 for i, name in enumerate(io.outputs)}
        values |= {p + name: command >> i & 1 for i, name, _ in COMMAND_BITS}
        values |= {f"{p}{a.name}_counts": board.measured(i, now) for i, a in enumerate(io.analogs)}
        values |= {f"{p}{a.name}_limit": word(command, LIMIT[i]) for i, a in enumerate(io.analogs)}
        values |= {
            p + "carrier": word(status, 1),
            p + "axis_target": min(word(command, 1), io.axis.stroke if io.axis else 0),
            p + "axis_speed": word(command, 2),
            p + "duty": min(word(cabinet.applied, 3), 1024),
            p + "program": word(command, 4),
            p + "fingerprint": BOARD_FINGERPRINT,
            p + "firmware_version": FIRMWARE_VERSION,
            p + "debounce": 30,
            p + "watchdog": board.watchdog_us // EXCHANGE_US,
        }
        if isinstance(board, SimulatedBoard):
            due = board.due_us - now
            values |= {
                p + "axis_position": board.axis_position(now),
                p + "supply": board.supply_mv,
                p + "exchanges": board.exchanges(now),
                p + "watchdog_trips": min(board.watchdog_trips, 0xFFFF),
                p + "interlock_trips": min(board.interlock_trips, 0xFFFF),
                p + "resets": min(board.resets, 0xFFFF),
                p + "due": min(max(0, due), 0xFFFFFFFF),
                p + "reset_cause": board.reset_cause,
            }
        elif isinstance(board, EmulatedBoard | SerialBoard):
            values |= {p + name: value for name, value in board.diagnostics().items() if name != "carrier"}
        elif isinstance(board, RemoteBoard):
            values |= {
                p + "axis_position": board.axis,
                p + "exchanges": board.polls & 0xFFFF_FFFF,
                p + "watchdog_trips": min(board.losses, 0xFFFF),
            }
        if cabinet.trouble & STRANGE:
            values |= {p + name: value for name, value in strange_identity(self.rig.faults, io.code).items()}
        return values


def constraint(rig: Rig) -> int:
    """The station that limits the line now: one that is down, else the slowest of those that wait for nobody."""
    down = [u for u in rig.line.units if u.state in _DOWN]
    if down:
        return min(down, key=lambda u: (u.since, u.io.number)).io.number
    working = [u for u in rig.line.units if u.state == State.EXECUTE and u.cycle_us]
    return max(working, key=lambda u: (u.cycle_us, -u.io.number)).io.number if working else 0
