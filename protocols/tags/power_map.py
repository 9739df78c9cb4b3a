"""The power network in unit 1: sources, control bus, a block of registers for every feeder, what an engineer switches.

Input registers from 1760, a feeder's at 1784 + 8 n (n = 0: the supplies of air, oil and water, else the station's
number); holding registers from 480, a feeder's breaker at 480 + n.
"""

from __future__ import annotations

from protocols.roles import ENGINEERS
from protocols.stations.io_table import STATIONS
from protocols.tags.tag import Kind, Table, Tag, Writer, command_register

TRANSFER_LABELS = ((1, "Mains"), (2, "Generator"))
GENERATOR_LABELS = ((0, "Stopped"), (1, "Starting"), (2, "Running"), (3, "Tripped"), (4, "Out of fuel"))
MODE_LABELS = ((0, "Auto"), (1, "Run"), (2, "Off"))
UPS_LABELS = ((1, "On line"), (2, "Charging"), (3, "On battery"), (4, "Exhausted"))
BREAKER_LABELS = ((0, "Open"), (1, "Closed"), (2, "Tripped"))
REQUEST_LABELS = ((0, "None"), (1, "Close"), (2, "Open"))

#: (address, name, kind, unit, decimals, labels, doc)
_NETWORK = (
    (1760, "MainsFrequency", Kind.U16, "Hz", 2, (), "frequency of the mains, 0 = no voltage"),
    (1761, "BusVoltage", Kind.U16, "V", 0, (), "main bus, phase to phase"),
    (1762, "BusPower", Kind.U32, "W", 0, (), "power drawn from the main bus"),
    (1764, "EnergyUsed", Kind.U32, "Wh", 0, (), "energy drawn from the main bus since the beginning"),
    (1766, "EnergyGenerated", Kind.U32, "Wh", 0, (), "the generator's part of it"),
    (1768, "EnergyPerRobot", Kind.U32, "Wh", 0, (), "energy used per good robot packed, 0 = none yet"),
    (1770, "TransferSwitch", Kind.U16, "", 0, TRANSFER_LABELS, "source that feeds the main bus"),
    (1771, "GeneratorState", Kind.U16, "", 0, GENERATOR_LABELS, "state of the generator"),
    (1772, "GeneratorFuel", Kind.U16, "l", 1, (), "fuel in the generator's tank"),
    (1773, "UpsState", Kind.U16, "", 0, UPS_LABELS, "state of the supply of the control bus"),
    (1774, "UpsCharge", Kind.U16, "%", 1, (), "charge of its battery"),
    (1775, "UpsRuntime", Kind.U16, "s", 0, (), "how long the battery carries the control bus, stops at 65535"),
)
#: Offset from 1784 + 8 n.
_FEEDER = (
    (0, "FeederVoltage", Kind.U16, "V", 0, (), "behind the breaker, phase to phase"),
    (1, "FeederCurrent", Kind.U16, "A", 1, (), "current of the feeder"),
    (2, "FeederPower", Kind.U16, "W", 0, (), "power drawn, stops at 65535"),
    (3, "BreakerState", Kind.U16, "", 0, BREAKER_LABELS, "the feeder's breaker"),
    (4, "FeederEnergy", Kind.U32, "Wh", 0, (), "energy used since the beginning"),
    (6, "ContactorClosed", Kind.U16, "", 0, ((0, "Out"), (1, "Closed")), "contactor of everything that moves or heats"),
    (7, "RailVoltage", Kind.U16, "mV", 0, (), "supply voltage that the plant gives the board"),
)
_SERVICES = "Services"


def power_tags() -> list[Tag]:
    """Every tag of the power network."""
    inputs, plant = Table.INPUT, Writer.PLANT
    tags = [Tag(f"Line.{n}", inputs, a, k, plant, doc, u, d, labels=ls, default=ls[0][0] if ls else 0)
            for a, n, k, u, d, ls, doc in _NETWORK]  # fmt: skip
    for number, owner in [(0, f"Line.{_SERVICES}"), *((io.number, f"{io.code}.") for io in STATIONS)]:
        tags += [
            Tag(f"{owner}{name}", inputs, 1784 + 8 * number + offset, kind, plant, doc, unit, decimals, labels=labels)
            for offset, name, kind, unit, decimals, labels, doc in _FEEDER
            if number or name != "RailVoltage"
        ]
        tags.append(command_register(f"{owner}BreakerRequest", 480 + number, 0, 2, 0, REQUEST_LABELS,
                                     "a change to 1 closes the feeder's breaker, a change to 2 opens it", ENGINEERS))  # fmt: skip
    return [
        *tags,
        command_register("Line.GeneratorMode", 493, 0, 2, 0, MODE_LABELS,
                         "who runs the generator; Off also acknowledges what stopped it", ENGINEERS),
        command_register("Line.FeederDelay", 494, 0, 100, 5, (), "0.1 s between two contactors that close by themselves; "
                         "with 0 all close at once", ENGINEERS, unit="s", decimals=1),
    ]  # fmt: skip


#: Names of the commands, for whoever carries them out.
POWER_COMMANDS = frozenset(tag.name for tag in power_tags() if tag.writer is Writer.MASTER)
