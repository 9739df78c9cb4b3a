"""What the commissioning registers of a station say, whatever stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from hmi.frame import StationView
from protocols.commissioning import Activity, Entry, Stage
from protocols.commissioning_checks import planned, required


def stage_of(view: StationView) -> Stage:
    """The step that the station has reached."""
    return Stage(min(view.raw("CommissionStage"), Stage.RELEASED))


def activity(view: StationView) -> Activity:
    """What goes on there."""
    raw = view.raw("CommissionActivity")
    return Activity(raw) if raw < len(Activity) else Activity.NONE


def check_under_way(view: StationView) -> Entry | None:
    """The check of the next step that the station is at, with what it expects; None if there is no such check."""
    stage = stage_of(view)
    item = view.raw("CommissionItem")
    if stage is Stage.RELEASED or item not in required(view.io)[Stage(stage + 1)]:
        return None
    return planned(view.io, Stage(stage + 1), item)


def reading(view: StationView, check: Entry) -> int:
    """What the transmitter reads that is checked, raw."""
    return view.raw(view.io.analogs[check.item % 4].name)


def texts(known: Sequence[str], raw: int) -> str:
    """The text of a number, or the number where there is none."""
    return known[raw] if raw < len(known) else str(raw)
