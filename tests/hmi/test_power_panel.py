"""The single-line diagram: what it says of every state, that it fits, and that it is painted from a live plant."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hmi.draw.ink import ALARM, CAUTION
from hmi.draw.spans import Line, length
from hmi.frame import Frame
from hmi.link.snapshot import LinkState
from hmi.panels.power import power
from protocols.modbus.server import PlantServer
from tests.hmi.conftest import Open
from tests.hmi.frames import frame, text
from tests.hmi.test_panels import any_frames
from tests.hmi.toy_plant import ToyPlant

POWERED = {
    "Line.MainsFrequency": 5000, "Line.BusVoltage": 400, "Line.BusPower": 58_200, "Line.GeneratorFuel": 1199,
    "Line.UpsCharge": 1000, "Line.UpsRuntime": 1800, "Line.EnergyUsed": 65_100, "Line.EnergyPerRobot": 1230,
    **{f"ST{n:02d}.{name}": raw for n in range(1, 13) for name, raw in (
        ("FeederVoltage", 400), ("FeederCurrent", 10 * n), ("FeederPower", 624 * n), ("BreakerState", 1),
        ("FeederEnergy", 1000 * n), ("ContactorClosed", 1), ("RailVoltage", 5000))},
    "Line.ServicesFeederVoltage": 400, "Line.ServicesBreakerState": 1, "Line.ServicesContactorClosed": 1,
    "Line.ServicesFeederPower": 29_300,
}  # fmt: skip


def row(shown: Frame, part: str) -> Line:
    return next(line for line in power(shown, 120, 30) if part in text([line]))


def inks(line: Line) -> set[object]:
    return {ink for said, ink in line if said.strip()}


def test_a_healthy_network_has_no_colour() -> None:
    shown = power(frame(POWERED), 120, 30)
    assert not {ALARM, CAUTION} & {ink for line in shown for ink in inks(line)}
    page = text(shown)
    for part in ("400 V  50.00 Hz", "━━━●━━━┓", "───○───┛", "58.2 kW", "Stopped  119.9 l", "On line  100.0 %, 30m00s",
                 "1.23 kWh per robot"):  # fmt: skip
        assert part in page
    assert text([row(frame(POWERED), "Machining")]).startswith(
        " ┣━●━━●━  4 Machining           400 V    4.0 A    2.50 kW      4.0 kWh  5.00 V"
    )
    assert "━" * 15 in text([row(frame(POWERED), "Air, oil, water")])


@pytest.mark.parametrize(
    ("changes", "part", "said", "ink"),
    [
        ({"ST04.BreakerState": 2, "ST04.ContactorClosed": 0}, "Machining", "─×──○─", ALARM),
        ({"ST04.BreakerState": 0, "ST04.ContactorClosed": 0}, "Machining", "─○──○─", CAUTION),
        ({"ST04.ContactorClosed": 0}, "Machining", "━●━─○─", CAUTION),
        ({"ST04.RailVoltage": 0}, "Machining", "0.00 V", CAUTION),
        ({"Line.MainsFrequency": 0, "Line.MainsVoltage": 0}, "Mains  ", "0 V", ALARM),
        ({"Line.MainsVoltage": 300}, "Mains  ", "300 V", CAUTION),
        ({"Line.BusVoltage": 0}, "Main bus", "0 V", ALARM),
        ({"Line.GeneratorState": 2, "Line.TransferSwitch": 2}, "Generator", "━━━●━━━┛", CAUTION),
        ({"Line.GeneratorState": 4}, "Generator", "Out of fuel", ALARM),
        ({"Line.UpsState": 3}, "UPS", "On battery", CAUTION),
        ({"Line.UpsState": 4, "Line.ControlVoltage": 0}, "UPS", "Exhausted", ALARM),
    ],
)
def test_what_is_abnormal_stands_out(changes: dict[str, int], part: str, said: str, ink: object) -> None:
    line = row(frame({**POWERED, **changes}), part)
    assert said in text([line])
    assert ink in inks(line)


def test_a_lost_link_and_a_station_that_is_not_there_are_told() -> None:
    lost = frame(POWERED, state=LinkState.LOST, age_s=60.0)
    assert "?400 V" in text([row(lost, "Machining")])
    assert "not fitted" in text([row(frame({**POWERED, "ST04.Fitted": 0}), "Machining")])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_frames(), st.integers(80, 220), st.integers(5, 40))
def test_it_fits_whatever_the_plant_says(shown: Frame, width: int, height: int) -> None:
    lines = power(shown, width, height)
    assert len(lines) == min(height, 19)
    assert all(length(line) == width for line in lines)


async def test_it_is_painted_and_follows_the_plant(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    plant.set(**POWERED)
    hmi = await open_hmi(server.port, 80, 24)
    await hmi.shows("LINK OK")
    hmi.press("w")
    await hmi.shows("W POWER", "━━━●━━━┓", "12 Pack-out", "Esc Back")
    plant.set(**{"Line.TransferSwitch": 2, "Line.GeneratorState": 2, "ST12.BreakerState": 2})
    await hmi.shows("━━━●━━━┛", "Running", "─×─")
    hmi.press("3")
    await hmi.shows("2 STATION 03")
    hmi.press("w")
    await hmi.shows("W POWER")
    hmi.press("w")
    await hmi.shows("2 STATION 03")
