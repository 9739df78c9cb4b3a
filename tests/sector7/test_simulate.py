"""Fast mode: figures, verdict and exit code; and a plant that was sabotaged does not pass."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from plant.conveyor import Conveyor
from plant.pallet import Pallet
from plant.safety import SafetyChain
from plant.terminals import SAFETY_BIT
from sector7.rig.rig import Rig
from sector7.simulate import Outcome, simulate
from sector7.verdict import PATIENCE_US, Watch, safety
from tests.sector7.command_line import Command
from tests.sector7.lines import HOUR, MINUTE, QUIET, SECOND, busy, line, small

#: Kits weigh about 12 kg: none passes, and kitting empties the tray for ever.
ENDLESS_KITTING = """\
name = "endless"
pallets = 6
[[station]]
number = 1
places = 6
mtbf_h = 10000
minor_stop_min = 100000
[station.setpoints]
kit_mass = 10.0
kit_tolerance = 0.1
[[station]]
number = 12
mtbf_h = 10000
minor_stop_min = 100000
"""


def test_the_report_holds_what_was_promised() -> None:
    outcome = simulate(busy(), 7, 2 * HOUR)
    report = json.loads(outcome.to_json())
    promised = "simulated_s wall_s speed robots_completed trace_events trace_sha256 oee stations alarms verdict"
    assert set(promised.split()) <= report.keys()
    rig = Rig(busy(), 7)
    rig.run(2 * HOUR)
    assert report["simulated_s"] == 7200
    assert report["trace_sha256"] == rig.trace.sha256()
    assert report["trace_events"] == rig.trace.count
    assert report["robots_completed"] == rig.plant.ledger.completed > 10
    assert report["verdict"] == {"passed": True, "failed": []}
    assert report["speed"] == pytest.approx(7200 / report["wall_s"], rel=0.05)
    assert [row["station"] for row in report["stations"]] == list(range(1, 13))
    for row in report["stations"]:
        assert sum(row[f"{k}_s"] for k in ("execute", "starved", "blocked", "held", "aborted")) <= 7200
        assert 0 <= row["oee"] <= 2
    alarms = report["alarms"]
    assert alarms["total"] == sum(alarms["by_station"].values()) == sum(alarms["by_priority"].values()) > 0
    assert alarms["total"] == rig.alarms.kpis.total
    assert alarms["per_hour"] == alarms["total"] / 2
    assert alarms["top"][0]["count"] == max(point.count for point in rig.alarms.points.values())


def test_progress_is_told_and_changes_nothing() -> None:
    told: list[tuple[int, int]] = []
    watched = simulate(small(), 1, HOUR + 1, lambda now, robots: told.append((now, robots)))
    assert told[-1] == (HOUR + 1, watched.report["robots_completed"])
    assert told == sorted(told)
    assert len(told) > 10
    assert watched.report["trace_sha256"] == simulate(small(), 1, HOUR + 1).report["trace_sha256"]


def test_a_fixed_scan_gives_the_same_trace() -> None:
    fast, fixed = simulate(small(), 1, 5 * MINUTE), simulate(small(), 1, 5 * MINUTE, fixed=True)
    assert fixed.report["trace_sha256"] == fast.report["trace_sha256"]


def cases(outcome_xml: str) -> dict[str, str]:
    """JUnit cases and their failure messages ('' where there is none)."""
    suite = ET.fromstring(outcome_xml)
    assert suite.tag == "testsuite"
    found = {}
    for case in suite.iter("testcase"):
        failure = case.find("failure")
        found[case.attrib["name"]] = "" if failure is None else failure.attrib["message"]
    assert int(suite.attrib["tests"]) == len(found)
    assert int(suite.attrib["failures"]) == sum(map(bool, found.values()))
    return found


def test_junit_parses() -> None:
    assert cases(simulate(line(**QUIET), 1, 10 * MINUTE).to_junit()) == dict.fromkeys(
        ("conservation", "safety", "deadlock", "robots"), ""
    )


def test_junit_survives_any_text() -> None:
    report = simulate(small(), 1, 1).report | {"recipe": "<\"&'é>"}
    outcome = Outcome(report, ['at 1.00 s: ST01: <lost> & "found"', "no robot <"])
    assert cases(outcome.to_junit())["safety"] == 'at 1.00 s: ST01: <lost> & "found"'


# ---- sabotage
def failing(outcome: Outcome) -> set[str]:
    return {name for name, message in cases(outcome.to_junit()).items() if message}


def test_a_lost_pallet_fails(monkeypatch: pytest.MonkeyPatch, command: Command, tmp_path: Path) -> None:
    take, taken = Conveyor.take, []

    def steals_the_twentieth(self: Conveyor, now: int) -> Pallet:
        pallet = take(self, now)
        taken.append(pallet)
        return Pallet(pallet.number + 100, None) if len(taken) == 20 else pallet

    monkeypatch.setattr(Conveyor, "take", steals_the_twentieth)
    done = command(
        "simulate", "--duration", "1h", "--json", str(tmp_path / "a.json"), "--junit", str(tmp_path / "b.xml")
    )
    assert done.code == 1
    assert "✘ failed" in done.out
    report = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert not report["verdict"]["passed"]
    assert "conservation: pallets [" in report["verdict"]["failed"][0]
    assert cases((tmp_path / "b.xml").read_text("utf-8"))["conservation"] == report["verdict"]["failed"][0]


def test_a_lost_robot_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    enter = Conveyor.enter

    def loses_robots(self: Conveyor, now: int, pallet: Pallet) -> None:
        if pallet.number == 3 and now > 20 * MINUTE:
            pallet.robot = None
        enter(self, now, pallet)

    monkeypatch.setattr(Conveyor, "enter", loses_robots)
    outcome = simulate(line(**QUIET), 1, HOUR)
    assert failing(outcome) == {"conservation"}
    assert "robots on pallets" in outcome.failed[0]


def test_a_stuck_line_fails(command: Command, tmp_path: Path) -> None:
    recipe = tmp_path / "endless.toml"
    recipe.write_text(ENDLESS_KITTING, "utf-8")
    done = command("simulate", "--duration", "3h", "--recipe", str(recipe), "--junit", str(tmp_path / "b.xml"))
    assert done.code == 1
    assert "deadlock: no progress for 30 min: ST01 execute, ST12 suspended" in done.out
    assert cases((tmp_path / "b.xml").read_text("utf-8"))["deadlock"]


def test_a_line_that_builds_nothing_fails(command: Command) -> None:
    done = command("simulate", "--duration", "10s")
    assert done.code == 1
    assert "no robot was completed" in done.out
    assert failing(simulate(line(start="dormant"), 1, 3 * HOUR)) == {"robots"}


def test_power_behind_an_open_guard_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The safety relay sticks: the chain opens, the actuators keep their power."""

    def sticks(self: SafetyChain, now: int, cause: int) -> None:
        self.open |= cause

    monkeypatch.setattr(SafetyChain, "trip", sticks)
    outcome = simulate(busy(), 1, HOUR)
    assert "safety" in failing(outcome)
    assert "the safety chain is open and the board cannot see it" in outcome.failed[0]


