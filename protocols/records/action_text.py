"""What an entry of the operator log says, in words; and which tags make entries at all.

A command is logged when its request goes from 0 to 1, with what it does as `new` and what was before as `old`; its
arguments make no entries of their own. Every other value that a person may write makes one when it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from protocols.alarms.alarm import AlarmCommand, ServiceCommand
from protocols.alarms.table import BY_ALARM
from protocols.commissioning import COMMAND_TEXTS, FINDING_TEXTS, Finding
from protocols.commissioning import Command as Commission
from protocols.faults.kinds import BY_KIND
from protocols.faults.targets import target_name
from protocols.packml import Command, Mode, State
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.fault_map import FAULT_COMMANDS, KIND_LABELS, UNIT_LABELS
from protocols.tags.journal_map import VALUE_LABELS
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.session_map import LoggedAction
from protocols.tags.tag import Table, Tag, Writer

#: Written with every poll, or argument of a command: no entries.
QUIET: Final = frozenset(
    ("Heartbeat", "ExternalState", "ExternalStep", "ExternalReason", "CntrlCmd", "UnitMode", "OrderNumberRequest",
     "OrderTargetRequest", "AlarmCommand", "AlarmNumber", "AlarmShelveReason", "AlarmShelveMinutes",
     "AlarmServiceCommand", "AlarmServiceNumber", "ForceStation", "ForceTerminal", "ForceValue", "ForceSeconds",
     "CommissionStation", "CommissionCommand", "CommissionValue", "CommissionOther",
     *(f"MapInput{n}" for n in range(6)),
     *(name.removeprefix("Line.") for name in FAULT_COMMANDS if not name.endswith("Request")))
)  # fmt: skip

_RAISED: Final = ("ChangeRequest", "ClearRequest", "ReleaseAll", "JamClear", "JamClearAll")

#: `detail` of a force: the terminal in the upper four bits, the seconds in the lower twelve.
FORCE_SHIFT: Final = 12
#: `detail` of commissioning: the value in the lower four bits, the other one above.
COMMISSION_SHIFT: Final = 4
#: `new` of an injected fault: unit of its time, station and place, a byte each from these bits on; `old` is its kind,
#: `detail` how long it lasts.
FAULT_UNIT_SHIFT, FAULT_STATION_SHIFT = 16, 8
#: `old` where what was before is not known any more.
UNKNOWN: Final = -1


def is_logged(tag: Tag) -> bool:
    """True if a write to this tag makes an entry."""
    return tag.writer is Writer.MASTER and item_of(tag.name) not in QUIET


def is_request(tag: Tag) -> bool:
    """True if only the edge from 0 to 1 counts."""
    return tag.bounds == (0, 1) and item_of(tag.name).endswith(_RAISED)


def item_of(name: str) -> str:
    """A tag's name behind its owner."""
    return name.partition(".")[2]


def action_text(action: LoggedAction) -> str:
    """One entry in words: target, old and new."""
    tag = tag_at(action.unit, action.table, action.address)
    if tag is None:
        return value_text(action)
    owner, _, item = tag.name.partition(".")
    special = _TEXTS.get(item)
    if special is not None:
        return special(owner, action)
    return f"{owner} {_words(item)}" if is_request(tag) else value_text(action)


def value_text(action: LoggedAction) -> str:
    """A written value as it is, whatever it means as a command: tag (or place, where the map has none), old and new."""
    tag = tag_at(action.unit, action.table, action.address)
    if tag is None:
        return f"{action.table} {action.address} of unit {action.unit}  {action.old} -> {action.new}"
    old = "" if action.old == UNKNOWN else f"{tag.text(action.old)} -> "
    return f"{tag.name}  {old}{tag.text(action.new)} {tag.unit}".rstrip()


def tag_at(unit: int, table: Table, address: int) -> Tag | None:
    """The tag that an entry is about."""
    return _PLACES.get((unit, table, address))


def _packml(owner: str, action: LoggedAction) -> str:
    name = _label(Command, action.new)
    stop = action.new == Command.STOP
    what = "Line stop" if stop and owner == "Line" else f"{owner} {name.lower() if stop else name}"
    return what + ("" if action.old == UNKNOWN else f"  from {_label(State, action.old)}")


def _mode(owner: str, action: LoggedAction) -> str:
    old = "" if action.old == UNKNOWN else f"{_label(Mode, action.old)} -> "
    return f"{owner} mode  {old}{_label(Mode, action.new)}"


def _owner(owner: str, action: LoggedAction) -> str:
    labels = PLANT_MAP[f"{owner}.OwnerRequest"]
    old = "" if action.old == UNKNOWN else f"{labels.label(action.old)} -> "
    return f"{owner} owner  {old}{labels.label(action.new)}"


