"""The power network as a single-line diagram: sources, main bus, control bus, and the feeders that hang on them."""

from __future__ import annotations

from rich.style import Style

from hmi.draw.bars import gauge
from hmi.draw.ink import ALARM, CAUTION, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, rule
from hmi.draw.texts import duration
from hmi.frame import Frame
from protocols.stations.io_table import STATIONS
from protocols.tags.plant_map import PLANT_MAP

#: Values of the map that a diagram draws differently.
_MAINS, _GENERATOR = 1, 2
_RUNNING, _STALLED = 2, (3, 4)
_ON_BATTERY, _EXHAUSTED = 3, 4
_CLOSED, _TRIPPED = 1, 2

_ON, _OFF, _TRIP = "━●━", "─○─", "─×─"
#: Above columns that end at cells 37, 46, 57, 70 and 78; behind them each feeder's share of the largest load.
_HEAD = f"{'  Breaker, contactor':30}Voltage{'Current':>9}{'Power':>11}{'Energy':>13}{'Board':>8}"


def power(frame: Frame, width: int, height: int) -> list[Line]:
    """The whole page, at most `height` lines of `width` cells."""
    loads = [frame.raw(f"{owner}FeederPower") for owner, _ in _feeders()]
    most = max(1, *loads)
    lines = [
        rule("Single-line diagram", width, _energy(frame)),
        _mains(frame),
        _bus(frame),
        _generator(frame),
        _control(frame),
        ((_HEAD, LABEL),),
        *(_feeder(frame, owner, title, width, most) for owner, title in _feeders()),
    ]
    return [fit(line, width) for line in lines[:height]]


def _feeders() -> list[tuple[str, str]]:
    """Prefix of the tags and title of every feeder."""
    stations = ((f"{io.code}.", f"{io.number:>2} {io.title}") for io in STATIONS)
    return [("Line.Services", "   Air, oil, water"), *stations]


def _ink(frame: Frame, bad: Style | None = None) -> Style:
    return STALE if not frame.live else bad or STRONG


def _said(frame: Frame, name: str) -> str:
    return ("" if frame.live else "?") + frame.text(name)


def _energy(frame: Frame) -> str:
    used, generated, each = (frame.raw(f"Line.Energy{name}") / 1000 for name in ("Used", "Generated", "PerRobot"))
    return f"{used:,.1f} kWh used, {generated:,.1f} of them generated, {each:.2f} kWh per robot"


def _switch(closed: bool) -> str:
    return f"━━{_ON}━━" if closed else f"──{_OFF}──"


def _mains(frame: Frame) -> Line:
    dead = not frame.raw("Line.MainsFrequency")
    low = frame.raw("Line.MainsVoltage") < 360
    return (
        (" Mains      ", LABEL),
        (clip(f"{_said(frame, 'Line.MainsVoltage')}  {frame.text('Line.MainsFrequency')}", 26),
         _ink(frame, ALARM if dead else CAUTION if low else None)),
        (_switch(frame.raw("Line.TransferSwitch") == _MAINS) + "┓", PLAIN),
    )  # fmt: skip


def _bus(frame: Frame) -> Line:
    dead = frame.raw("Line.BusVoltage") < 360
    load = frame.raw("Line.BusPower") / 1000
    return (
        (" " * 45 + "┣━━ ", PLAIN),
        ("Main bus ", LABEL),
        (f"{_said(frame, 'Line.BusVoltage')}  {load:.1f} kW", _ink(frame, ALARM if dead else None)),
    )


def _generator(frame: Frame) -> Line:
    state = frame.raw("Line.GeneratorState")
    bad = ALARM if state in _STALLED else CAUTION if state else None
    return (
        (" Generator  ", LABEL),
        (clip(f"{_said(frame, 'Line.GeneratorState')}  {frame.text('Line.GeneratorFuel')}", 26), _ink(frame, bad)),
        (_switch(frame.raw("Line.TransferSwitch") == _GENERATOR) + "┛", PLAIN),
    )


def _control(frame: Frame) -> Line:
    state = frame.raw("Line.UpsState")
    bad = ALARM if state == _EXHAUSTED else CAUTION if state == _ON_BATTERY else None
    battery = f"{frame.text('Line.UpsCharge')}, {duration(frame.raw('Line.UpsRuntime'))} in the battery"
    return (
        (" UPS        ", LABEL),
        (f"{_said(frame, 'Line.UpsState')}  {battery}", _ink(frame, bad)),
        ("   control bus ", LABEL),
        (frame.text("Line.ControlVoltage"), _ink(frame, bad)),
    )


def _feeder(frame: Frame, owner: str, title: str, width: int, most: int) -> Line:
    name = (f" {clip(title, 22)}", PLAIN)
    services = owner == "Line.Services"
    if not services and frame.live and not frame.raw(f"{owner}Fitted"):
        return (("  ", PLAIN), name, ("not fitted", LABEL))
    state = frame.raw(f"{owner}BreakerState")
    contactor = bool(frame.raw(f"{owner}ContactorClosed"))
    breaker = _ON if state == _CLOSED else _TRIP if state == _TRIPPED else _OFF
    bad = ALARM if state == _TRIPPED else CAUTION if state != _CLOSED or not contactor else None
    watts, energy = frame.raw(f"{owner}FeederPower"), frame.raw(f"{owner}FeederEnergy") / 1000
    unsure = "" if frame.live else "?"
    row: Line = (
        (" ┣", PLAIN),
        (breaker + (_ON if contactor else _OFF), _ink(frame, bad)),
        name,
        (f"{unsure + _plain(frame, owner + 'FeederVoltage'):>6}", _ink(frame)),
        (f"{_plain(frame, owner + 'FeederCurrent'):>9}", PLAIN if frame.live else STALE),
        (f"{watts / 1000:>8.2f} kW {energy:>8.1f} kWh", PLAIN if frame.live else STALE),
    )
    if not services:
        low = frame.raw(f"{owner}RailVoltage") < 4500
        row = (*row, (f" {frame.raw(f'{owner}RailVoltage') / 1000:>5.2f} V", _ink(frame, CAUTION if low else None)))
    else:
        row = (*row, (" " * 8, PLAIN))
    room = min(30, width - 88)
    return (*row, ("  " + gauge(watts / most if frame.live else 0.0, room), LABEL)) if room >= 6 else row


def _plain(frame: Frame, name: str) -> str:
    tag = PLANT_MAP[name]
    return f"{tag.text(frame.raw(name))} {tag.unit}"
