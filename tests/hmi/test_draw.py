"""Numbers, bars, marks and lines."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hmi.draw.bars import (
    ABNORMAL_MARK,
    LIMIT_MARK,
    LOWEST_MARK,
    NORMAL_MARK,
    STANDING_MARK,
    bar,
    gauge,
    place,
    slots,
)
from hmi.draw.braille import buckets, trend
from hmi.draw.ink import LABEL, PLAIN
from hmi.draw.marks import mark
from hmi.draw.spans import CUT, clip, fit, flowed, length, pack, shorten, spread
from hmi.draw.texts import clock, duration, long_name, plain, short_name
from protocols.packml import State

finite = st.floats(-1e6, 1e6)
widths = st.integers(1, 60)
texts = st.text("abc ", max_size=30)
lines = st.lists(st.tuples(texts, st.sampled_from([PLAIN, LABEL])), max_size=5).map(tuple)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(-1, "0s"), (5.9, "5s"), (59, "59s"), (60, "1m00s"), (211, "3m31s"), (7500, "2h05m"), (273600, "3d04h")],
)
def test_durations(seconds: float, shown: str) -> None:
    assert duration(seconds) == shown


@given(st.integers(0, 65535))
def test_durations_of_a_state_are_short(seconds: int) -> None:
    assert len(duration(seconds)) <= 6


def test_clock_and_names() -> None:
    assert clock(51_132_000_000) == "14:12:12"
    assert clock(2 * 86_400_000_000 + 1_999_999) == "2d 00:00:01"
    assert short_name("ram_force") == "Frc"
    assert short_name("tray_mass") == "Mass"
    assert long_name("pallet_present") == "Pallet present"
    assert plain("a\nb\x1b[0m") == "a b [0m"


@given(texts, widths)
def test_cut_text_says_so(text: str, width: int) -> None:
    assert len(clip(text, width)) == width
    assert len(shorten(text, width)) <= width
    assert (CUT in shorten(text, width)) == (len(text) > width)


@given(lines, lines, widths)
def test_lines_fit(left: tuple[tuple[str, object], ...], right: tuple[tuple[str, object], ...], width: int) -> None:
    assert length(fit(left, width)) == width  # type: ignore[arg-type]
    assert length(spread(left, right, width)) == width  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.integers(0, 9), lines), min_size=1, max_size=6), widths)
def test_packing_keeps_the_width_and_the_most_important(parts: list[tuple[int, object]], width: int) -> None:
    packed = pack(parts, width)  # type: ignore[arg-type]
    assert length(packed) == width


def test_packing_drops_the_least_important_and_says_so() -> None:
    parts = [(0, (("first", PLAIN),)), (2, (("second", PLAIN),)), (1, (("third", PLAIN),))]
    assert "".join(t for t, _ in pack(parts, 20)) == "first  second  third"
    assert "".join(t for t, _ in pack(parts, 15)).rstrip() == "first  third …"


@given(st.lists(lines, min_size=1, max_size=8), st.integers(40, 200))
def test_flowing_loses_nothing(parts: list[tuple[tuple[str, object], ...]], width: int) -> None:
    flow = flowed(parts, width)  # type: ignore[arg-type]
    assert all(length(line) == width for line in flow)


@given(finite, finite, finite, widths)
@example(value=1e6, low=0.0, high=5e-324, width=10)
@example(value=-1e6, low=0.0, high=5e-324, width=10)
def test_a_place_lies_on_the_bar(value: float, low: float, high: float, width: int) -> None:
    assert 0 <= place(value, low, high, width) < width


@given(finite, st.integers(1, 40))
def test_bars_keep_their_width_and_mark_by_shape(value: float, width: int) -> None:
    drawn = bar(value, 0.0, 100.0, (20.0, 80.0), width, 50.0)
    shown = "".join(part for part, _ in drawn)
    assert len(shown) == width
    assert (NORMAL_MARK in shown) == (20.0 <= value <= 80.0)
    assert (ABNORMAL_MARK in shown) != (NORMAL_MARK in shown)


def test_limits_stand_on_the_bar_beneath_set_point_and_value() -> None:
    def shown(value: float, setpoint: float | None) -> str:
        limits = ((2.0, LOWEST_MARK), (2.0, LIMIT_MARK), (8.0, STANDING_MARK), (99.0, LIMIT_MARK))
        return "".join(part for part, _ in bar(value, 0, 10, (2, 7), 10, setpoint, limits=limits))

    assert shown(4, 6) == "··|─◆─◇─!|", "of two at one place the later is seen, and what lies outside is at the end"
    assert shown(2, 8) == "··◆─────◇|"


def test_a_bar_without_a_value_shows_its_scale() -> None:
    assert bar(None, 0, 10, (2, 8), 10)[0][0] == "··───────·"


@given(st.floats(0, 1), st.integers(0, 30))
def test_gauges_keep_their_width(share: float, width: int) -> None:
    assert len(gauge(share, width)) == width


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 9))
def test_buffers_fit(count: int, capacity: int, width: int) -> None:
    assert len(slots(count, capacity, width)) == min(capacity, width)


def test_buffers_show_places() -> None:
    assert slots(2, 4, 4) == "▪▪▫▫"
    assert slots(1, 40, 4) == "▪▫▫▫", "one of many still shows"


def test_every_state_has_its_own_words_and_shape() -> None:
    marks = {state: mark(state) for state in State}
    assert len({m.name for m in marks.values()}) == len(State)
    assert marks[State.EXECUTE].level == 0
    assert marks[State.HELD].level == 2
    assert marks[State.ABORTED].level == 3
    assert mark(State.SUSPENDED, starved=True).text == "◁ STARVED"
    assert mark(State.SUSPENDED, blocked=True).text == "▷ BLOCKED"
    assert mark(99).name == "STATE 99"


def test_trends() -> None:
    assert buckets([1.0, 3.0, None, 5.0], 4, 8) == [None, None, 2.0, 5.0]
    drawn = trend([0.0, 10.0, None, None], 0.0, 10.0, 2)
    assert [len(row) for row in drawn] == [2, 2]
    assert drawn[0][0] == chr(0x2800 + 0x08 + 0x10 + 0x20 + 0x80), "steps are joined"
    assert drawn[0][1] == " "
