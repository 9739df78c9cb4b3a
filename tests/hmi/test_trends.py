"""The trend page: what a pen knows of its past, against a plain model, and how it is drawn."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hmi.dialogs.pick import matching
from hmi.draw.spans import length
from hmi.frame import Frame
from hmi.link.pens import FIRST, MOST_PENS, MOST_POINTS, TRENDABLE, Pen, Pens, level_for
from hmi.link.snapshot import LinkState, Snapshot
from hmi.panels.trend_page import GAP, MARGIN, TrendView, columns, scale_of, trend_page
from hmi.screens.trends import SPANS, TrendsScreen
from protocols.modbus.server import PlantServer
from protocols.tags.history_map import RING, WIDTHS, Bucket
from protocols.tags.plant_map import PLANT_MAP
from tests.hmi.bench import Bench
from tests.hmi.conftest import Open
from tests.hmi.frames import frame, text
from tests.hmi.test_panels import any_frames
from tests.hmi.toy_plant import ToyPlant

FORCE = PLANT_MAP["ST02.ram_force"]


def snapshot(second: int, value: int, epoch: int = 7, state: LinkState = LinkState.OK) -> Snapshot:
    line = {"Line.SimulatedTime": second * 1_000_000, "Line.RunEpoch": epoch, "Line.OEE": value}
    return Snapshot(state=state, line=line)


@given(st.lists(st.one_of(st.none(), st.integers(0, 1000)), min_size=1, max_size=60), st.integers(1, 7))
def test_own_samples_are_found_where_they_were_taken(values: list[int | None], every: int) -> None:
    pen = Pen(FORCE)
    for place, value in enumerate(values):
        pen.sample(float(place * every), value)
    end = len(values) * every
    points = pen.points(1, -0.5, end - 0.5, end)  # one point a second, samples in the middle
    for second, point in enumerate(points):
        place, between = divmod(second, every)
        known = values[place]
        if between and (place + 1 >= len(values) or values[place + 1] is None):
            known = None  # nobody knows whether it still stood
        assert (None if point is None else point.mean) == known


def test_buckets_of_the_server_count_before_own_samples_and_are_put_together() -> None:
    pen = Pen(FORCE)
    pen.sample(5.0, 999)
    pen.learn(1, 8, {5: Bucket(1, 9, 4.0, 2), 6: Bucket(3, 20, 6.0, 7), 8: Bucket(5, 5, 5.0, 5)}, [4, 5, 6, 7, 8])
    assert pen.points(1, 4.0, 10.0, 3) == [Bucket(1, 9, 4.0, 2), Bucket(3, 20, 6.0, 7), Bucket(5, 5, 5.0, 5)]
    assert pen.points(1, 5.0, 7.0, 1) == [Bucket(1, 20, 5.0, 7)]
    assert pen.asked[1] == {4, 5, 6, 7}, "the newest one is read again, empty ones are not"
    pen.learn(1, RING + 6, {}, [])
    assert set(pen.buckets[1]) == {8}, "what the ring has lost is dropped"


def test_a_plant_that_began_anew_has_no_past_and_a_lost_link_leaves_a_gap() -> None:
    pens = Pens(["Line.OEE"])
    for second in range(3):
        pens.sample(snapshot(second, 10 + second), float(second))
    pens.sample(snapshot(9, 0, state=LinkState.LOST), 9.0)
    assert [p and p.last for p in pens.chosen[0].points(1, -0.5, 9.5, 10)] == [10, 11, 12, *[None] * 7]
    pens.sample(snapshot(0, 77, epoch=8), 20.0)
    assert [p and p.last for p in pens.chosen[0].points(1, -0.5, 2.5, 3)] == [77, None, None]


def test_pens_are_picked_and_dropped_up_to_six() -> None:
    pens = Pens()
    assert list(pens.names) == list(FIRST)
    others = [name for name in TRENDABLE if name not in FIRST][:3]
    assert [pens.toggle(name) for name in others] == [True, True, False]
    assert len(pens.names) == MOST_PENS
    assert pens.toggle(FIRST[0])
    assert FIRST[0] not in pens.names
    pens.choose(TRENDABLE)
    assert list(pens.names) == list(TRENDABLE[:MOST_PENS])


def test_every_span_has_a_level_that_reaches_back_and_is_not_too_fine() -> None:
    for span in SPANS:
        width = WIDTHS[level_for(span, span)]
        assert span / width <= MOST_POINTS
        assert span / width < RING
    assert level_for(60, 60) == 1
    assert level_for(60, 24 * 3600) == 4, "a minute of yesterday: coarser, but there"


def test_names_are_found_by_parts_in_any_order() -> None:
    assert matching(TRENDABLE, "ram st02 transm") == ["ST02.ram_force"]
    assert "Line.AirPressure" in matching(TRENDABLE, "COMPRESSED air main")
    assert matching(TRENDABLE, "no such") == []


VIEW = TrendView(0.0, 600.0, live=True, cursor=None, selected=0, history=True)


def drawn(view: TrendView = VIEW, width: int = 100, height: int = 20, **changes: int) -> list[str]:
    pen = Pen(FORCE)
    count = 2 * columns(width)
    pen.learn(1, 900, {n: Bucket(1000 + n, 1000 + n, 1000.0 + n, 1000 + n) for n in range(300, 601)}, [])
    shown = frame({"Line.SimulatedTime": 600_000_000, "ST02.ram_force": 1600, **changes})
    return text(trend_page(shown, view, [(pen, pen.points(1, 0.0, 600.0, count))], width, height)).splitlines()


def test_a_strip_has_scale_band_gap_and_figures() -> None:
    page = drawn()
    assert "in view 130.0..159.9, mean 144.9  160.0 kN" in page[1]
    assert page[2].startswith("    400.0┊")
    assert page[-3].startswith("      0.0"), "the declared range is the scale"
    assert any(row.startswith(" " * (MARGIN - 1) + "┃") for row in page), "the axis is heavy in the normal band"
    assert page[-3].count(GAP) == pytest.approx(columns(100) / 2, abs=1)
    assert page[-1].split() == ["00:00:00", "00:05:00", "00:10:00"]


def test_the_cursor_tells_what_was_then() -> None:
    middle = TrendView(0.0, 600.0, live=True, cursor=columns(100) * 3 // 4, selected=0, history=True)
    page = drawn(middle)
    assert "Cursor 00:07:" in page[1]
    assert "2m31s ago" in page[1]
    assert page[2].rstrip().endswith("kN")
    value = float(page[2].split()[-2].split("..")[0])
    assert value == pytest.approx(145.0, abs=1.5)
    early = TrendView(0.0, 600.0, live=True, cursor=3, selected=0, history=True)
    assert "not recorded" in drawn(early)[2]


def test_a_scale_shows_what_there_is_with_the_normal_band() -> None:
    points = [Bucket(650, 720, 680.0, 700), None]
    low, high = scale_of(PLANT_MAP["Line.AirPressure"], points)
    assert low <= 5.5
    assert high >= 7.5
    assert scale_of(PLANT_MAP["Line.AirOk"], points) == (0.0, 1.0)
    assert scale_of(FORCE, points) == (0.0, 400.0)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_frames(), st.integers(80, 220), st.integers(20, 60), st.data())
def test_it_fits_whatever_was_recorded(shown: Frame, width: int, height: int, data: st.DataObject) -> None:
    room = columns(width)
    names = data.draw(st.lists(st.sampled_from(TRENDABLE), max_size=MOST_PENS, unique=True))
    cursor = data.draw(st.one_of(st.none(), st.integers(0, room - 1)))
    pens = []
    for name in names:
        bounds = st.integers(*PLANT_MAP[name].kind.bounds)
        point = data.draw(
            st.one_of(st.none(), st.builds(lambda a, b: Bucket(min(a, b), max(a, b), (a + b) / 2, a), bounds, bounds))
        )
        pens.append((Pen(PLANT_MAP[name]), [point] * (2 * room)))
    begin = data.draw(st.floats(-1e5, 1e6))
    view = TrendView(begin, begin + 600, live=True, cursor=cursor, selected=0, history=False)
    lines = trend_page(shown, view, pens, width, height)
    assert len(lines) <= height
    assert all(length(line) == width for line in lines)


async def test_keys_move_the_view(bench: Bench) -> None:
    await bench.press("t")
    page = bench.app.screen
    assert isinstance(page, TrendsScreen)
    await bench.until(lambda: "TRENDS" in page_text(bench))
    assert "last 10m00s, live" in page_text(bench)
    await bench.press("z")
    assert "last 30m00s, live" in page_text(bench)
    page.action_zoom(-99)
    assert "last 1m00s, live" in page_text(bench)
    await bench.press("pageup")
    assert "1m00s up to 14:11:4" in page_text(bench)
    await bench.press("shift+left", "right")
    assert "Cursor" in page_text(bench)
    await bench.press("end")
    assert "live" in page_text(bench)
    assert "Cursor" not in page_text(bench)
    await bench.press("pageup", "pagedown", "pagedown")
    assert "live" in page_text(bench), "the present is as far as it goes"
    await bench.press(*"ddddd")
    assert bench.desk.pens.names == ()
    assert "No pen is chosen" in page_text(bench)


def page_text(bench: Bench) -> str:
    page = bench.app.pages["trends"]
    assert isinstance(page, TrendsScreen)
    width, height = 120, 30
    return text(page.body(bench.desk.frame(), width, height))


async def test_pens_are_picked_on_the_terminal(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port, 80, 24)
    await hmi.shows("LINK OK")
    hmi.press("2", "t")
    await hmi.shows("T TRENDS", "▸ ST02.ram_force", "ST02.oil_pressure", "by this console only")
    hmi.press("/", "m", "a", "i", "n", "s", " ", "v", "o", "l", "t", "enter")
    await hmi.shows("/ mains volt_", "2 of", "● Line.MainsVoltage")
    hmi.press("escape")
    await hmi.shows("Line.MainsVoltage  mains, phase to phase", "400 V")
    plant.set(**{"Line.MainsVoltage": 333})
    await hmi.shows("333 V")
    hmi.press("left")
    await hmi.shows("Cursor 14:1", "ago   values below are those at the cursor")
    hmi.press("escape")
    await hmi.shows("2 STATION 02", "STATE (PackML)", "Ram force")
