"""Unit 1: the line PLC. Status to read (inputs), commands and set points to write (holding registers, coils).

Addresses are 0-based and written down here. A station's block repeats at a fixed stride: input registers at
64 + 48 (n-1), holding registers at 16 n, discrete inputs at 16 n, coils at n.
"""

from __future__ import annotations

from protocols.packml import COMMAND_LABELS, MODE_LABELS, STATE_LABELS
from protocols.reasons import START_INTERLOCKS, reason_labels
from protocols.roles import CONTROLLERS
from protocols.stations.io_table import STATIONS
from protocols.stations.station_io import StationIO
from protocols.stations.step_names import STEP_NAMES
from protocols.tags.alarm_map import alarm_tags
from protocols.tags.boards_map import board_tags
from protocols.tags.commissioning_map import commissioning_tags
from protocols.tags.degraded_map import degraded_tags
from protocols.tags.fault_map import fault_tags
from protocols.tags.history_map import history_tags
from protocols.tags.journal_map import journal_tags
from protocols.tags.power_map import power_tags
from protocols.tags.session_map import session_tags
from protocols.tags.tag import Kind, Table, Tag, UnitMap, Writer, command_register
from protocols.tags.training_map import training_tags

UNIT = 1
MAP_VERSION = 2
SIZES = ((Table.COIL, 64), (Table.DISCRETE, 256), (Table.INPUT, 2048), (Table.HOLDING, 512))

OWNER_LABELS = ((0, "Internal program"), (1, "External PLC"), (2, "Manual"))
CONDITION_LABELS = ((0, "Empty"), (1, "Good"), (2, "Not OK"), (3, "Incomplete"))

#: Input registers of the line: (address, name, kind, unit, decimals, writer, doc)
LINE_INPUTS = (
    (0, "MapVersion", Kind.U16, "", 0, Writer.SERVER, "version of this register map"),
    (1, "MapFingerprint", Kind.U32, "", 0, Writer.SERVER, "CRC-32 over names, addresses and formats"),
    (3, "GenerationBefore", Kind.U16, "", 0, Writer.SERVER, "equals GenerationAfter when several reads saw one instant"),
    (4, "SimulatedTime", Kind.U64, "us", 0, Writer.PLANT, "plant time"),
    (8, "RunEpoch", Kind.U32, "", 0, Writer.SERVER, "changes with every new run: plant time began anew"),
    (10, "Heartbeat", Kind.U16, "", 0, Writer.PLC, "seconds of plant time, modulo 65536"),
    (13, "SpeedFactor", Kind.U16, "", 1, Writer.SERVER, "plant seconds per wall second, 0 = paused"),
    (14, "OrderNumber", Kind.U16, "", 0, Writer.PLC, "current production order"),
    (15, "OrderTarget", Kind.U16, "robots", 0, Writer.PLC, "robots ordered, 0 = no end"),
    (16, "OrderDone", Kind.U16, "robots", 0, Writer.PLC, "robots completed for the order"),
    (18, "RobotsStarted", Kind.U32, "robots", 0, Writer.PLANT, "robots begun at kitting"),
    (20, "RobotsCompleted", Kind.U32, "robots", 0, Writer.PLANT, "good robots packed"),
    (22, "RobotsScrapped", Kind.U32, "robots", 0, Writer.PLANT, "robots removed as scrap"),
    (24, "RobotsInProcess", Kind.U16, "robots", 0, Writer.PLANT, "robots on the line"),
    (25, "Pallets", Kind.U16, "", 0, Writer.PLANT, "pallets in circulation (the WIP cap)"),
    (26, "OEE", Kind.U16, "%", 1, Writer.PLC, "overall equipment effectiveness at pack-out against the takt (ISO 22400)"),
    (27, "Availability", Kind.U16, "%", 1, Writer.PLC, "actual production time / planned busy time"),
    (28, "Effectiveness", Kind.U16, "%", 1, Writer.PLC, "takt x produced quantity / actual production time"),
    (29, "QualityRatio", Kind.U16, "%", 1, Writer.PLC, "good quantity / produced quantity"),
    (30, "Rate", Kind.U16, "robots/h", 1, Writer.PLC, "good robots in the last hour of plant time"),
    (31, "TaktTarget", Kind.U16, "s", 1, Writer.PLC, "planned takt"),
    (32, "Constraint", Kind.U16, "", 0, Writer.PLC, "station that limits the line now, 0 = none"),
    (33, "FaultsActive", Kind.U16, "", 0, Writer.PLC, "stations with a stop reason"),
    (34, "StationsExecuting", Kind.U16, "", 0, Writer.PLC, "stations in Execute"),
    (35, "NewestFaultStation", Kind.U16, "", 0, Writer.PLC, "station of the newest stop reason"),
    (37, "AirPressure", Kind.U16, "bar", 2, Writer.PLANT, "compressed air main"),
    (38, "HydraulicPressure", Kind.U16, "bar", 1, Writer.PLANT, "hydraulic main"),
    (39, "CoolingPressure", Kind.U16, "bar", 2, Writer.PLANT, "cooling water main"),
    (40, "MainsVoltage", Kind.U16, "V", 0, Writer.PLANT, "mains, phase to phase"),
    (41, "ControlVoltage", Kind.U16, "V", 1, Writer.PLANT, "24 V control bus"),
    (42, "IgnoredWrites", Kind.U32, "", 0, Writer.SERVER, "well-formed writes by a master that does not own the target"),
    (44, "Requests", Kind.U32, "", 0, Writer.SERVER, "Modbus requests answered"),
    (46, "Exceptions", Kind.U32, "", 0, Writer.SERVER, "Modbus exceptions answered"),
    (48, "Clients", Kind.U16, "", 0, Writer.SERVER, "connected Modbus clients"),
    (50, "Lag", Kind.U32, "ms", 0, Writer.SERVER, "wall time by which the plant has slipped because the machine was too slow"),
    (52, "BytesReceived", Kind.U32, "", 0, Writer.SERVER, "bytes of Modbus that came in"),
    (54, "BytesSent", Kind.U32, "", 0, Writer.SERVER, "bytes of Modbus that went out"),
    (640, "GenerationAfter", Kind.U16, "", 0, Writer.SERVER, "see GenerationBefore"),
)

