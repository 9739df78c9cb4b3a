"""The alarms in unit 1: summary, a status word for each alarm, the worst, and the commands.

Input registers 768-1343, holding registers 256-287. Addresses are written down here; an alarm's status word stands at
832 + 16 x station + (number modulo 100) - 1. Commands are edges: write the block 256-260 whole with one request, so
that two masters cannot mix their words, and judge by AlarmResult. The bits of a status word are told in `protocols.alarms.alarm`.
"""

from __future__ import annotations

from typing import Final

from protocols.alarms.alarm import SHELVE_REASONS, AlarmCommand, AlarmResult, ServiceCommand
from protocols.alarms.table import ALARMS
from protocols.roles import ENGINEERS
from protocols.tags.tag import Kind, Table, Tag, Writer, command_register

#: Where the status words begin, the worst alarms, and the most frequent. A master that reads blocks of 125 registers
#: tears none of the wide values that stand here.
STATUS: Final = 832
WORST: Final = 1044
WORST_WORDS: Final = 8
TOP: Final = 1304
#: How many of each are shown.
WORST_COUNT: Final = 32
TOP_COUNT: Final = 10

_RESULTS: Final = tuple((int(result), result.name.replace("_", " ").capitalize()) for result in AlarmResult)

#: (address, name, kind, unit, decimals, doc)
SUMMARY: Final = (
    (
        768,
        "AlarmGenerationBefore",
        Kind.U16,
        "",
        0,
        "equals AlarmGenerationAfter when several reads saw one state of the alarms",
    ),
    (769, "AlarmsStanding", Kind.U16, "", 0, "alarms that an operator is shown"),
    (770, "AlarmsUnacknowledged", Kind.U16, "", 0, "of these, waiting to be acknowledged"),
    (771, "AlarmsHigh", Kind.U16, "", 0, "standing, of high priority"),
    (772, "AlarmsMedium", Kind.U16, "", 0, "standing, of medium priority"),
    (773, "AlarmsLow", Kind.U16, "", 0, "standing, of low priority"),
    (774, "AlarmsShelved", Kind.U16, "", 0, "shelved by operators"),
    (775, "AlarmsSuppressed", Kind.U16, "", 0, "suppressed by design"),
    (776, "AlarmsOutOfService", Kind.U16, "", 0, "taken out of service by engineers"),
    (777, "AlarmConsequences", Kind.U16, "", 0, "of the suppressed, consequences of a standing alarm"),
    (778, "AlarmsStale", Kind.U16, "", 0, "whose condition is there for more than a day"),
    (779, "AlarmsChattering", Kind.U16, "", 0, "annunciated three times within a minute, and again since within ten"),
    (780, "AlarmFlood", Kind.U16, "", 0, "1 while in flood: more than ten in ten minutes, until below five"),
    (781, "AlarmRate", Kind.U16, "", 0, "annunciations in the last ten minutes"),
    (782, "AlarmPeak", Kind.U16, "", 0, "most in any ten minutes"),
    (783, "AlarmsPerHour", Kind.U16, "1/h", 1, "average since the run began"),
    (784, "AlarmTotal", Kind.U32, "", 0, "annunciations since the run began"),
    (786, "AlarmTotalHigh", Kind.U32, "", 0, "of these, of high priority"),
    (788, "AlarmTotalMedium", Kind.U32, "", 0, "of these, of medium priority"),
    (790, "AlarmTotalLow", Kind.U32, "", 0, "of these, of low priority"),
    (792, "AlarmFloodShare", Kind.U16, "%", 2, "share of the time spent in floods"),
    (793, "AlarmFloods", Kind.U16, "", 0, "floods since the run began"),
    (796, "AlarmCommandsTaken", Kind.U16, "", 0, "alarm commands taken, modulo 65536"),
    (797, "AlarmResultNumber", Kind.U16, "", 0, "the alarm that the last command named"),
    (1343, "AlarmGenerationAfter", Kind.U16, "", 0, "see AlarmGenerationBefore"),
)

#: Commands: (address, name, low, high, default, labels, doc). Anybody but a viewer may acknowledge and shelve.
COMMANDS: Final = (
    (256, "AlarmCommand", 0, 6, 0, tuple((int(c), c.name.replace("_", " ").capitalize()) for c in AlarmCommand),
     "what to do, taken on a rising edge of AlarmChangeRequest"),
    (257, "AlarmNumber", 0, 1299, 0, (), "to which alarm; for a group any alarm of it, for all 0"),
    (258, "AlarmShelveReason", 0, 5, 0, SHELVE_REASONS, "why it is shelved; 0 is refused"),
    (259, "AlarmShelveMinutes", 1, 480, 30, (), "how long it is shelved: at most 480 for low, 240 for medium, 30 for high priority"),
    (260, "AlarmChangeRequest", 0, 1, 0, (), "0 to 1 gives the command; may stay 1"),
)  # fmt: skip
SERVICE: Final = (
    (264, "AlarmServiceCommand", 0, 2, 0, tuple((int(c), c.name.replace("_", " ").capitalize()) for c in ServiceCommand),
     "take an alarm out of service or back, on a rising edge of AlarmServiceChangeRequest"),
    (265, "AlarmServiceNumber", 0, 1299, 0, (), "which alarm"),
    (266, "AlarmServiceChangeRequest", 0, 1, 0, (), "0 to 1 gives the command; may stay 1"),
)  # fmt: skip


def alarm_tags() -> list[Tag]:
    """The tags of the alarms in unit 1."""
    plc, u16 = Writer.PLC, Kind.U16
    tags = [Tag(f"Line.{name}", Table.INPUT, address, kind, plc, doc, unit, decimals)
            for address, name, kind, unit, decimals, doc in SUMMARY]  # fmt: skip
    tags.append(
        Tag("Line.AlarmResult", Table.INPUT, 795, u16, plc, "what became of the last alarm command", labels=_RESULTS)
    )
    tags += [
        Tag(a.tag, Table.INPUT, STATUS + a.place, u16, plc, f"status word of alarm {a.number}: {a.title}") for a in ALARMS
    ]
    for place in range(WORST_COUNT):
        at, name = WORST + WORST_WORDS * place, f"Line.Worst{place + 1:02d}"
        tags += [
            Tag(f"{name}.Number", Table.INPUT, at, u16, plc, "alarm number, 0: no more"),
            Tag(f"{name}.Word", Table.INPUT, at + 1, u16, plc, "its status word"),
            Tag(f"{name}.Time", Table.INPUT, at + 2, Kind.U64, plc, "plant time of its last change", "us"),
            Tag(
                f"{name}.Value",
                Table.INPUT,
                at + 6,
                Kind.I32,
                plc,
                "the value that raised it, raw: a measured value, a stop reason, a number of robots",
            ),
        ]
    for place in range(TOP_COUNT):
        at, name = TOP + 2 * place, f"Line.Top{place + 1:02d}"
        tags += [
            Tag(
                f"{name}.Number",
                Table.INPUT,
                at,
                u16,
                plc,
                "most frequent alarms since the run began: number, 0: no more",
            ),
            Tag(f"{name}.Count", Table.INPUT, at + 1, u16, plc, "how often it was annunciated"),
        ]
    for rows, roles in ((COMMANDS, None), (SERVICE, ENGINEERS)):
        tags += [
            command_register(f"Line.{name}", address, low, high, default, labels, doc, roles)
            for address, name, low, high, default, labels, doc in rows
        ]
    return tags
