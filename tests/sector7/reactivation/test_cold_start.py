"""`sector7 simulate scenarios/cold_start.toml`: from dormant to producing, with the ledger in its verdict."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from protocols.commissioning import FINDING_TEXTS, STAGE_TEXTS
from protocols.commissioning import Command as Commission
from sector7.reactivation.defects import DORMANT, KINDS
from sector7.rig.rig import Rig
from tests.pty_console import ROOT
from tests.sector7.command_line import Command
from tests.sector7.lines import HOUR, MINUTE, line
from tests.sector7.reactivation.team import ask


def test_the_dormant_line_is_brought_up_by_the_program(command: Command, tmp_path: Path) -> None:
    done = command("simulate", str(ROOT / "scenarios/cold_start.toml"), "--json", str(tmp_path / "v.json"))
    assert done.code == 0, done.out
    assert done.out.count(" Released ") == 12
    verdict = json.loads((tmp_path / "v.json").read_text("utf-8"))
    assert verdict["verdict"] == {"passed": True, "failed": []}
    assert verdict["robots_completed"] >= 10
    ledger = verdict["commissioning"]
    assert [row["station"] for row in ledger] == [f"ST{n:02d}" for n in range(1, 13)]
    first = min(row["released_s"] for row in ledger)
    assert 0 < first < max(row["released_s"] for row in ledger) < verdict["simulated_s"]
    for row in ledger:
        assert row["step"] == "Released"
        passed = [each for each in row["evidence"] if each["passed"]]
        assert {each["step"] for each in passed} == set(STAGE_TEXTS[1:])
        assert {each["by"] for each in row["evidence"]} == {"program"}
        assert all(each["what"] and each["expected"] and each["seen"] for each in row["evidence"])
        assert all(each["finding"] for each in row["evidence"] if not each["passed"])
    # every hidden defect is on record with its root cause, was found by its name, and repaired
    hidden = [fault for fault in verdict["faults"] if fault["who"] == DORMANT]
    assert [fault["why"] for fault in hidden] == [why for _, _, why in KINDS.values()]
    assert {fault["ended_by"] for fault in hidden} == {"the crew"}
    for fault, (finding, _, _) in zip(hidden, KINDS.values(), strict=True):
        [row] = [row for row in ledger if row["station"] == fault["on"][:4]]
        assert FINDING_TEXTS[finding] in {each["finding"] for each in row["evidence"]}


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(2, 22))
def test_any_seed_is_brought_up(seed: int) -> None:
    """With the failures that the castle has beside its hidden defects."""
    rig = Rig(line(start="dormant"), seed)
    ask(rig, Commission.PRODUCE)
    while rig.commissioning.program.released < 12:
        rig.run(rig.now + 10 * MINUTE)
        assert rig.now < 24 * HOUR, [s.ledger.stage for s in rig.commissioning.program.stations]
    assert not rig.faults.active
    rig.run(rig.now + 2 * HOUR)
    assert rig.plant.ledger.completed > 0
