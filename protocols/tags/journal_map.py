"""Tags of the journal and of forces in unit 1: input registers 1664-1727, holding registers 320-447."""

from __future__ import annotations

from protocols.roles import ENGINEERS
from protocols.stations.io_table import STATIONS
from protocols.tags.tag import Kind, Table, Tag, Writer, command_register

JOURNAL_LABELS = ((0, "None"), (1, "Written"), (2, "Cannot be written"))
RESULT_LABELS = ((0, "Nothing asked yet"), (1, "Forced"), (2, "Released"), (3, "Refused: no such terminal"))
TERMINAL_LABELS = tuple((i, f"Input {i}") for i in range(6)) + tuple((8 + i, f"Output {i}") for i in range(5))
VALUE_LABELS = ((0, "Off"), (1, "On"), (2, "Release"))

#: Holding registers and coils with which an engineer forces a terminal: (address, name, low, high, default, labels, doc)
REQUESTS = (
    (320, "ForceStation", 1, 12, 1, (), "station whose terminal shall be forced"),
    (321, "ForceTerminal", 0, 12, 0, TERMINAL_LABELS, "terminal: digital inputs from 0, digital outputs from 8"),
    (322, "ForceValue", 0, 2, 2, VALUE_LABELS, "what it shall be forced to, or that it shall be released"),
    (323, "ForceSeconds", 1, 3600, 60, (), "plant time after which the force ends by itself"),
    (324, "ForceChangeRequest", 0, 1, 0, (), "0 to 1 does it"),
    (325, "ForceReleaseAll", 0, 1, 0, (), "0 to 1 releases every terminal of the line"),
)
#: Input registers of a station, offset from 1668 + 3 (n-1).
STATION_FORCES = (
    (0, "ForcedInputs", "", "bits: digital inputs that are forced"),
    (1, "ForcedOutputs", "", "bits: digital outputs that are forced"),
    (2, "ForceLeft", "s", "until the next force of the station ends, 0 = none"),
)


def journal_tags() -> list[Tag]:
    """All of them."""
    tags = [
        Tag("Line.JournalState", Table.INPUT, 1664, Kind.U16, Writer.SERVER, "whether the plant remembers: 2 = writes answer exception 04", labels=JOURNAL_LABELS),
        Tag("Line.ForcesActive", Table.INPUT, 1665, Kind.U16, Writer.PLC, "forced terminals of the line"),
        Tag("Line.ForceResult", Table.INPUT, 1666, Kind.U16, Writer.PLC, "what became of the last request to force", labels=RESULT_LABELS),
    ]
    tags += [
        command_register(f"Line.{name}", address, low, high, default, labels, doc, ENGINEERS, unit="s" if name == "ForceSeconds" else "")
        for address, name, low, high, default, labels, doc in REQUESTS
    ]
    return tags + [
        Tag(f"{io.code}.{name}", Table.INPUT, 1668 + 3 * (io.number - 1) + offset, Kind.U16, Writer.PLC, doc, unit)
        for io in STATIONS for offset, name, unit, doc in STATION_FORCES
    ]  # fmt: skip
