"""The banner: the same two lines on top of every screen."""

from __future__ import annotations

from rich.style import Style

from hmi.draw.ink import BAR, BAR_ALARM, BAR_CAUTION, BAR_LABEL, BAR_STRONG
from hmi.draw.spans import Line, Span, fit, length, pack, spread
from hmi.draw.texts import clock, duration, plain
from hmi.frame import Frame
from hmi.link.snapshot import LinkState, Quality
from hmi.panels.alarm_line import alarm_counts, newest_alarm
from protocols.reasons import Reason

HEIGHT = 2

#: Bar inks by the level of a mark.
_LEVEL_INK = {2: BAR_CAUTION, 3: BAR_ALARM}


def banner(frame: Frame, title: str, width: int) -> list[Line]:
    """Screen name, state of the line, order, speed, link, plant clock; below: the alarms by priority and the newest
    worst that nobody acknowledged (without one: the newest fault), or what outranks every alarm."""
    right: Line = (*_link(frame), _clock(frame))
    parts: list[tuple[int, Line]] = [(0, ((f" {title} ", BAR_STRONG),)), *_facts(frame)]
    left = pack(parts, max(0, width - length(right) - 1), 2, BAR)
    return [spread(left, right, width, BAR), _second(frame, width)]


def _clock(frame: Frame) -> Span:
    if frame.quality is Quality.NONE:
        return ("  --:--:-- ", BAR_LABEL)
    time = clock(frame.raw("Line.SimulatedTime"))
    return (f"  {time} ", BAR_STRONG) if frame.live else (f" ?{time} ", BAR_LABEL)


def _link(frame: Frame) -> Line:
    snapshot = frame.snapshot
    if frame.live:
        numbers = f" {snapshot.rate_hz:.0f}Hz {snapshot.latency_s * 1000:.0f}ms"
        return (("LINK OK", BAR), (numbers, BAR_LABEL))
    if snapshot.state is LinkState.CONNECTING:
        return (("CONNECTING", BAR_STRONG),)
    if snapshot.state is LinkState.MISMATCH:
        return ((" OTHER MAP ", BAR_ALARM),)
    since = snapshot.since_s if snapshot.state is LinkState.LOST else snapshot.read_at_s
    return ((f" LINK LOST {duration(frame.now_s - since)} ", BAR_ALARM),)


def _facts(frame: Frame) -> list[tuple[int, Line]]:
    if frame.quality is Quality.NONE:
        return [(1, (("LINE ", BAR_LABEL), ("? NO DATA", BAR_STRONG)))]
    mark = frame.line_mark
    unsure = "" if frame.live else "?"
    ink: Style = _LEVEL_INK.get(mark.level, BAR_STRONG) if frame.live else BAR_LABEL
    done, target = frame.raw("Line.OrderDone"), frame.raw("Line.OrderTarget")
    order = (
        "none"
        if not frame.raw("Line.OrderNumber")
        else f"{frame.raw('Line.OrderNumber')} {done}{f'/{target}' if target else ''}"
    )
    speed = frame.raw("Line.SpeedFactor")
    pace = ("PAUSED", BAR_CAUTION) if speed == 0 else (f"x{speed / 10:g}", BAR)
    return [
        (1, (("LINE ", BAR_LABEL), (f"{unsure}{mark.text}", ink))),
        *_on_purpose(frame),
        (4, ((frame.text("Line.UnitModeCurrent").upper(), BAR),)),
        (3, (("Order ", BAR_LABEL), (order, BAR))),
        (5, (("OEE ", BAR_LABEL), (frame.text("Line.OEE"), BAR))),
        (2, (pace,)),
        (2, ((frame.role_text, BAR_LABEL),)),
    ]


def _on_purpose(frame: Frame) -> list[tuple[int, Line]]:
    """What is not as the plant would have it: injected faults and forced terminals; nothing while there are none."""
    ink = BAR_CAUTION if frame.live else BAR_LABEL
    marks = (("Line.InjectionsActive", "INJ"), ("Line.ForcesActive", "FORCED"))
    texts = [f"{frame.raw(name)} {text}" for name, text in marks if frame.raw(name)]
    return [(1, ((f"! {' '.join(texts)}", ink),))] if texts else []


def _second(frame: Frame, width: int) -> Line:
    snapshot = frame.snapshot
    if snapshot.state is LinkState.MISMATCH:
        text = f" REGISTER MAP DIFFERS  commands disabled; values hidden or stale.  {plain(snapshot.problem)}"
        return fit(((text, BAR_ALARM),), width, BAR_ALARM)
    if frame.quality is Quality.NONE and snapshot.state is LinkState.CONNECTING:
        return fit(((" connecting to the plant server", BAR_LABEL),), width, BAR)
    if not frame.live:
        text = f" LINK LOST  values are the last known (?), commands disabled, reconnecting.  {plain(snapshot.problem)}"
        return fit(((text, BAR_ALARM),), width, BAR_ALARM)
    if not frame.raw("Line.EStopOk"):
        text = " EMERGENCY STOP is pressed. It is hardwired: release it at the machine, then Clear, Reset and Start."
        return fit(((text, BAR_ALARM),), width, BAR_ALARM)
    counts = alarm_counts(frame)
    room = width - length(counts)
    return (*counts, *(newest_alarm(frame, room) or _newest_fault(frame, room)))


def _newest_fault(frame: Frame, width: int) -> Line:
    number, reason = frame.raw("Line.NewestFaultStation"), frame.raw("Line.NewestFaultReason")
    active = frame.raw("Line.FaultsActive")
    if not 1 <= number <= 12 or reason == Reason.NONE or not active:
        return fit(((" No station is stopped by a fault", BAR_LABEL),), width, BAR)
    if reason == Reason.LINE:
        text = f" {active} station{'s' if active > 1 else ''} stopped by a command to the line"
        return fit(((text, BAR_STRONG),), width, BAR)
    view = frame.station(number)
    mark = view.mark
    parts: list[tuple[int, Line]] = [
        (3, ((f" {active} stopped", BAR_STRONG), ("   newest:", BAR_LABEL))),
        (0, ((f" {view.code} {view.io.title}" if width >= 60 else f" {view.code}", BAR_STRONG),)),
        (1, ((f"{mark.text} {duration(view.elapsed_s)}", _LEVEL_INK.get(mark.level, BAR)),)),
        (2, ((view.tag("StopReason").label(reason), BAR_STRONG),)),
    ]
    return pack(parts, width, 2, BAR)
