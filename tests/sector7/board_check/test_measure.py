"""Measurements: exact where the board's own clock counts, and on a port everything else too."""

from __future__ import annotations

from pathlib import Path

import pytest

from protocols.stations.io_table import MACHINING, STATIONS
from protocols.stations.station_io import StationIO
from sector7.board_check.lockstep import LockStepTarget
from sector7.board_check.measure import Limits, Measurement, measure
from sector7.board_check.runner import Verdict
from sector7.board_check.serial_target import SerialTarget
from tests.hil.toolbox import mutated_hex, starter
from tests.sector7.bench import pty_board

#: A machine that runs tests does other things besides.
GENEROUS = Limits(rtt_ms=1000.0, volts=2.5)


def by_name(target: LockStepTarget | SerialTarget, io: StationIO = MACHINING) -> dict[str, Measurement]:
    return {each.name: each for each in measure(target, io, GENEROUS)}


@pytest.mark.parametrize("io", STATIONS, ids=lambda io: io.name)
@pytest.mark.parametrize("name", ["simulated", "emulated"])
def test_times_and_counts_are_exact(name: str, io: StationIO) -> None:
    found = by_name(LockStepTarget(name, None if name == "simulated" else starter(name)), io)
    assert {key: each.value for key, each in found.items()} == {"debounce": 30.0, "watchdog": 100.0, "analogue": 0.0}
    assert {each.verdict for each in found.values()} == {Verdict.PASSED}


def test_on_a_port_the_line_is_measured_too(tmp_path: Path) -> None:
    with pty_board(tmp_path, 4, counts=(512, 512, 512, 512)) as board:
        target = SerialTarget(str(board.port))
        found = by_name(target)
        target.close()
    assert (found["debounce"].value, found["watchdog"].value, found["lost"].value) == (30.0, 100.0, 0.0)
    fastest, mean, slowest = (found[f"rtt_{name}"].value or 0.0 for name in ("min", "mean", "max"))
    assert 0.0 < fastest <= mean <= slowest  # a board that makes up for lost time answers faster than its line
    assert found["analogue"].value == 0.5  # 2.5 V are 511.5 counts
    assert found["analogue_noise"].value == 0.0
    assert (found["dead_man"].value or 0.0) > 0.0
    assert {name for name, each in found.items() if each.verdict is not Verdict.PASSED} == set()


def test_what_cannot_be_measured_says_why(tmp_path: Path) -> None:
    with pty_board(tmp_path, 4, inputs=0) as board:
        target = SerialTarget(str(board.port))
        found = {each.name: each for each in measure(target, MACHINING, Limits(rtt_ms=1000.0))}
        target.close()
    skipped = {name: each.reason for name, each in found.items() if each.verdict is Verdict.SKIPPED}
    assert skipped == {
        "analogue": "say with --volts what voltage is wired to the analogue inputs",
        "dead_man": "the safety input is open: connect D2 to ground",
    }


def test_a_firmware_with_another_debounce_time_fails_by_its_value(tmp_path: Path) -> None:
    old = "uint32_t stable = profile_debounce_us(profile);"
    start = mutated_hex(tmp_path, "app/logic.c", old, old.replace(";", " + 20000;"))
    found = by_name(LockStepTarget("mutant", start))
    assert (found["debounce"].value, found["debounce"].verdict) == (50.0, Verdict.FAILED)
    assert found["watchdog"].verdict is Verdict.PASSED


def test_a_firmware_that_never_trips_fails_with_the_reason(tmp_path: Path) -> None:
    old = "} else if (expired || now - logic->last > profile_watchdog_us(profile)) {"
    start = mutated_hex(tmp_path, "app/logic.c", old, "} else if (false) {\n        (void)expired;")
    watchdog = by_name(LockStepTarget("mutant", start))["watchdog"]
    assert (watchdog.verdict, watchdog.value, watchdog.reason) == (Verdict.FAILED, None, "it never tripped")


def test_limits_judge_on_both_sides() -> None:
    def verdict(value: float, low: float | None, high: float | None) -> Verdict:
        return Measurement("x", "x", value, "", low, high).verdict

    assert verdict(5, 5, 5) is Verdict.PASSED
    assert verdict(5, None, 4.9) is Verdict.FAILED
    assert verdict(5, 5.1, None) is Verdict.FAILED
    assert verdict(5, None, None) is Verdict.PASSED
    assert Measurement("x", "x", None).verdict is Verdict.SKIPPED
