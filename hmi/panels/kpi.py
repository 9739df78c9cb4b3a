"""The line's figures: OEE and its factors, rate against takt, work in process, utilities."""

from __future__ import annotations

from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.panels.meters import Meter, meters
from protocols.tags.plant_map import PLANT_MAP

#: Scales and normal bands of the utilities for drawing; whether one is bad is the PLC's word (its Ok bit).
UTILITIES = (
    ("AirPressure", "Air", "Air", (0.0, 10.0), (5.5, 7.5), "AirOk"),
    ("HydraulicPressure", "Hydraulics", "Hyd", (0.0, 250.0), (140.0, 190.0), "HydraulicsOk"),
    ("CoolingPressure", "Cooling", "Cool", (0.0, 6.0), (2.0, 4.5), "CoolingOk"),
    ("MainsVoltage", "Mains", "Mains", (0.0, 500.0), (360.0, 440.0), "MainsOk"),
    ("ControlVoltage", "24 V bus", "24V", (0.0, 32.0), (21.6, 27.6), ""),
)


def effectiveness(frame: Frame, width: int) -> Line:
    """OEE = availability x effectiveness x quality ratio (ISO 22400)."""
    row = [
        Meter(label, short, frame.text(f"Line.{name}"), share=frame.scaled(f"Line.{name}") / 100)
        for name, label, short in (
            ("OEE", "OEE", "OEE"),
            ("Availability", "Availability", "A"),
            ("Effectiveness", "Effectiveness", "E"),
            ("QualityRatio", "Quality", "Q"),
        )
    ]
    return meters(row, width, frame.live)


def flow(frame: Frame, width: int) -> Line:
    """Rate against the takt, work in process, stations at work, robots done and scrapped."""
    takt = frame.scaled("Line.TaktTarget")
    target = 3600 / takt if takt else 0.0
    rate = frame.scaled("Line.Rate")
    pallets, in_process = frame.raw("Line.Pallets"), frame.raw("Line.RobotsInProcess")
    fitted = sum(1 for s in frame.stations if s.fitted)
    row = [
        Meter(
            "Rate",
            "Rate",
            f"{rate:.1f}/h",
            rate,
            (0.0, max(1.0, target * 1.2)),
            (target * 0.7, target * 1.1) if target else None,
            target or None,
            note=f"of {target:.0f}/h at takt {takt:.0f} s" if target else "",
        ),
        Meter("Work in process", "WIP", f"{in_process}/{pallets}", share=in_process / pallets if pallets else 0.0),
        Meter("Executing", "Exec", f"{frame.raw('Line.StationsExecuting')}/{fitted}"),
        Meter("Done", "Done", str(frame.raw("Line.RobotsCompleted"))),
        Meter("Scrap", "Scrap", str(frame.raw("Line.RobotsScrapped"))),
    ]
    return meters(row, width, frame.live)


def utilities(frame: Frame, width: int) -> Line:
    """Air, hydraulics, cooling water, mains and control voltage with their normal bands."""
    row = []
    for name, label, short, scale, band, ok in UTILITIES:
        tag = PLANT_MAP[f"Line.{name}"]
        normal = (tag.normal[0] / 10**tag.decimals, tag.normal[1] / 10**tag.decimals) if tag.normal else band
        value = frame.scaled(tag.name)
        bad = not frame.raw(f"Line.{ok}") if ok else not normal[0] <= value <= normal[1]
        row.append(Meter(label, short, frame.text(tag.name), value, scale, normal, bad=bad))
    return meters(row, width, frame.live)