#: Input registers of a station, offset from 64 + 48 (n-1).
STATION_INPUTS = (
    (6, "StateElapsed", Kind.U16, "s", 0, "time in the current state, stops at 65535"),
    (7, "StepElapsed", Kind.U16, "s", 1, "time in the current step, stops at 6553.5"),
    (8, "ProdProcessedCount", Kind.U32, "robots", 0, "robots processed"),
    (10, "ProdDefectiveCount", Kind.U32, "robots", 0, "robots rejected here"),
    (12, "CycleTime", Kind.U16, "s", 2, "last process time, pallet stopped to released"),
    (13, "DesignCycleTime", Kind.U16, "s", 2, "cycle time the station was designed for"),
    (14, "OEE", Kind.U16, "%", 1, "availability x effectiveness x quality ratio (ISO 22400)"),
    (15, "Availability", Kind.U16, "%", 1, "actual production time / planned busy time"),
    (16, "Effectiveness", Kind.U16, "%", 1, "design cycle x processed / actual production time"),
    (17, "QualityRatio", Kind.U16, "%", 1, "passed / processed"),
    (26, "PalletNumber", Kind.U16, "", 0, "pallet at the read head, 0 = none"),
    # A 32-bit value at offset 32 would be torn by a master that reads blocks of 125 registers (station 12, 624-625).
    (30, "TimeExecute", Kind.U32, "s", 0, "cumulated time in Execute"),
    (32, "InfeedCount", Kind.U16, "pallets", 0, "pallets on the infeed conveyor"),
    (33, "InfeedCapacity", Kind.U16, "pallets", 0, "places on the infeed conveyor"),
    (34, "TimeStarved", Kind.U32, "s", 0, "cumulated time Suspended for want of pallets"),
    (36, "TimeBlocked", Kind.U32, "s", 0, "cumulated time Suspended behind a full outfeed"),
    (38, "TimeHeld", Kind.U32, "s", 0, "cumulated time in Held"),
    (40, "TimeAborted", Kind.U32, "s", 0, "cumulated time in Aborted"),
    (42, "TimeMaintenance", Kind.U32, "s", 0, "cumulated time out of production mode"),
    (44, "Failures", Kind.U16, "", 0, "stops with a fault reason"),
    (47, "IgnoredWrites", Kind.U16, "", 0, "writes by a master that does not own the station"),
)

