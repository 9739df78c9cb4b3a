"""A station's process values: bar with set point, limits and normal band, value, unit, quality."""

from __future__ import annotations

from hmi.draw.bars import bar
from hmi.draw.ink import CAUTION, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, clip, fit, rule
from hmi.draw.texts import long_name, unit
from hmi.frame import StationView
from hmi.link.snapshot import Quality
from hmi.panels.station_limits import Limits, limits_of
from protocols.stations.station_io import Analog

_NAME = 20
_PV = 14
_LEGEND = "◆ inside ◈ outside the ─ normal band   ◇ set point   [ ] accepted   | alarm limit, ! it stands"
_SHORT = "◆ value ─ normal ◇ set point [] accepted | alarm, ! stands"


def station_values(view: StationView, width: int) -> list[Line]:
    """A head and one row per value, the cycle time last."""
    lines = [rule("PROCESS VALUES", width, _LEGEND if width >= 110 else _SHORT)]
    lines += [_analog(view, analog, width) for analog in view.io.analogs]
    lines.append(_cycle(view, width))
    return lines


def _analog(view: StationView, analog: Analog, width: int) -> Line:
    digits = analog.decimals
    one = 10**digits
    raw = view.raw(analog.name)
    normal = (analog.normal[0] / one, analog.normal[1] / one)
    quality = _quality(view)
    name, scale = long_name(analog.name), (analog.low / one, analog.high / one)
    text = f"{raw / one:.{digits}f} {unit(analog.unit)}"
    band = f"{normal[0]:.{digits}f}..{normal[1]:.{digits}f} {unit(analog.unit)}"
    return _row(name, raw / one, text, scale, normal, limits_of(view, analog), band, quality, analog.doc, width)


def _cycle(view: StationView, width: int) -> Line:
    design, cycle = view.scaled("DesignCycleTime"), view.scaled("CycleTime")
    normal = (design * 0.8, design * 1.1)
    quality = "GOOD" if view.frame.live and cycle else view.frame.quality.value if not view.frame.live else "NONE"
    text, band = f"{cycle:.1f} s" if cycle else "— s", f"{normal[0]:.1f}..{normal[1]:.1f} s"
    scale, limits = (0.0, max(1.0, design * 1.5)), Limits(design, (), "", False)
    return _row("Cycle time", cycle, text, scale, normal, limits, band, quality, "pallet stopped to released", width)


def _quality(view: StationView) -> str:
    if not view.frame.live:
        return view.frame.quality.value
    return Quality.GOOD.value if view.board_good else "BAD"


def _row(
    name: str, value: float, text: str, scale: tuple[float, float], normal: tuple[float, float], limits: Limits,
    band: str, quality: str, doc: str, width: int,
) -> Line:  # fmt: skip
    good = quality == "GOOD"
    side = " ▲" if value > normal[1] else " ▼" if value < normal[0] else ""
    side += "!" if limits.standing else ""
    wide = width >= 110
    room = min(36, width - 72) if wide else max(10, width - 66)
    ink = CAUTION if limits.standing else STRONG
    graph = bar(value if good else None, *scale, normal, room, limits.target, ink, limits.marks)
    alarms = f" alarm {limits.text} " if limits.text else ""
    return fit(
        (
            (f" {clip(name, _NAME if wide else 15)}├", LABEL),
            *graph,
            ("┤ ", LABEL),
            (clip(f"{'' if good else '?'}{text}{side if good else ''}", _PV), ink if good else STALE),
            (f"{' normal' if wide else ''} {clip(band, 19)}", LABEL),
            (f" {quality:<7}", PLAIN if good else STALE),
            (f"{alarms} {doc}" if wide else "", LABEL),
        ),
        width,
    )
