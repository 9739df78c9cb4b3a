"""What an entry of the event log says, in words. The numbers are those of the trace (docs/modbus.md)."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from protocols.alarms.alarm import AlarmState, Priority, alarm_logged, priority_of, state_of
from protocols.alarms.table import BY_ALARM
from protocols.packml import State
from protocols.reasons import TEXTS
from protocols.records.journal_files import Event
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.plant_map import PLANT_MAP


class What(IntEnum):
    """What an event is about. The first five are the line's alone, those from OWNER on a station's."""

    E_STOP = 0
    AIR = 1
    OIL = 2
    COOLING = 3
    MAINS = 4
    STATE = 32
    REASON = 34
    MODE = 37
    OWNER = 38
    OWNER_ALIVE = 39
    FORCED_INPUTS = 48
    FORCED_OUTPUTS = 49
    STAND_IN = 52


_SUPPLIES: Final = {
    What.E_STOP: ("Emergency stop released", "EMERGENCY STOP"),
    What.AIR: ("Compressed air is back", "Compressed air is missing"),
    What.OIL: ("Hydraulic oil is back", "Hydraulic oil is missing"),
    What.COOLING: ("Cooling water is back", "Cooling water is missing"),
    What.MAINS: ("Mains is back", "Mains is missing"),
}
_KINDS: Final = {
    **dict.fromkeys(_SUPPLIES, "supply"),
    What.E_STOP: "safety",
    What.STATE: "state",
    What.REASON: "reason",
    What.MODE: "mode",
    What.OWNER: "owner",
    What.OWNER_ALIVE: "owner",
    What.FORCED_INPUTS: "force",
    What.FORCED_OUTPUTS: "force",
    What.STAND_IN: "degraded",
}
_REASONS: Final = {int(reason): text for reason, text in TEXTS.items()}
#: In a mask of forces the values stand this many bits above the terminals.
_VALUES: Final = 8


def event_kind(event: Event) -> str:
    """One word that tells events apart: alarm, state, reason, mode, owner, force, degraded, supply, safety, other."""
    if alarm_logged(event.what):
        return "alarm"
    what = _what(event)
    return _KINDS[what] if what is not None else "other"


def event_owner(event: Event) -> str:
    """The line or the code of a station."""
    return BY_NUMBER[event.station].code if event.station in BY_NUMBER else "Line"


def event_text(event: Event) -> str:
    """What happened."""
    if alarm := alarm_logged(event.what):
        known = BY_ALARM.get(alarm)
        return f"{known.title if known else f'Alarm {alarm}'}: {alarm_state(event.value)}"
    what, owner, value = _what(event), event_owner(event), event.value
    match what:
        case What.STATE:
            return _state(value)
        case What.REASON:
            return f"Stop reason: {_reason(owner, value)}" if value else "Stop reason gone"
        case What.MODE:
            return f"Mode: {PLANT_MAP[f'{owner}.UnitModeCurrent'].label(value)}"
        case What.OWNER:
            return f"Owner: {PLANT_MAP[f'{owner}.Owner'].label(value)}"
        case What.OWNER_ALIVE:
            return "The owner's heartbeat is back" if value else "The owner's heartbeat is lost"
        case What.FORCED_INPUTS | What.FORCED_OUTPUTS:
            return _forces(event, what is What.FORCED_OUTPUTS)
        case What.STAND_IN:
            mode, phase = (PLANT_MAP[f"{owner}.Degraded{name}"] for name in ("Mode", "Phase"))
            return f"In the machine's place: {mode.label(value >> 8)}, {phase.label(value >> 4 & 15)}"
        case None:
            return f"Log {event.what} = {value}"
        case _:
            return _SUPPLIES[what][0 if value else 1]


def alarm_state(word: int) -> str:
    """State and priority in a status word: "unacknowledged, high"."""
    try:
        state, priority = AlarmState(state_of(word)), Priority(priority_of(word))
    except ValueError:
        return f"status {word}"
    return f"{state.name.lower().replace('_', ' ')}, {priority.name.lower()}"


def _what(event: Event) -> What | None:
    known = What(event.what) if event.what in set(What) else None
    return None if known is not None and known >= What.OWNER and event.station not in BY_NUMBER else known


def _state(value: int) -> str:
    return State(value).name.title() if value in set(State) else f"State {value}"


def _reason(owner: str, value: int) -> str:
    return _REASONS.get(value, str(value)) if owner == "Line" else PLANT_MAP[f"{owner}.StopReason"].label(value)


def _forces(event: Event, outputs: bool) -> str:
    io = BY_NUMBER.get(event.station)
    names = () if io is None else io.outputs if outputs else io.inputs
    forced = [
        f"{name} {'on' if event.value >> _VALUES + place & 1 else 'off'}"
        for place, name in enumerate(names)
        if event.value >> place & 1
    ]
    kind = "outputs" if outputs else "inputs"
    return f"Forced {kind}: {', '.join(forced)}" if forced else f"No {kind} are forced"