def _board(owner: str, action: LoggedAction) -> str:
    old = "" if action.old == UNKNOWN else f"{PLANT_MAP[f'{owner}.BoardTier'].label(action.old)} -> "
    return f"{owner} board  {old}{PLANT_MAP[f'{owner}.BoardRequest'].label(action.new)}"


def _order(owner: str, action: LoggedAction) -> str:
    old = "" if action.old == UNKNOWN else f"{action.old} -> "
    target = f" for {action.detail} robots" if action.detail else " without end"
    return f"Order  {old}{action.new}{target}"


def _alarm(owner: str, action: LoggedAction) -> str:
    verb = _label(AlarmCommand, action.new)
    what = BY_ALARM[action.old].tag if action.old in BY_ALARM else "all alarms"
    minutes = f" for {action.detail} min" if action.new == AlarmCommand.SHELVE else ""
    return f"{verb if action.old else verb.split()[0]} {what}{minutes}"


def _service(owner: str, action: LoggedAction) -> str:
    what = BY_ALARM[action.old].tag if action.old in BY_ALARM else str(action.old)
    return f"{_label(ServiceCommand, action.new)} {what}"


def _force(owner: str, action: LoggedAction) -> str:
    terminal, seconds = action.detail >> FORCE_SHIFT, action.detail & (1 << FORCE_SHIFT) - 1
    io = BY_NUMBER.get(action.old)
    if io is None:
        return f"Force at station {action.old}"
    name = terminal_name(action.old, terminal)
    value = dict(VALUE_LABELS).get(action.new, str(action.new))
    return f"{io.code} force {name}  {value}" + (f" for {seconds} s" if action.new != 2 else "")


def _commission(owner: str, action: LoggedAction) -> str:
    io, value, other = BY_NUMBER.get(action.old), action.detail & 0xF, action.detail >> COMMISSION_SHIFT
    if io is None:
        return f"{owner} commissioning: {_text_of(COMMAND_TEXTS, action.new)}"
    inputs = dict(enumerate(io.inputs))
    what = ""
    if action.new == Commission.REPAIR:
        swapped = f" with {inputs.get(other, other)}" if value == Finding.SWAPPED else ""
        what = f", {_text_of(FINDING_TEXTS, value)}{swapped}"
    elif action.new == Commission.HOLD_SENSOR:
        what = f", {inputs.get(value, 'let go')}"
    return f"{io.code} commissioning: {_text_of(COMMAND_TEXTS, action.new)}{what}"


def _text_of(texts: Sequence[str], raw: int) -> str:
    return texts[raw].lower() if raw < len(texts) else str(raw)


def _inject(owner: str, action: LoggedAction) -> str:
    kind = dict(KIND_LABELS).get(action.old, "")
    if kind not in BY_KIND:
        return f"Inject fault kind {action.old}"
    station, place = action.new >> FAULT_STATION_SHIFT & 0xFF, action.new & 0xFF
    where = target_name(kind, station, place) or f"station {station} place {place}"
    unit = dict(UNIT_LABELS).get(action.new >> FAULT_UNIT_SHIFT, "")
    lasts = f"for {action.detail} {unit}" if action.detail else "until it is cleared"
    return f"Inject {kind} at {where}" + ("" if BY_KIND[kind].momentary else f"  {lasts}")


def _clear(owner: str, action: LoggedAction) -> str:
    return f"Clear fault {action.old}" if action.old else "Clear all injected faults"


def terminal_name(station: int, terminal: int) -> str:
    """The name of a digital terminal (inputs from 0, outputs from 8), or its number."""
    io = BY_NUMBER[station]
    names = io.outputs if terminal >= 8 else io.inputs
    place = terminal - 8 if terminal >= 8 else terminal
    return names[place] if place < len(names) else f"terminal {terminal}"


def _label(kind: type[Command | Mode | State | AlarmCommand | ServiceCommand], raw: int) -> str:
    try:
        return kind(raw).name.replace("_", " ").capitalize()
    except ValueError:
        return str(raw)


def _words(item: str) -> str:
    item = item.removesuffix("ChangeRequest").removesuffix("Request")
    return "".join(f" {c.lower()}" if c.isupper() else c for c in item).strip()


_TEXTS: Final[dict[str, Callable[[str, LoggedAction], str]]] = {
    "CmdChangeRequest": _packml,
    "UnitModeChangeRequest": _mode,
    "OwnerRequest": _owner,
    "BoardRequest": _board,
    "OrderChangeRequest": _order,
    "AlarmChangeRequest": _alarm,
    "AlarmServiceChangeRequest": _service,
    "ForceChangeRequest": _force,
    "CommissionChangeRequest": _commission,
    "FaultChangeRequest": _inject,
    "FaultClearRequest": _clear,
}
_PLACES: Final = {(unit.unit, tag.table, tag.address): tag for unit, tag in PLANT_MAP.rows()}
