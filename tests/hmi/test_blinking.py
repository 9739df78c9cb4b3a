"""What blinks: the marks of unacknowledged alarms, in phase, and nothing else. The text never changes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmi.app import HmiApp
from hmi.desk import desk
from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.lamp import Lamp
from hmi.link.connect import plant_client
from hmi.link.snapshot import LinkState
from hmi.panels.alarm_view import Summary
from hmi.panels.alarms import alarm_summary
from hmi.panels.banner import banner
from hmi.panels.overview import overview
from protocols.alarms.alarm import AlarmState
from protocols.modbus.server import PlantServer
from tests.hmi.conftest import Open
from tests.hmi.frames import frame, text
from tests.hmi.test_alarm_panel import standing
from tests.hmi.toy_plant import ToyPlant

_WAITING = standing((714, AlarmState.UNACKNOWLEDGED, 0, 471), (3, AlarmState.ACKNOWLEDGED, 0, 0),
                    (506, AlarmState.RETURNED, 0, 0))  # fmt: skip


def page(shown: Frame, width: int, height: int) -> list[Line]:
    return [
        *banner(shown, "1 OVERVIEW", width), *alarm_summary(shown, width, height, Summary(number=506)),
        *overview(shown, width, height, 1),
    ]  # fmt: skip


@given(st.floats(0, 1e7))
def test_the_lamp_is_lit_for_half_of_every_second(now_s: float) -> None:
    lamp = Lamp()
    assert lamp.lit(now_s) != lamp.lit(now_s + 0.5) or (now_s * 2) % 1 > 0.999
    assert Lamp(still=True).lit(now_s)


@pytest.mark.parametrize(("width", "height"), [(140, 38), (80, 20)])
def test_only_marks_of_unacknowledged_alarms_change(width: int, height: int) -> None:
    on, off = page(frame(_WAITING), width, height), page(frame(_WAITING, lit=False), width, height)
    assert text(on) == text(off)
    changed = [
        (a, b) for lit, unlit in zip(on, off, strict=True) for a, b in zip(lit, unlit, strict=True) if a != b
    ]  # fmt: skip
    assert len(changed) >= 3, "in the banner, and for both of the summary"
    assert all(a[0] == b[0] == "*" and a[1].reverse and not b[1].reverse for a, b in changed)


@pytest.mark.parametrize("values", [{}, standing((714, AlarmState.ACKNOWLEDGED, 0, 471))], ids=["calm", "acknowledged"])
def test_nothing_is_repainted_while_nothing_waits(values: dict[str, int]) -> None:
    assert page(frame(values), 140, 38) == page(frame(values, lit=False), 140, 38)


def test_nothing_blinks_without_a_link() -> None:
    lost = [frame(_WAITING, state=LinkState.LOST, age_s=9, lit=lit) for lit in (True, False)]
    assert page(lost[0], 140, 38) == page(lost[1], 140, 38)


def test_a_terminal_that_wants_less_motion_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def still() -> bool:
        return HmiApp(desk(plant_client("127.0.0.1", 1), time.monotonic)).desk.lamp.still

    assert not still()
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    assert still()


async def test_the_mark_blinks_on_a_terminal_without_colours(
    plant: ToyPlant, server: PlantServer, open_hmi: Open
) -> None:
    plant.set(**_WAITING)
    hmi = await open_hmi(server.port, 80, 24, env={"NO_COLOR": "1"})
    await hmi.shows("LINK OK", "*▲ ST07 Cell temperature high")
    where = hmi.lines[1].index("*▲")
    for filled in (True, False, True):
        await hmi.until(lambda filled=filled: hmi.filled(where, 1) is filled, f"a mark that is lit: {filled}")  # type: ignore[misc]
        assert hmi.lines[1][where] == "*", "to be read at any instant"
    hmi.press("ctrl+p")
    await hmi.shows("type to find")
    hmi.press("marks stand", "enter")
    await hmi.shows_no_longer("type to find")
    await hmi.until(lambda: hmi.filled(where, 1), "the mark that stands still")
    for second in range(12, 24):  # a tick or more each: longer than any phase of a lamp
        plant.set(**{"Line.SimulatedTime": 51_120_000_000 + second * 1_000_000})
        await hmi.shows(f"14:12:{second}")
        assert hmi.filled(where, 1)
