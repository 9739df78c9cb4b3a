"""The worst times of the committed firmware hold their bounds, and the table in docs/boards.md is the measured one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hil import cycles
from hil.build_firmware import build
from protocols.stations.io_table import KITTING
from tests.hil.toolbox import mutated, need_avr, need_emulator

PAGE = Path(__file__).parents[2] / "docs" / "boards.md"
ROW = re.compile(r"^\| ([a-z ]+) \| (\d+) \| [\d.]+ \| (\d+) \| (\d*) \|$", re.MULTILINE)


def rows(text: str) -> dict[str, tuple[str, ...]]:
    return {name: figures for name, *figures in ROW.findall(text)}


def test_bounds_hold_and_the_page_says_what_was_measured() -> None:
    need_emulator()
    worst = cycles.measure()
    assert {each.name: each.longest for each in worst if each.longest > cycles.LONGEST[each.name]} == {}
    assert {each.name: each.waited for each in worst if each.waited > cycles.WAITED} == {}
    assert all(each.count > 100 for each in worst)
    told, measured = rows(PAGE.read_text()), rows(cycles.table(worst))
    assert told.keys() == measured.keys()
    for name, (longest, bound, _) in measured.items():
        # another libsimavr may count a cycle more or less
        assert int(told[name][0]) == pytest.approx(int(longest), rel=0.02, abs=2), "python -m hil.cycles tells the rows"
        assert told[name][1] == bound


def test_a_slower_interrupt_is_seen(tmp_path: Path) -> None:
    need_avr()
    need_emulator()
    source = mutated(tmp_path, "hal/avr/pulses.c", "#define PULSE_US 4", "#define PULSE_US 40")
    made, _ = build(source, tmp_path / "made")
    worst = {each.name: each for each in cycles.measure([KITTING], 100, made)}
    assert worst["step pulse"].longest > 40 * 16 > cycles.LONGEST["step pulse"]
    assert worst["byte in"].waited > cycles.WAITED
