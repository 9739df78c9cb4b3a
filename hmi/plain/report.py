"""What is asked for, in sentences: nothing depends on a place, a colour or a drawn shape."""

from __future__ import annotations

from hmi.draw.texts import clock, duration, long_name, unit
from hmi.frame import Frame, StationView
from hmi.link.snapshot import LinkState, Quality
from hmi.panels.commissioning_words import activity, check_under_way, stage_of, texts
from hmi.panels.constraint import sentence
from protocols.alarms.alarm import ANNUNCIATED, CHATTERING, FIRST_OUT, UNACKNOWLEDGED, Priority, priority_of, state_of
from protocols.alarms.table import ALARMS, BY_ALARM
from protocols.commissioning import ACTIVITY_TEXTS, FINDING_TEXTS, STAGE_TEXTS, Activity, what
from protocols.stations.io_table import STATIONS

STATES = {
    2: "not acknowledged", 3: "acknowledged", 4: "returned, not acknowledged", 5: "shelved", 7: "out of service",
    8: "latched, not acknowledged", 9: "latched, acknowledged",
}  # fmt: skip


def link(frame: Frame) -> str:
    """The link in one sentence."""
    snapshot = frame.snapshot
    if snapshot.state is LinkState.MISMATCH:
        return f"The server has another register map, commands are disabled: {snapshot.problem}"
    if snapshot.state is LinkState.CONNECTING:
        return "Connecting."
    if not frame.live:
        return f"Link lost, values are the last known, commands are disabled: {snapshot.problem or 'no answer'}"
    return f"Link good, {snapshot.latency_s * 1000:.0f} ms."


def status(frame: Frame) -> list[str]:
    """The line as a whole."""
    if frame.quality is Quality.NONE:
        return [link(frame), "Nothing was read from the plant yet."]
    speed = frame.raw("Line.SpeedFactor")
    others = [view for view in frame.stations if view.fitted and view.mark.name != "EXECUTE"]
    return [
        link(frame),
        f"Plant time {clock(frame.raw('Line.SimulatedTime'))}, {f'speed x{speed / 10:g}' if speed else 'paused'}.",
        f"Line {frame.line_mark.name}, mode {frame.text('Line.UnitModeCurrent')}.",
        f"{frame.raw('Line.StationsExecuting')} stations execute.",
        f"Constraint: {sentence(frame)}.",
        _alarm_counts(frame),
        *([] if frame.raw("Line.EStopOk") else ["Emergency stop is pressed."]),
        *(state(view) for view in others),
    ]


def figures(frame: Frame) -> list[str]:
    """The key figures, one a line."""
    names = (
        ("OEE", "Line.OEE"), ("Availability", "Line.Availability"), ("Effectiveness", "Line.Effectiveness"),
        ("Quality", "Line.QualityRatio"), ("Robots an hour", "Line.Rate"), ("In process", "Line.RobotsInProcess"),
        ("Completed", "Line.RobotsCompleted"), ("Scrapped", "Line.RobotsScrapped"), ("Order", "Line.OrderNumber"),
        ("Done of the order", "Line.OrderDone"), ("Its target", "Line.OrderTarget"), ("Air", "Line.AirPressure"),
        ("Hydraulics", "Line.HydraulicPressure"), ("Cooling", "Line.CoolingPressure"),
    )  # fmt: skip
    return [f"{label}: {_sure(frame)}{frame.text(name)}" for label, name in names]


def stations(frame: Frame) -> list[str]:
    """One line per station."""
    return [state(view) for view in frame.stations if view.fitted]


def state(view: StationView) -> str:
    """A station's state, for how long and why."""
    why = f" ({view.reason})" if view.reason and view.troubled else ""
    return f"{view.code} {view.io.title}: {_sure(view.frame)}{view.mark.name} for {duration(view.elapsed_s)}{why}"