def test_safety_sees_power_outputs_and_wires() -> None:
    rig = Rig(line(**QUIET), 1)
    rig.run(30 * SECOND)
    cabinet = rig.cabinets[1]
    assert safety(cabinet) == ""
    rig.plant.e_stop(rig.now, True)
    assert safety(cabinet) == ""
    ram = cabinet.station.mechanisms[1]
    ram.inhibited = 0
    assert safety(cabinet) == "the safety chain is open and ram has power"
    cabinet.station.terminals.inputs |= SAFETY_BIT
    assert safety(cabinet) == "the safety chain is open and the board cannot see it"
    rig = Rig(line(**QUIET), 1)
    rig.run(30 * SECOND)
    cabinet = rig.cabinets[1]
    rig.plant.e_stop(rig.now, True)
    rig.run(40 * SECOND)
    cabinet.board.outputs |= 8  # type: ignore[misc]
    cabinet.pending = cabinet.applied = cabinet.board.outputs
    assert safety(cabinet) == "the board is tripped and gives outputs 01000"


def test_waiting_for_people_or_supplies_is_no_deadlock() -> None:
    """A breakdown that takes hours, with one crew: nothing moves, and nothing is wrong."""
    rig = Rig(small(**{**QUIET, "mtbf_h": 0.2, "mttr_min": 600.0}), 3)
    watch = Watch(rig)
    while rig.now < 6 * HOUR:
        rig.run(rig.now + 5 * MINUTE)
        watch.look()
    assert not [text for text in watch.violations if "deadlock" in text]
    held = Rig(small(**QUIET), 3)
    watch = Watch(held)
    held.run(MINUTE)
    held.request("Line.CntrlCmd", 4)
    held.request("Line.CmdChangeRequest", 1)
    while held.now < MINUTE + 2 * PATIENCE_US:
        held.run(held.now + 5 * MINUTE)
        watch.look()
    assert watch.violations == []


def test_not_every_violation_of_a_long_run_is_kept() -> None:
    rig = Rig(small(**QUIET), 1)
    rig.plant.ledger.completed += 1  # a robot that never was
    watch = Watch(rig)
    for _ in range(100):
        rig.run(rig.now + SECOND)
        watch.look()
    assert 1 < len(watch.verdict()) <= 21