#: Discrete inputs: the line at 0, a station at 16 n.
LINE_BITS = (
    (0, "EStopOk", "no emergency stop is pressed"),
    (1, "AirOk", "compressed air above its low limit"),
    (2, "HydraulicsOk", "hydraulic pressure above its low limit"),
    (3, "CoolingOk", "cooling water above its low limit"),
    (4, "MainsOk", "the process supply is there, from the mains or from the generator"),
    (5, "Producing", "the line is in Execute"),
    (6, "FaultActive", "at least one station has a stop reason"),
    (7, "OrderComplete", "the ordered quantity is packed"),
)
STATION_BITS = (
    (0, "Fitted", "the station is part of this recipe"),
    (1, "SafetyOk", "the station's safety chain is closed"),
    (2, "LinkOk", "the station's board answers"),
    (3, "Blocked", "waits for room on the outfeed"),
    (4, "Starved", "waits for a pallet"),
    (5, "Fault", "stopped with a reason"),
    (6, "Interlock", "the board withholds an output"),
    (7, "Executing", "in Execute"),
    (8, "PalletPresent", "a pallet stands at the stopper"),
    (9, "Tripped", "the board waits for an acknowledge"),
    (10, "CommandRefused", "the last command was not allowed in that state"),
    (11, "ExternalAlive", "an external owner's heartbeat is there (true while nobody external owns the station)"),
)

#: Holding registers of the line at 0, of a station at 16 n: (address, name, low, high, default, labels, doc)
UNIT_COMMANDS = (
    (0, "CntrlCmd", 0, 10, 0, COMMAND_LABELS, "PackML command, taken on a rising edge of CmdChangeRequest"),
    (1, "CmdChangeRequest", 0, 1, 0, (), "0 to 1 gives the command; may stay 1"),
    (2, "UnitMode", 1, 3, 1, MODE_LABELS, "mode to change to"),
    (3, "UnitModeChangeRequest", 0, 1, 0, (), "0 to 1 changes the mode"),
)
OWNERSHIP = (
    (8, "OwnerRequest", 0, 2, 0, OWNER_LABELS, "who shall command the station; a change counts where the station stands"),
    (9, "Heartbeat", 0, 65535, 0, (), "an external owner changes it more often than the timeout"),
    (10, "HeartbeatTimeout", 2, 600, 20, (), "0.1 s of wall time without a new heartbeat after which the station is Held"),
    (11, "ExternalState", 0, 17, 6, STATE_LABELS, "PackML state that an external owner reports"),
    (12, "ExternalStep", 0, 65535, 0, (), "step that an external owner reports"),
    (13, "ExternalReason", 0, 65535, 0, (), "stop reason that an external owner reports, in its own numbers"),
)
LINE_COMMANDS = (
    (4, "AutoRecovery", 0, 1, 1, ((0, "Off"), (1, "On")), "clear, reset and restart a station whose fault was repaired"),
    (5, "OrderNumberRequest", 0, 65535, 0, (), "number of the order to begin"),
    (6, "OrderTargetRequest", 0, 65535, 0, (), "robots to build, 0 = no end"),
    (7, "OrderChangeRequest", 0, 1, 0, (), "0 to 1 begins the order"),
)
#: Commands that need no engineer: roles as declared for commands in general.
_FOR_OPERATORS = frozenset(
    ("CntrlCmd", "CmdChangeRequest", "OrderNumberRequest", "OrderTargetRequest", "OrderChangeRequest")
)


