"""What changed between two frames, a line for each change."""

from __future__ import annotations

from hmi.draw.texts import clock
from hmi.frame import Frame
from hmi.link.snapshot import Quality
from hmi.plain import report
from protocols.alarms.alarm import ANNUNCIATED, AlarmState, priority_of, state_of
from protocols.alarms.table import ALARMS, BY_ALARM

#: More changes of alarms than these at once are told by their number.
MOST_ALARMS = 10

#: Facts of the line that are told when they change: tag, what it says when 1, what when 0.
_FACTS = (
    ("Line.EStopOk", "Emergency stop is released", "Emergency stop is pressed"),
    ("Line.AirOk", "Air is back", "Air is below its limit"),
    ("Line.HydraulicsOk", "Hydraulics are back", "Hydraulics are below their limit"),
    ("Line.CoolingOk", "Cooling is back", "Cooling is below its limit"),
    ("Line.MainsOk", "Mains are back", "Mains are gone"),
    ("Line.AlarmFlood", "Alarm flood begins", "Alarm flood is over"),
)
#: What of a station's commissioning is told: the step that it has reached, and what goes on.
_COMMISSIONING = ("CommissionStage", "CommissionActivity")


def changes(before: Frame, now: Frame) -> list[str]:
    """A line for every change that an operator would want to hear; the plant's clock stands in front."""
    if now.quality is not Quality.GOOD or before.quality is not Quality.GOOD:
        return [] if now.snapshot.state is before.snapshot.state else [report.link(now)]
    lines = [*_line(before, now), *_stations(before, now), *_alarms(before, now)]
    stamp = clock(now.raw("Line.SimulatedTime"))
    return [f"{stamp} {line}" for line in lines]


def _line(before: Frame, now: Frame) -> list[str]:
    lines = []
    if now.raw("Line.StateCurrent") != before.raw("Line.StateCurrent"):
        lines.append(f"Line: {now.line_mark.name}, was {before.line_mark.name}")
    for tag, good, bad in _FACTS:
        if bool(now.raw(tag)) != bool(before.raw(tag)):
            lines.append(good if now.raw(tag) else bad)
    if now.raw("Line.SpeedFactor") != before.raw("Line.SpeedFactor"):
        speed = now.raw("Line.SpeedFactor")
        lines.append(f"Speed x{speed / 10:g}" if speed else "The plant is paused")
    if now.raw("Line.RobotsCompleted") != before.raw("Line.RobotsCompleted"):
        lines.append(f"{now.raw('Line.RobotsCompleted')} robots completed")
    return lines


def _stations(before: Frame, now: Frame) -> list[str]:
    lines = []
    for was, view in zip(before.stations, now.stations, strict=True):
        if view.fitted and (view.mark.name != was.mark.name or (view.troubled and view.reason != was.reason)):
            why = f" ({view.reason})" if view.reason and view.troubled else ""
            lines.append(f"{view.code} {view.io.title}: {view.mark.name}, was {was.mark.name}{why}")
        if bool(view.raw("LinkOk")) != bool(was.raw("LinkOk")):
            lines.append(f"{view.code} board {'answers' if view.raw('LinkOk') else 'does not answer'}")
        if any(view.raw(name) != was.raw(name) for name in _COMMISSIONING):
            lines.append(report.commissioning(view))
    return lines


def _alarms(before: Frame, now: Frame) -> list[str]:
    changed = [
        one.number for one in ALARMS if _told(state_of(now.raw(one.tag))) != _told(state_of(before.raw(one.tag)))
    ]
    changed.sort(key=lambda number: -_urgency(now, number))
    lines = [report.alarm(now, number) for number in changed[:MOST_ALARMS]]
    if len(changed) > MOST_ALARMS:
        lines.append(f"and {len(changed) - MOST_ALARMS} more alarms changed; alarms lists them")
    return lines


def _told(state: int) -> int:
    """States that no operator hears of count as normal."""
    return state if state in report.STATES else int(AlarmState.NORMAL)


def _urgency(frame: Frame, number: int) -> int:
    word = frame.raw(BY_ALARM[number].tag)
    return priority_of(word) if state_of(word) in ANNUNCIATED else 0
