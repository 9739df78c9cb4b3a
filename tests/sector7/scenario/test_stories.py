"""The shipped stories of lightning and siege: what they ask of the plant, and the root causes in their verdicts."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from sector7.boards.kinds import with_boards
from sector7.scenario.load import load
from sector7.scenario.outcome import ScenarioOutcome
from sector7.scenario.run import perform
from tests.hil.toolbox import need_emulator

#: When, what, where and why, in the order in which it befell the castle.
LIGHTNING: Final = [
    (600.0, "lightning", "mains", "lightning struck the north tower"),
    (620.0, "utility_loss", "mains", "the burning oak fell on the overhead line"),
]
SIEGE: Final = [
    (1800.0, "destroyed", "ST06", "a stone from the trebuchet went through the roof"),
    (4500.0, "utility_loss", "air", "sappers found the compressor house"),
    (4500.0, "leaking", "ST05.clamp", "the blast loosened a fitting"),
    (7200.0, "link_loss", "ST03", "rats at the cable of the weld cell"),
    (7200.0, "stuck_on", "ST08.limb_gripped", "rats at the gripper's sensor"),
    (10800.0, "breakdown", "ST02", "the battering ram shook the press off its bed"),
    (10800.0, "breakdown", "ST10", "and the test bench off its stand"),
    (10800.0, "board_reset", "ST12", "the gate fell on the feeder of pack-out"),
    (12600.0, "breaker_trip", "ST07", "boiling oil ran into the cabinet of the power cell"),
    (12600.0, "link_corrosion", "ST07", "and into its connector"),
    (14400.0, "noise", "ST09.joint_offset", "smoke in the flash bay"),
    (14400.0, "utility_loss", "cooling", "the moat was drained"),
    (18000.0, "destroyed", "ST03", "the second stone hit the weld cell"),
]


@cache
def told(name: str) -> ScenarioOutcome:
    return perform(load(name))


@pytest.mark.parametrize(("name", "causes"), [("lightning", LIGHTNING), ("siege", SIEGE)])
def test_the_story_ends_well_and_the_verdict_names_the_root_causes_in_order(
    name: str, causes: list[tuple[float, str, str, str]]
) -> None:
    outcome = told(name)
    assert outcome.failed == []
    rows = outcome.report["faults"]
    assert [(row["since_s"], row["kind"], row["on"], row["why"]) for row in rows] == causes
    assert all(row["who"].startswith(f"scenario {name}, ") for row in rows)
    said = ET.fromstring(outcome.to_junit()).findtext("system-out") or ""
    for text in (outcome.preface, said):
        lines = text[text.index("root causes, in order\n") :].splitlines()[1:]
        for line, (number, (_, kind, on, why)) in zip(lines, enumerate(causes, 1), strict=False):
            assert line.split()[0] == str(number)
            assert f" {kind} of {on}" in line
            assert line.endswith(f"]: {why}")
        assert len([line for line in lines if line.strip()]) == len(causes)


def test_without_people_in_their_place_two_broken_machines_stop_the_line() -> None:
    """What the siege expects of handwork can fail: nobody stands in, nobody builds robots."""
    plan = load("siege")
    timeline = [entry for entry in plan.scenario.timeline if not any(action.degrade for action in entry.do)]
    assert len(plan.scenario.timeline) - len(timeline) == 4
    (expect,) = (each for each in plan.scenario.expect if "hands build robots" in each.name)
    update = {"timeline": timeline, "expect": [expect], "duration": "5h40m"}
    outcome = perform(replace(plan, scenario=plan.scenario.model_copy(update=update)))
    (row,) = outcome.report["expectations"]
    assert row["name"] == expect.name
    assert not row["passed"]
    assert 3 * 3600 < row["first_failure_s"] < 5 * 3600


def test_every_part_of_the_power_network_plays_in_the_storm() -> None:
    outcome = told("lightning")
    assert outcome.report["safety"] == []
    assert outcome.report["energy"]["generated_kwh"] > 0
    assert len(outcome.report["expectations"]) == 12


def test_a_storm_is_the_same_when_everything_is_scanned() -> None:
    plan = load("lightning")
    short = plan.scenario.model_copy(update={"duration": "13m"})
    hashes = {perform(replace(plan, scenario=short), fixed=fixed).report["trace_sha256"] for fixed in (False, True)}
    assert len(hashes) == 1


@pytest.mark.nightly
@pytest.mark.timeout(900)
def test_a_storm_is_the_same_on_the_c_firmware() -> None:
    need_emulator()
    plan = load("lightning")
    outcome = perform(replace(plan, recipe=with_boards(plan.recipe, "emulated")))
    assert outcome.failed == []
    assert outcome.report["trace_sha256"] == told("lightning").report["trace_sha256"]
