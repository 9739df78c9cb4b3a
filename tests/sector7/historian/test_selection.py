"""What is recorded: by the declarations of the tags, not by name."""

from __future__ import annotations

import pytest

from protocols.tags.line_map import LINE_MAP
from protocols.tags.tag import Table, Writer
from sector7.historian.selection import BY_UNIT, LEFT_OUT, deadband, select

RECORDED = {r.tag.name: r for r in select()}


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("Line.AirPressure", 5), ("Line.OEE", 5), ("Line.RobotsCompleted", 0), ("ST05.StateCurrent", 0),
        ("ST02.ram_position", 25), ("ST05.TimeExecute", 60), ("ST01.Blocked", 0), ("Line.MainsVoltage", 1),
    ],
)  # fmt: skip
def test_measurements_states_counters_and_ratios_are_recorded_with_their_deadband(name: str, raw: int) -> None:
    assert RECORDED[name].deadband == raw


@pytest.mark.parametrize(
    "name", ["Line.Heartbeat", "Line.SimulatedTime", "ST01.StepElapsed", "Line.Requests", "Line.CntrlCmd", "Line.Lag"]
)
def test_clocks_commands_and_what_the_server_tells_of_itself_are_not(name: str) -> None:
    assert any(tag.name == name for tag in LINE_MAP.tags)
    assert name not in RECORDED


def test_everything_recorded_is_status_that_fits_a_trend_file() -> None:
    for r in RECORDED.values():
        assert r.tag.table in (Table.INPUT, Table.DISCRETE)
        assert r.tag.writer in (Writer.PLANT, Writer.PLC)
        assert r.tag.kind.words <= 2


def test_the_declaration_names_nothing_that_is_not_there() -> None:
    last = {tag.name.rpartition(".")[2] for tag in LINE_MAP.tags}
    assert last >= LEFT_OUT
    assert {tag.unit for tag in LINE_MAP.tags} >= set(BY_UNIT)


def test_a_deadband_is_smaller_than_what_an_operator_wants_to_see() -> None:
    for r in RECORDED.values():
        if r.tag.normal is not None:
            low, high = r.tag.normal
            assert deadband(r.tag) <= max(1, (high - low) // 4), r.tag.name