def line_map() -> UnitMap:
    """The register map of unit 1."""
    tags = [
        Tag(f"Line.{name}", Table.INPUT, address, kind, writer, doc, unit, decimals)
        for address, name, kind, unit, decimals, writer, doc in LINE_INPUTS
    ]
    plc = Writer.PLC
    tags += [
        Tag("Line.StateCurrent", Table.INPUT, 11, Kind.U16, plc, "PackML state of the line", labels=STATE_LABELS),
        Tag("Line.UnitModeCurrent", Table.INPUT, 12, Kind.U16, plc, "PackML mode of the line", labels=MODE_LABELS),
        Tag("Line.NewestFaultReason", Table.INPUT, 36, Kind.U16, plc, "newest stop reason", labels=reason_labels()),
        Tag("Line.JamClearAll", Table.COIL, 0, Kind.BOOL, Writer.MASTER, "0 to 1 calls the attendant to every station"),
    ]
    tags += [Tag(f"Line.{n}", Table.DISCRETE, a, Kind.BOOL, plc, doc) for a, n, doc in LINE_BITS]
    tags += _commands("Line", 0, UNIT_COMMANDS + LINE_COMMANDS)
    for io in STATIONS:
        tags += _station(io)
    tags += alarm_tags()
    tags += journal_tags()
    tags += history_tags()
    tags += power_tags()
    tags += fault_tags()
    tags += session_tags()
    tags += commissioning_tags()
    tags += degraded_tags()
    tags += training_tags()
    return UnitMap(UNIT, "Line PLC", tuple(tags), SIZES)


def _commands(prefix: str, base: int, rows: tuple[tuple[int, str, int, int, int, tuple[tuple[int, str], ...], str], ...]) -> list[Tag]:
    return [
        command_register(f"{prefix}.{name}", base + address, low, high, default, labels, doc, None if name in _FOR_OPERATORS else CONTROLLERS)
        for address, name, low, high, default, labels, doc in rows
    ]


def _station(io: StationIO) -> list[Tag]:
    p, plc, u16 = io.code, Writer.PLC, Kind.U16
    base = 64 + 48 * (io.number - 1)

    def enum(offset: int, name: str, labels: tuple[tuple[int, str], ...], doc: str) -> Tag:
        return Tag(f"{p}.{name}", Table.INPUT, base + offset, u16, plc, doc, labels=labels)

    tags = [
        enum(0, "StateCurrent", STATE_LABELS, "PackML state"),
        enum(1, "UnitModeCurrent", MODE_LABELS, "PackML mode"),
        enum(2, "StateRequested", STATE_LABELS, "PackML state the unit is on its way to"),
        enum(3, "StepNumber", tuple(enumerate(STEP_NAMES[io.number])), "step of the sequence"),
        enum(4, "StopReason", reason_labels(STEP_NAMES[io.number]), "why the station stopped"),
        enum(5, "StartInterlock", (), "bits: why Start would be refused: " + ", ".join(f"{i} {t}" for i, t in enumerate(START_INTERLOCKS))),
        enum(27, "CarrierCondition", CONDITION_LABELS, "what the pallet at the read head carries"),
        Tag(f"{p}.SerialNumber", Table.INPUT, base + 28, Kind.U32, Writer.PLANT, "serial number of the robot at the station"),
        enum(45, "CurrentProgram", (), "program number given to the station's device"),
        enum(46, "Owner", OWNER_LABELS, "who commands the station's actuators"),
    ]
    tags += [
        Tag(f"{p}.{n}", Table.INPUT, base + o, k, plc, doc, unit, dec) for o, n, k, unit, dec, doc in STATION_INPUTS
    ]
    for i, a in enumerate(io.analogs):
        kind = Kind.I16 if a.low < 0 else u16
        tags.append(Tag(f"{p}.{a.name}", Table.INPUT, base + 18 + i, kind, plc, a.doc, a.unit, a.decimals, a.low, a.high, a.normal,
                        default=max(a.low, 0)))
    for i, s in enumerate(io.setpoints):
        tags.append(Tag(f"{p}.{s.name}_active", Table.INPUT, base + 22 + i, u16, plc, f"{s.doc}, as it is now", s.unit, s.decimals,
                        s.low, s.high, default=s.default))
        tags.append(Tag(f"{p}.{s.name}_sp", Table.HOLDING, 16 * io.number + 4 + i, u16, Writer.MASTER, s.doc, s.unit, s.decimals,
                        s.low, s.high, default=s.default, roles=CONTROLLERS))
    tags += _commands(p, 16 * io.number, UNIT_COMMANDS + OWNERSHIP)
    tags += board_tags(io)
    tags += [Tag(f"{p}.{n}", Table.DISCRETE, 16 * io.number + a, Kind.BOOL, plc, doc) for a, n, doc in STATION_BITS]
    tags.append(Tag(f"{p}.JamClear", Table.COIL, io.number, Kind.BOOL, Writer.MASTER, "0 to 1 calls the attendant"))
    return tags


LINE_MAP = line_map()
