"""Panels: what they say, and that they fit whatever the plant says."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hmi.draw.ink import PLAIN
from hmi.draw.spans import Line, length
from hmi.draw.window import window
from hmi.frame import Frame
from hmi.link.actions import Action, Result
from hmi.link.history import SPAN_S, TRENDED, History
from hmi.link.snapshot import LinkState, Snapshot
from hmi.panels.actions import action_line
from hmi.panels.arrangement import STATIONS, arrange
from hmi.panels.attention import attention
from hmi.panels.banner import banner
from hmi.panels.board_detail import board_detail
from hmi.panels.boards import boards
from hmi.panels.constraint import sentence
from hmi.panels.no_data import no_data
from hmi.panels.overview import layout, overview
from hmi.panels.station import station
from hmi.panels.station_io import station_io
from hmi.panels.station_state import interlocks, path_of
from hmi.panels.tile import tile
from hmi.widgets.key_bar import Key, key_bar
from protocols.packml import State
from protocols.reasons import START_INTERLOCKS, Reason
from protocols.records.board_rows import BoardRow
from protocols.stations.io_table import BY_NUMBER
from protocols.tags.plant_map import PLANT_MAP
from tests.hmi.frames import frame, text

_NAMES = [tag.name for tag in PLANT_MAP.units[1].tags]


@st.composite
def any_frames(draw: st.DrawFn) -> Frame:
    """Frames of any plant, even one that talks nonsense, at any quality."""
    line = dict(frame().snapshot.line)
    for name in draw(st.lists(st.sampled_from(_NAMES), max_size=40)):
        line[name] = draw(st.integers(*PLANT_MAP[name].kind.bounds))
    state = draw(st.sampled_from(LinkState))
    snapshot = Snapshot(state=state, line=line, read_at_s=10.0, problem="no\nanswer" if state is LinkState.LOST else "")
    return Frame(snapshot, 10.0 + draw(st.sampled_from([0.0, 5.0, 1e6])), History())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_frames(), st.integers(80, 220), st.integers(20, 70))
def test_every_line_fits_whatever_the_plant_says(shown: Frame, width: int, height: int) -> None:
    def check(lines: list[Line], most: int) -> None:
        assert len(lines) <= most
        assert all(length(line) <= width for line in lines)

    check(banner(shown, "2 STATION 09 FLASH AND CALIBRATE", width), 2)
    check(overview(shown, width, height, 5), height)
    check(boards(shown, width, height, 5), 14)
    for row in (None, BoardRow(5, 0xFFFF, (1, 2, 3), "p" * 48, "i" * 48, "?" * 116)):
        check(board_detail(shown.station(5), row, width), 200)
    for number in (2, 5, 11):
        page = station(shown.station(number), width, height, 0)
        check(page, 200)
        check(window(page, 3, width, height), height)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_frames(), st.integers(21, 36), st.integers(5, 9), st.integers(1, 12))
def test_tiles_keep_their_shape(shown: Frame, width: int, height: int, number: int) -> None:
    lines = tile(shown.station(number), width, height, cursor=False)
    assert [length(line) for line in lines] == [width] * height


@given(st.integers(80, 300), st.integers(20, 100))
def test_stations_are_arranged_within_the_screen(width: int, height: int) -> None:
    where = layout(width, height)
    shape = where.arrangement
    assert where.top + shape.height <= max(height, 17)
    if shape.columns:
        assert shape.columns * (shape.tile_width + 1) <= width


def test_arrangements() -> None:
    assert (arrange(140, 32).columns, arrange(140, 32).rows) == (6, 2)
    assert (arrange(100, 20).columns, arrange(100, 20).rows) == (4, 3)
    assert arrange(80, 18).columns == 0
    assert arrange(140, 9).columns == 0


@given(st.integers(80, 200), st.integers(13, 60), st.integers(1, 12))
def test_a_click_finds_the_station(width: int, height: int, number: int) -> None:
    shape = arrange(width, height)
    if shape.columns:
        row, column = divmod(number - 1, shape.columns)
        at = (1 + column * (shape.tile_width + 1), row * shape.tile_height)
    else:
        at = (3, number)
    assert shape.station_at(*at) == number
    assert shape.station_at(-1, 0) == 0
    assert shape.station_at(3, shape.height) == 0


def test_the_cursor_stays_on_the_line() -> None:
    shape = arrange(140, 32)
    assert shape.moved(1, 1, 0) == 2
    assert shape.moved(1, 0, 1) == 7
    assert shape.moved(12, 1, 0) == 12
    assert shape.moved(3, 0, -1) == 3
    assert arrange(80, 18).moved(3, 0, 1) == 4
    assert STATIONS == 12


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "ST05 Joint assembly HELD 3m31s (Seat joint 1 timed out) -> starving ST06, blocking ST04"),
        ({"Line.Constraint": 0}, "none, the line keeps its takt"),
        ({"Line.Constraint": 99}, "none, the line keeps its takt"),
        ({"Line.Constraint": 4, "ST04.StateCurrent": 6}, "none, the line keeps its takt"),
        (
            {"Line.Constraint": 4, "ST04.StateCurrent": 6, "ST04.CycleTime": 6120},
            "ST04 Machining is the slowest: cycle 61.2 s, takt 60 s",
        ),
        (
            {"ST07.Starved": 1, "ST08.Starved": 1, "ST03.Blocked": 1, "ST01.Blocked": 1},
            "ST05 Joint assembly HELD 3m31s (Seat joint 1 timed out) -> starving ST06..ST08, blocking ST03 ST04",
        ),
        ({"Line.Constraint": 12, "ST12.StateCurrent": 9, "ST12.StateElapsed": 5}, "ST12 Pack-out ABORTED 5s"),
    ],
)
def test_the_constraint_in_one_sentence(changes: dict[str, int], words: str) -> None:
    assert sentence(frame(changes)) == words


def test_a_tile_in_trouble_and_its_neighbours() -> None:
    shown = frame({"ST01.Fitted": 0, "ST02.Owner": 1, "ST03.LinkOk": 0})
    lines = text(tile(shown.station(5), 24, 8, cursor=False)).splitlines()
    assert all(len(line) == 24 for line in lines)
    assert lines[0].startswith("┏ 5 Joint assembly ━")
    assert "■ HELD" in lines[1]
    assert "3m31s" in lines[1]
    assert "Seat joint 1 timed out" in lines[2]
    assert "Cyc" in lines[3]
    assert "Good 49 Rej 2" in lines[-2]
    assert "4/4" in lines[-2]
    assert "not fitted" in text(tile(shown.station(1), 24, 6, cursor=False))
    assert "EXT" in text(tile(shown.station(2), 24, 6, cursor=False))
    lost = text(tile(shown.station(3), 24, 7, cursor=False))
    assert "BOARD?" in lost
    assert "?190A" in lost


def test_trends_say_whether_they_begin_with_this_console() -> None:
    shown = frame()
    assert "last 2 min at this console" in text(overview(shown, 140, 36, 1))
    for name in TRENDED:
        shown.history.fill(name, [0] * SPAN_S)
    page = text(overview(shown, 140, 36, 1))
    assert "last 10 min   ┃ normal band" in page
    assert "-10 min" in page


def test_stale_values_carry_a_question_mark() -> None:
    stale = frame(state=LinkState.LOST, age_s=12.0, problem="connection lost")
    page = text(overview(stale, 140, 36, 1))
    assert "?● EXECUTE" in page
    assert "?71.4 %" in page
    assert "Constraint: ?" in page
    assert "◆" not in page.split("TRENDS")[0], "no value is shown on a bar"
    top = text(banner(stale, "1 OVERVIEW", 140))
    assert "LINK LOST" in top
    assert "commands disabled" in top
    assert "?14:12:12" in top


def test_an_old_poll_is_stale_even_if_nobody_noticed_yet() -> None:
    assert frame(age_s=0.9).live
    assert not frame(age_s=1.6).live
    assert "LINK LOST 1s" in text(banner(frame(age_s=1.7), "1 OVERVIEW", 140))


def test_the_emergency_stop_outranks_every_fault() -> None:
    assert "EMERGENCY STOP is pressed" in text(banner(frame({"Line.EStopOk": 0}), "1 OVERVIEW", 140))


def test_attention_lists_the_worst_first() -> None:
    lines = text(attention(frame({"ST09.StateCurrent": 9, "ST09.StopReason": 4}), 80, 4)).splitlines()
    assert "× ABORTED" in lines[0]
    assert "Board lost" in lines[0]
    assert "■ HELD" in lines[1]
    assert "Starved ◁ ST06" in lines[2]
    many = frame({f"ST{n:02d}.{name}": value for n in range(1, 13)
                  for name, value in (("StateCurrent", 11), ("StopReason", 100 + n))})  # fmt: skip
    assert "… and 10 more stations stopped" in text(attention(many, 80, 4))
    dormant = frame({f"ST{n:02d}.{name}": raw for n in range(1, 13) for name, raw in
                     (("StateCurrent", 9), ("StopReason", 0), ("Released", 0))})  # fmt: skip
    asleep = text(attention(dormant, 80, 4)).splitlines()
    assert "12 stations" in asleep[0]
    assert "not commissioned yet" in asleep[0], "they are told together"
    assert len(asleep) == 2


def test_stations_that_stand_for_the_same_reason_share_a_line() -> None:
    dry = {f"ST{n:02d}.{name}": value for n in (2, 7, 9, 12)
           for name, value in (("StateCurrent", 11), ("StopReason", Reason.UTILITY))}  # fmt: skip
    held, *rest = text(attention(frame(dry), 140, 4)).splitlines()
    assert held.startswith(" ■ HELD       4 stations")
    assert "Utility missing  ST02 ST07 ST09 ST12" in held
    assert "ST05 Joint assembly" in rest[0], "who stands alone keeps a line of its own"


def test_a_line_held_on_purpose_is_no_alarm() -> None:
    held = {f"ST{n:02d}.StateCurrent": 11 for n in range(1, 13)} | {f"ST{n:02d}.StopReason": 9 for n in range(1, 13)}
    shown = frame(
        {**held, "Line.StateCurrent": 11, "Line.Constraint": 1, "Line.NewestFaultReason": 9, "Line.FaultsActive": 12}
    )
    page = text(overview(shown, 140, 36, 1))
    assert "┏" not in page
    assert "■ HELD       12 stations" in page
    assert "Constraint: none, the line is HELD" in page
    assert "12 stations stopped by a command to the line" in text(banner(shown, "1 OVERVIEW", 140))


def test_a_map_mismatch_is_explained() -> None:
    shown = Frame(Snapshot(state=LinkState.MISMATCH, problem="fingerprint 1, expected 2"), 0.0, History())
    page = text(no_data(shown, 80, 20))
    assert "The server has another register map" in page
    assert "fingerprint 1, expected 2" in page


def test_paths_contain_the_state_they_are_shown_for() -> None:
    for state in set(State) - {State.UNDEFINED}:
        assert state in path_of(state), state
    assert path_of(99)


def test_interlocks_have_words() -> None:
    assert interlocks(frame({"ST05.StartInterlock": 0b1001}).station(5)) == [START_INTERLOCKS[0], START_INTERLOCKS[3]]
    page = text(station(frame({"ST05.StartInterlock": 1}, board=5).station(5), 140, 40, 0))
    assert f"Start blocked by  × {START_INTERLOCKS[0]}" in page


def test_the_station_page_tells_quality() -> None:
    good = text(station(frame(board=5).station(5), 140, 40, 0))
    assert "GOOD" in good
    assert "● Clamped" in good
    bad = text(station(frame({"ST05.LinkOk": 0}, board=5).station(5), 140, 40, 0))
    assert "BAD" in bad
    assert "?●Clamped" in bad
    assert "■ BOARD LOST" in bad
    assert "? no data from the board's unit" in text(station(frame().station(5), 140, 40, 0))


def test_a_high_value_says_on_which_side() -> None:
    page = text(station(frame({"ST05.nut_torque": 900}).station(5), 140, 40, 0))
    assert "9.00 N·m ▲" in page
    assert "◈" in page


@given(st.integers(0, 40), st.integers(-5, 60), st.integers(3, 30))
def test_scrolling_announces_what_it_hides(count: int, top: int, height: int) -> None:
    lines: list[Line] = [((f"line {i}", PLAIN),) for i in range(count)]
    shown = text(window(lines, top, 40, height)).splitlines()
    assert len(shown) == min(count, height)
    whole = sum(1 for line in shown if line.startswith("line"))
    hidden = sum(int(line.split()[1]) for line in shown if "more lines" in line)
    assert whole + hidden == count


def test_action_lines() -> None:
    action = Action(1, 51_132_000_000, "Line Hold  from Execute", Result.NO_FEEDBACK, "still Execute")
    assert text([action_line(action, 80)]).rstrip() == " 14:12:12  Line Hold  from Execute  NO FEEDBACK  still Execute"


def test_the_key_bar_drops_what_does_not_work_first() -> None:
    keys = [Key("enter", "Enter", "Station"), Key("f5", "F5", "Start", enabled=False), Key("q", "Q", "Quit")]
    line, places = key_bar(keys, 80)
    assert "F5 Start" in text([line])
    line, places = key_bar(keys, 26)
    assert "F5 Start" not in text([line])
    assert [key for _, _, key in places] == ["enter", "q"]
    first, end, _ = places[1]
    assert text([line])[first:end] == "Q Quit"
    assert "…" in text([key_bar(keys, 16)[0]])


def test_forced_terminals_are_marked() -> None:
    io = BY_NUMBER[5]
    shown = frame({"ST05.ForcedInputs": 0b10, "ST05.ForcedOutputs": 0b1}, board=5)
    plain = text(station_io(frame(board=5).station(5), 120))
    marked = text(station_io(shown.station(5), 120))
    assert shown.station(5).forced == {io.inputs[1], io.outputs[0]}
    assert (plain.count(" F "), marked.count(" F ")) == (0, 2 + 2)
    assert len(marked.splitlines()) == len(plain.splitlines())


def test_what_is_done_on_purpose_is_marked_on_every_screen() -> None:
    assert "!" not in text(banner(frame(), "1 OVERVIEW", 140))
    for width in (80, 140):
        top = text(banner(frame({"Line.InjectionsActive": 2, "Line.ForcesActive": 3}), "1 OVERVIEW", width))
        assert "! 2 INJ 3 FORCED" in top
