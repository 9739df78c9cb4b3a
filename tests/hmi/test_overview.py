"""The strips of the overview: the worst alarms, stations that stopped, boards, actions; whatever the size."""

from __future__ import annotations

import pytest

from hmi.draw.spans import length
from hmi.link.snapshot import LinkState
from hmi.panels.alarm_strip import alarm_strip
from hmi.panels.board_strip import board_strip
from hmi.panels.overview import overview
from protocols.alarms.alarm import AlarmState
from protocols.alarms.table import ALARMS, BY_ALARM
from tests.hmi.frames import frame, text
from tests.hmi.test_alarm_panel import standing

_FOUR = standing(
    (714, AlarmState.ACKNOWLEDGED, 0, 471), (3, AlarmState.UNACKNOWLEDGED, 0, 0), (812, AlarmState.RETURNED, 0, -153),
    (506, AlarmState.UNACKNOWLEDGED, 0, 115),
)  # fmt: skip


def test_what_nobody_acknowledged_comes_first_with_what_to_do() -> None:
    air, drift, work, hot = text(alarm_strip(frame(_FOUR), 140, 5)).splitlines()
    assert air.startswith(" ◆ MED    *Line  Compressed air low")
    assert BY_ALARM[3].action[:40] in air
    assert "-0.153 < -0.150 mm" in drift
    assert "has gone; waits to be acknowledged" in drift
    assert "*ST05  Joint assembly: stands in its work" in work
    assert hot.startswith(" ▲ HIGH    ST07  Cell temperature high"), "seen already, though it is worse"


def test_more_alarms_than_lines_are_counted() -> None:
    many = frame(standing(*((alarm.number, AlarmState.UNACKNOWLEDGED, 0, 1) for alarm in ALARMS[:20])))
    lines = text(alarm_strip(many, 80, 5)).splitlines()
    assert len(lines) == 5
    assert "… and 16 more alarms  A opens all" in lines[-1]
    assert "more alarms" not in text(alarm_strip(many, 80, 2)), "two lines show two alarms"
    assert alarm_strip(frame(), 80, 5) == []


def test_boards_in_trouble_are_named_and_the_others_counted() -> None:
    tiers = {f"ST{n:02d}.BoardTier": 1 for n in range(1, 13)} | {"ST03.BoardTier": 3}
    assert "Boards  ● 12 ok  11 simulated, 1 serial" in text(board_strip(frame(tiers), 120, 2))
    trouble = frame({**tiers, "ST07.LinkOk": 0, "ST03.BoardLink": 2, "ST05.TwinDiffering": 1})
    for part in ("◌ SEARCHING at 3", "■ LINK LOST at 7", "● 10 ok  10 simulated", "! real sensors differ at 5"):
        assert part in text(board_strip(trouble, 120, 2))
    many = frame({**tiers, **{f"ST{n:02d}.LinkOk": 0 for n in (1, 2, 6, 7, 8, 9, 12)}})
    assert "■ LINK LOST at 1 2 6 7 8 9 12  ● 5 ok" in text(board_strip(many, 63, 2))
    assert "? not known" in text(board_strip(frame(state=LinkState.LOST, age_s=9), 120, 2))


@pytest.mark.parametrize(("width", "height"), [(140, 38), (80, 20)])
def test_every_section_of_the_drawing_is_there(width: int, height: int) -> None:
    page = overview(frame(_FOUR | {"ST07.LinkOk": 0}), width, height, 1)
    assert len(page) <= height
    assert all(length(line) in (0, width) for line in page)
    told = text(page)
    for part in (
        "OEE 71.4 %",
        "Constraint: ST05",
        "Compressed air low",
        "Limb offset drifts",
        "Boards  ■ LINK LOST at 7",
    ):
        assert part in told
    if height > 30:
        for part in ("ALARMS AND STOPS", "LAST ACTIONS", "TRENDS", "■ HELD       ST05 Joint assembly"):
            assert part in told


def test_a_line_without_alarms_shows_who_stopped() -> None:
    told = text(overview(frame(), 80, 20, 1))
    assert "■ HELD       ST05 Joint assembly  3m31s  Seat joint 1 timed out" in told
    assert "Starved ◁ ST06   Blocked ▷ ST04" in told