def station(frame: Frame, number: int) -> list[str]:
    """One station: state, step, values, set points, counters, alarms."""
    view = frame.station(number)
    if not view.fitted:
        return [f"{view.code} is not fitted in this line."]
    sure = _sure(frame)
    lines = [
        state(view),
        f"Mode {view.tag('UnitModeCurrent').label(view.raw('UnitModeCurrent'))}.",
        f"Step {view.step}, for {view.raw('StepElapsed')} s.",
        f"Stop reason: {view.reason or 'none'}. Board {'answers' if view.board_good else 'does not answer'}.",
    ]
    for analog in view.io.analogs:
        low, high = (tag_value / 10**analog.decimals for tag_value in analog.normal)
        lines.append(
            f"{long_name(analog.name)}: {sure}{frame.text(f'{view.code}.{analog.name}')}, "
            f"normal {low:g} to {high:g} {unit(analog.unit)}"
        )
    lines += [
        f"Set point {point.name}: {sure}{frame.text(f'{view.code}.{point.name}_sp')}" for point in view.io.setpoints
    ]
    lines.append(
        f"Processed {view.raw('ProdProcessedCount')}, defective {view.raw('ProdDefectiveCount')}, "
        f"OEE {frame.text(f'{view.code}.OEE')}."
    )
    if view.forced:
        lines.append(f"Forced: {', '.join(sorted(view.forced))}.")
    return lines + [alarm(frame, one.number) for one in ALARMS if one.station == number and _stands(frame, one.tag)]


def ledger(frame: Frame) -> list[str]:
    """How far every station is in commissioning."""
    released = f"{frame.raw('Line.StationsReleased')} stations are released."
    return [released, *(commissioning(view) for view in frame.stations if view.fitted)]


def commissioning(view: StationView) -> str:
    """The step that a station has reached on its way from cold to released, and what goes on there."""
    stage, doing = stage_of(view), activity(view)
    said = f"{view.code} {view.io.title}: {_sure(view.frame)}commissioning, {STAGE_TEXTS[stage].lower()}"
    check = check_under_way(view)
    what_of = f" ({what(check)})" if check is not None and doing in (Activity.CHECKING, Activity.CONFIRM) else ""
    finding = view.raw("CommissionFinding")
    found = f" ({texts(FINDING_TEXTS, finding).lower()})" if finding else ""
    return f"{said}, {ACTIVITY_TEXTS[doing].lower()}{what_of or found}" if doing else said


def alarms(frame: Frame) -> list[str]:
    """What stands, the most urgent first; what is shelved or out of service after it."""
    found = [one for one in ALARMS if state_of(frame.raw(one.tag)) in STATES]
    if not found:
        return ["No alarm stands."]
    found.sort(
        key=lambda one: (not _stands(frame, one.tag), not _waits(frame, one.tag), -priority_of(frame.raw(one.tag)))
    )
    return [alarm(frame, one.number) for one in found]


def alarm(frame: Frame, number: int) -> str:
    """One alarm: number, priority, state, where and what."""
    one = BY_ALARM[number]
    word = frame.raw(one.tag)
    flags = "".join(text for bit, text in ((FIRST_OUT, ", first out"), (CHATTERING, ", chattering")) if word & bit)
    priority = Priority(priority_of(word) or one.priority).name.lower()
    sure = "" if frame.live else "perhaps still "
    return f"Alarm {number}, {priority}, {sure}{STATES.get(state_of(word), 'over')}{flags}: {one.group}, {one.title}"


def advice(frame: Frame, number: int) -> list[str]:
    """What an alarm means and what to do."""
    one = BY_ALARM[number]
    return [
        alarm(frame, number),
        f"Comes when: {one.limit_text}.",
        f"Cause: {one.cause}",
        f"Consequence: {one.consequence}",
        f"Action: {one.action}",
        f"Respond within {one.respond_min} minutes.",
    ]


def find_station(word: str) -> int:
    """The number of a station written as 5, 05 or ST05; 0 if there is no such station."""
    digits = word.upper().removeprefix("ST")
    return int(digits) if digits.isascii() and digits.isdecimal() and 1 <= int(digits) <= len(STATIONS) else 0


def _alarm_counts(frame: Frame) -> str:
    waiting, flood = frame.raw("Line.AlarmsUnacknowledged"), ", flood" if frame.raw("Line.AlarmFlood") else ""
    return f"Alarms: {frame.raw('Line.AlarmsStanding')} stand, {waiting} not acknowledged{flood}."


def _stands(frame: Frame, tag: str) -> bool:
    return state_of(frame.raw(tag)) in ANNUNCIATED


def _waits(frame: Frame, tag: str) -> bool:
    return state_of(frame.raw(tag)) in UNACKNOWLEDGED


def _sure(frame: Frame) -> str:
    return "" if frame.live else "last known "
