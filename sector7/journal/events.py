"""What of the trace people want to read about: changes of state, mode, owner, supplies, alarms, reasons, forces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from firmware_sim.plc.forces import LOG_FORCED_INPUTS, LOG_FORCED_OUTPUTS
from firmware_sim.plc.unit import LOG_MODE, LOG_REASON, LOG_STATE
from plant.stand_in import LOG_STAND_IN
from protocols.alarms.alarm import alarm_logged
from protocols.stations.io_table import BY_NUMBER
from sector7.journal.rows import Robot
from sector7.rig.cabinet import LOG_ALIVE, LOG_OWNER
from sector7.rig.rig import Rig
from sector7.rig.trace import STRIDE, Entry, name

#: Log offsets of the line (number 0) and of a station that make an event.
LINE: Final = frozenset((0, 1, 2, 3, 4, LOG_STATE, LOG_REASON, LOG_MODE))
STATION: Final = frozenset(
    (LOG_STATE, LOG_REASON, LOG_MODE, LOG_OWNER, LOG_ALIVE, LOG_FORCED_INPUTS, LOG_FORCED_OUTPUTS, LOG_STAND_IN)
)


def is_event(number: int) -> bool:
    """True if a log number is that of an event: every transition of an alarm is one."""
    if alarm_logged(number):
        return True
    station, offset = divmod(number, STRIDE)
    return offset in (STATION if station in BY_NUMBER else LINE if station == 0 else ())


def events(entries: Sequence[Entry], first: int) -> list[tuple[int, Entry]]:
    """The events among trace entries that begin with number `first`: each with its number in the trace."""
    return [(first + i, entry) for i, entry in enumerate(entries) if is_event(entry[1])]


def tag_of(number: int) -> str:
    """A readable name of a log number: as the register map has it where it has one."""
    io = BY_NUMBER.get(number // STRIDE)
    if io is None:
        return name(number)
    return name(number, io.inputs, io.outputs, tuple(f"{s.name}_active" for s in io.setpoints))


def finished(rig: Rig, after: int) -> list[Robot]:
    """The robots that have left the line behind number `after`, as far as the plant still knows them."""
    ledger = rig.plant.ledger
    done = ledger.completed + ledger.scrapped
    if done <= after:
        return []
    first = done - len(ledger.finished) + 1
    return [
        Robot(number, robot.serial, robot.started_us, tuple(robot.results))
        for number, robot in enumerate(ledger.finished, first)
        if number > after
    ]
