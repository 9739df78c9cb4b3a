"""Words that change something: what they would do, why they cannot be done, and how they are carried out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from hmi.frame import Frame
from hmi.link.actions import Result
from hmi.link.commander import Commander
from hmi.link.operation import Operation
from hmi.link.typed import parse
from hmi.operations.alarms import AlarmOrder
from hmi.operations.jam import JamClear
from hmi.operations.packml import LINE, PackmlOrder
from hmi.operations.setpoint import SetPoint
from hmi.plain import commissioning
from hmi.plain.report import alarm, find_station
from hmi.plain.unclear import Unclear
from protocols.alarms.alarm import SHELVE_LIMIT_MIN, SHELVE_REASONS, AlarmCommand, Priority, priority_of
from protocols.alarms.table import BY_ALARM
from protocols.packml import Command, accepts
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.plant_map import PLANT_MAP

#: PackML commands that an operator may give by word.
PACKML = ("start", "hold", "unhold", "stop", "reset", "clear")


@dataclass(frozen=True)
class Proposal:
    """An order that waits for a yes: what it would do, why it cannot be given (empty: it can), how to give it."""

    text: str
    refusal: Callable[[], str]
    give: Callable[[], Awaitable[Result]]


def propose(verb: str, rest: Sequence[str], commander: Commander, frame: Frame) -> Proposal:
    """The order that `verb` and its words ask for. Raises Unclear."""
    if verb in PACKML:
        return _packml(Command[verb.upper()], rest, commander, frame)
    match verb:
        case "jam":
            target = _target(rest)
            where = "every station" if target == LINE else target
            return _proposal(f"Call the attendant to {where}.", JamClear(target), commander)
        case "set":
            return _set(rest, commander, frame)
        case "ack" if list(rest) == ["all"]:
            waiting = frame.raw("Line.AlarmsUnacknowledged")
            return _proposal(f"Acknowledge all {waiting} alarms.", AlarmOrder(AlarmCommand.ACKNOWLEDGE_ALL), commander)
        case "ack":
            return _alarm(AlarmCommand.ACKNOWLEDGE, "Acknowledge", rest, commander, frame)
        case "unshelve":
            return _alarm(AlarmCommand.UNSHELVE, "Unshelve", rest, commander, frame)
        case "shelve":
            return _shelve(rest, commander, frame)
    if verb in commissioning.WORDS:
        operation = commissioning.operation(verb, rest, frame)
        return _proposal(commissioning.question(operation, frame), operation, commander)
    raise Unclear(f"{verb} is no command; help lists them")


def _proposal(text: str, operation: Operation, commander: Commander) -> Proposal:
    return Proposal(text, lambda: commander.refusal(operation), lambda: commander.give(operation))


def _packml(command: Command, rest: Sequence[str], commander: Commander, frame: Frame) -> Proposal:
    target = _target(rest)
    order = PackmlOrder(target, command)
    before = order.state(frame.raw)
    after = accepts(before, command)
    goes = after.name if after is not None else "refused"
    where = "the whole line" if target == LINE else f"{BY_NUMBER[find_station(target)].title} only"
    text = f"{order.title}, {where}: {before.name} to {goes}."
    if command is Command.STOP:
        text += " This is a software stop, not an emergency stop."
    return _proposal(text, order, commander)


def _set(rest: Sequence[str], commander: Commander, frame: Frame) -> Proposal:
    if len(rest) != 2:
        raise Unclear("set wants a set point and a value, such as: set ST05.torque_low 5.5")
    name = rest[0].removesuffix("_sp") + "_sp"
    found = {point.lower(): point for point in PLANT_MAP.by_name if point.endswith("_sp")}.get(name.lower())
    if found is None:
        raise Unclear(f"{rest[0]} is no set point; station N lists those of a station")
    tag = PLANT_MAP[found]
    raw, wrong = parse(rest[1], tag)
    if raw is None:
        raise Unclear(f"{rest[1]}: {wrong}")
    text = f"{found.removesuffix('_sp')}: {tag.text(frame.raw(found))} to {tag.text(raw)} {tag.unit}.".replace(
        " .", "."
    )
    return _proposal(text, SetPoint(found, raw), commander)


def _alarm(command: AlarmCommand, verb: str, rest: Sequence[str], commander: Commander, frame: Frame) -> Proposal:
    number = alarm_number(rest)
    return _proposal(f"{verb}: {alarm(frame, number)}.", AlarmOrder(command, number), commander)


def _shelve(rest: Sequence[str], commander: Commander, frame: Frame) -> Proposal:
    reasons = "; ".join(f"{key} {text.lower()}" for key, text in SHELVE_REASONS if key)
    if len(rest) != 3 or not (rest[1].isdecimal() and rest[2].isdecimal()):
        raise Unclear(f"shelve wants an alarm, a reason and minutes, such as: shelve 503 2 30. Reasons: {reasons}")
    number, reason, minutes = alarm_number(rest[:1]), int(rest[1]), int(rest[2])
    if not any(reason == key for key, _ in SHELVE_REASONS if key):
        raise Unclear(f"{reason} is no reason; reasons: {reasons}")
    limit = SHELVE_LIMIT_MIN[Priority(priority_of(frame.raw(BY_ALARM[number].tag)) or BY_ALARM[number].priority)]
    if not 1 <= minutes <= limit:
        raise Unclear(f"{minutes} minutes: this alarm may be shelved for 1 to {limit}")
    why = dict(SHELVE_REASONS)[reason].lower()
    return _proposal(
        f"Shelve for {minutes} minutes ({why}): {alarm(frame, number)}.",
        AlarmOrder(AlarmCommand.SHELVE, number, reason, minutes),
        commander,
    )


def _target(rest: Sequence[str]) -> str:
    if not rest or [word.lower() for word in rest] == ["line"]:
        return LINE
    number = find_station(rest[-1]) if len(rest) == 1 or rest[0].lower() == "station" else 0
    if not number:
        raise Unclear(f"{' '.join(rest)} is neither a station 1 to {len(BY_NUMBER)} nor the line")
    return BY_NUMBER[number].code


def alarm_number(rest: Sequence[str]) -> int:
    """The alarm that the words name. Raises Unclear."""
    if len(rest) != 1 or not rest[0].isdecimal() or int(rest[0]) not in BY_ALARM:
        raise Unclear(f"{' '.join(rest) or 'nothing'} is no alarm; alarms lists those that stand, with their numbers")
    return int(rest[0])
