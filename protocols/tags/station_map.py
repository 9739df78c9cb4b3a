"""Units 11-22: the board of station n answers as unit 10+n (remote I/O), the same on TCP and on its serial line.

Addresses are 0-based and written down here once; only the names and ranges differ between stations.
"""

from __future__ import annotations

from zlib import crc32

from protocols.roles import ENGINEERS
from protocols.stations.io_table import STATIONS
from protocols.stations.station_io import COUNTS, StationIO
from protocols.tags.tag import Kind, Table, Tag, UnitMap, Window, Writer

#: Holding registers of a board unit that are command words 1..8; those behind are configuration.
COMMAND_REGISTERS = 8
SIZES = ((Table.COIL, 16), (Table.DISCRETE, 16), (Table.INPUT, 32), (Table.HOLDING, 32))

#: The packed mirror: an alias of the storage above for one FC23 per exchange, outside the tables a master polls.
MIRROR_WRITE = 0x1000  # now_us (2 words, most significant first), command words 0..8
MIRROR_READ = 0x1100  # status words 0..1, analogue inputs 0..3, axis position, due_us (2 words)

WINDOWS = (
    # The plant's time is given by whoever runs the exchange: on TCP the two time words are ignored.
    Window(MIRROR_WRITE, True, (None, None, (Table.COIL, 0), *((Table.HOLDING, i) for i in range(8)))),
    Window(
        MIRROR_READ,
        False,
        (
            (Table.DISCRETE, 0),
            (Table.INPUT, 5),
            *((Table.INPUT, i) for i in range(4)),
            (Table.INPUT, 6),
            (Table.INPUT, 16),
            (Table.INPUT, 17),
        ),
    ),
)

RESET_CAUSES = ((0, "None"), (1, "Power-on"), (2, "External"), (3, "Brown-out"), (4, "Watchdog"))

STATUS_BITS = (
    (6, "safety_ok", "the hardwired safety chain is closed"),
    (7, "in_position", "the axis profile has ended at its target"),
    (12, "interlock", "the firmware withholds a forbidden output"),
    (13, "safe_state", "comms watchdog expired, outputs are in their declared safe state"),
    (14, "tripped", "waits for an acknowledge edge"),
    (15, "link_ok", "the last exchange was answered"),
)

COMMAND_BITS = (
    (5, "mark_pass", "write the carrier: operation passed (with mark_fail: send back to rework)"),
    (6, "mark_fail", "write the carrier: operation failed"),
    (7, "andon", "stack light, calls the maintenance crew"),
    (8, "acknowledge", "rising edge acknowledges a trip"),
)

DIAGNOSTICS = (
    (5, "carrier", Kind.U16, "", "pallet data tag at the read head: pallet, condition, reworks, last operation"),
    (8, "supply", Kind.U16, "mV", "supply voltage at the board"),
    (10, "exchanges", Kind.U32, "", "exchanges since reset"),
    (12, "watchdog_trips", Kind.U16, "", "comms watchdog trips since power-on"),
    (13, "interlock_trips", Kind.U16, "", "outputs withheld by an interlock rule since power-on"),
    (14, "resets", Kind.U16, "", "resets since the counters were cleared"),
    (16, "due", Kind.U32, "us", "time to the board's next change of its own"),
    (18, "fingerprint", Kind.U32, "", "CRC-32 of the register layout"),
    (20, "firmware_version", Kind.U16, "", "major x 256 + minor"),
)


def board_map(io: StationIO) -> UnitMap:
    """The register map of one station's board."""
    return UnitMap(10 + io.number, f"{io.title} board", tuple(_tags(io)), SIZES, WINDOWS)


def _tags(io: StationIO) -> list[Tag]:
    p = f"{io.code}.Board."
    board, plc = Writer.BOARD, Writer.PLC
    bit, u16 = Kind.BOOL, Kind.U16
    tags = [Tag(p + n, Table.DISCRETE, i, bit, board, f"digital input {i}") for i, n in enumerate(io.inputs)]
    tags += [Tag(p + n, Table.DISCRETE, i, bit, board, doc) for i, n, doc in STATUS_BITS]
    tags += [
        Tag(f"{p}at_{a.name}", Table.DISCRETE, 8 + i, bit, board, f"{a.name} has reached its limit (holding register {4 + i})")
        for i, a in enumerate(io.analogs)
    ]
    tags += [Tag(p + n, Table.COIL, i, bit, plc, f"digital output {i}") for i, n in enumerate(io.outputs)]
    tags += [Tag(p + n, Table.COIL, i, bit, plc, doc) for i, n, doc in COMMAND_BITS]
    tags += [
        Tag(f"{p}{a.name}_counts", Table.INPUT, i, u16, board, f"{a.doc}: {a.low}..{a.high} x 0.1^{a.decimals} {a.unit}",
            "count", 0, 0, COUNTS)
        for i, a in enumerate(io.analogs)
    ]
    tags += [Tag(p + n, Table.INPUT, a, k, board, doc, unit) for a, n, k, unit, doc in DIAGNOSTICS]
    tags.append(Tag(p + "reset_cause", Table.INPUT, 9, u16, board, "cause of the last reset", labels=RESET_CAUSES))
    unit = io.axis.unit if io.axis else "mm"
    stroke = io.axis.stroke if io.axis else 0
    tags.append(Tag(p + "axis_position", Table.INPUT, 6, u16, board, "axis position by step count", unit, 1))
    tags += [
        Tag(p + "axis_target", Table.HOLDING, 0, u16, plc, "axis target", unit, 1, 0, stroke),
        Tag(p + "axis_speed", Table.HOLDING, 1, u16, plc, "axis speed", unit + "/s", 1),
        Tag(p + "duty", Table.HOLDING, 2, u16, plc, f"PWM duty of {io.modulated or 'no output'}, 1/1024", "", 0, 0, 1024),
        Tag(p + "program", Table.HOLDING, 3, u16, plc, "program number for the station's device"),
    ]
    tags += [
        Tag(f"{p}{a.name}_limit", Table.HOLDING, 4 + i, u16, plc, f"comparator limit of {a.name}", "count", 0, 0, COUNTS)
        for i, a in enumerate(io.analogs)
    ]
    tags += [
        Tag(p + "debounce", Table.HOLDING, 16, u16, plc, "stable time before an input edge is accepted", "ms", default=30,
            roles=ENGINEERS),
        Tag(p + "watchdog", Table.HOLDING, 17, u16, plc, "missed exchanges before the safe state", "", 0, 2, 50, default=5,
            roles=ENGINEERS),
    ]
    return tags


BOARD_MAPS = tuple(board_map(io) for io in STATIONS)


def _layout() -> bytes:
    """Which cells boards have, without the names: one firmware serves every station."""
    cells = {f"{tag.table} {tag.address} {tag.kind}" for unit in BOARD_MAPS for tag in unit.tags}
    windows = [f"{w.address} {w.writable} {[c and (c[0].value, c[1]) for c in w.cells]}" for w in WINDOWS]
    return "\n".join([*sorted(cells), *windows, *(f"{table} {size}" for table, size in SIZES)]).encode()


#: CRC-32 of the register layout that all boards share: the firmware tells it, the host compares.
BOARD_FINGERPRINT = crc32(_layout())
