"""The shipped vectors, told by every target."""

from __future__ import annotations

from pathlib import Path

import pytest

from protocols.stations.images import ACKNOWLEDGE, DUTY, put
from protocols.stations.io_table import BURN_IN
from sector7.board_check.lockstep import LockStepTarget
from sector7.board_check.runner import Verdict, tell
from sector7.board_check.serial_target import SerialTarget
from sector7.board_check.specimen import Drive
from sector7.board_check.vector import EXCHANGE_US, Vector, parse, shipped
from tests.hil.toolbox import mutated_hex, starter
from tests.sector7.bench import pty_board

HEATER = "the board's regulator has been on since its last start: press the reset button and repeat"


def target_of(name: str) -> LockStepTarget:
    return LockStepTarget(name, None if name == "simulated" else starter(name))


def test_there_are_vectors() -> None:
    assert len(shipped()) >= 9
    assert all(vector.title for vector in shipped())


@pytest.mark.parametrize("target", ["simulated", "host", "emulated"])
@pytest.mark.parametrize("vector", shipped(), ids=lambda vector: vector.name)
def test_every_board_tells_it(vector: Vector, target: str) -> None:
    result = tell(vector, target_of(target))
    assert (result.verdict, result.reasons) == (Verdict.PASSED, ())


def test_a_board_behind_a_port_tells_them_all_and_gets_its_profile_back(tmp_path: Path) -> None:
    with pty_board(tmp_path, 7) as board:
        target = SerialTarget(str(board.port))
        own = target.line.profile()
        results = {vector.name: tell(vector, target) for vector in shipped()}
        assert target.line.profile() != own
        target.close()
        again = SerialTarget(str(board.port), 7)
        assert again.line.profile() == own
        again.close()
    heater = results.pop("heater")
    # told again after an interruption by this machine, the regulator is not what it was: that is told, not judged
    assert heater.verdict is Verdict.PASSED or heater.reasons == (HEATER,)
    assert {name: result.verdict for name, result in results.items()} == dict.fromkeys(results, Verdict.PASSED)
    unseen = [reason for result in results.values() for reason in result.reasons]
    assert [reason.partition(":")[0] for reason in unseen] == ["at 100 ms", "at 220 ms"]


def test_a_regulator_that_has_run_is_skipped_with_the_reason(tmp_path: Path) -> None:
    heater = next(vector for vector in shipped() if vector.name == "heater")
    with pty_board(tmp_path, 11) as board:
        target = SerialTarget(str(board.port))
        with target.fit(BURN_IN, Drive()) as specimen:
            specimen.exchange(0, Drive())
            heat = Drive(command=ACKNOWLEDGE | BURN_IN.output("heater") | put(20, DUTY))
            assert specimen.exchange(EXCHANGE_US, heat).duty == 450
        again = tell(heater, target)
        target.close()
    assert (again.verdict, again.reasons) == (Verdict.SKIPPED, (HEATER,))


def test_with_an_open_safety_chain_the_program_is_checked_without_its_pins(tmp_path: Path) -> None:
    start = next(vector for vector in shipped() if vector.name == "start")
    with pty_board(tmp_path, 3, inputs=0) as board:
        target = SerialTarget(str(board.port))
        assert tell(start, target).verdict is Verdict.PASSED
        assert not target.line.chain_closed
        target.close()


def test_a_difference_names_instant_thing_expected_and_got() -> None:
    story = """
# A board that is not tripped after its start.
station = 3
[[at]]
ms = 0
inputs = ["safety_ok"]
expect = { status = ["safety_ok"], duty = 5, outputs = ["clamp"] }
"""
    result = tell(parse("wrong.toml", story), target_of("simulated"))
    assert result.verdict is Verdict.FAILED
    assert result.reasons == (
        "at 0 ms: status: expected safety_ok, got in_position safety_ok tripped",
        "at 0 ms: outputs: expected clamp, got nothing",
        "at 0 ms: duty: expected 5, got 0",
    )


def test_a_firmware_that_debounces_too_long_is_found(tmp_path: Path) -> None:
    old = "uint32_t stable = profile_debounce_us(profile);"
    start = mutated_hex(tmp_path, "app/logic.c", old, old.replace(";", " + 20000;"))
    result = tell(next(v for v in shipped() if v.name == "debounce"), LockStepTarget("mutant", start))
    assert result.verdict is Verdict.FAILED
    (reason,) = result.reasons
    assert reason.startswith("at 60 ms: status: expected clamped in_position safety_ok tripped, got in_position")
