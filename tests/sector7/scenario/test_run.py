"""Scenarios that run: when things happen, what is judged, and that the same scenario gives the same trace."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from hil.emulated_board import EmulatedBoard
from protocols.errors import Refusal
from protocols.packml import State
from sector7.scenario.load import Plan, load, parse
from sector7.scenario.outcome import ScenarioOutcome
from sector7.scenario.run import Performance, perform
from tests.hil.toolbox import need_emulator

SECOND = 1_000_000
HEAD = 'name = "test"\nseed = 3\ninvariants = ["conservation", "safety"]\n'


def plan(text: str, duration: str = "5m", sample: str = "1s") -> Plan:
    return parse("test.toml", f'{HEAD}duration = "{duration}"\nsample = "{sample}"\n{text}')


def happened(text: str, duration: str = "5m", sample: str = "1s") -> list[tuple[float, str]]:
    performance = Performance(plan(text, duration, sample))
    performance.run()
    return [(at / SECOND, name) for at, name in performance.happened]


def entry(name: str, *keys: str, do: str = '{ jam_clear = "ST05" }') -> str:
    return "\n".join(["[[timeline]]", f'name = "{name}"', *keys, f"do = [{do}]", ""])


# ---- when things happen
def test_things_happen_at_their_time_to_the_microsecond() -> None:
    text = entry("a", 'at = "90s"') + entry("b", 'at = "0s"') + entry("c", 'at = "90.000001s"')
    assert happened(text) == [(0.0, "b"), (90.0, "a"), (90.000001, "c")]


def test_again_and_again() -> None:
    text = entry("a", 'at = "30s"', 'every = "1m"') + entry("b", 'at = "1m"', 'every = "40s"', "times = 3")
    assert [at for at, name in happened(text) if name == "a"] == [30, 90, 150, 210, 270]
    assert [at for at, name in happened(text) if name == "b"] == [60, 100, 140]


def test_when_a_condition_becomes_true() -> None:
    text = entry("a", 'when = "time >= 42.5"') + entry("b", 'when = "time >= 10"', 'at = "1m"')
    assert happened(text) == [(43, "a"), (60, "b")]
    assert happened(text, sample="5s") == [(45, "a"), (60, "b")]


def test_a_condition_counts_again_after_every() -> None:
    assert happened(entry("a", 'when = "time >= 50"', 'every = "100s"')) == [(50, "a"), (150, "a"), (250, "a")]
    assert happened(entry("a", 'when = "time == 50"', 'every = "100s"')) == [(50, "a")]


def test_an_order_reaches_the_program() -> None:
    performance = Performance(plan(entry("stop", 'at = "60s"', do='{ command = "Stop", to = "ST04" }')))
    performance.run()
    unit = next(unit for unit in performance.rig.line.units if unit.io.number == 4)
    assert unit.state == State.STOPPED
    assert 60 * SECOND <= unit.since < 70 * SECOND


def test_values_modes_and_the_emergency_stop() -> None:
    text = (
        entry("set", 'at = "10s"', do='{ set = "ST05.joint_force_sp", value = 16.5 }')
        + entry("raw", 'at = "11s"', do='{ write = "Line.AutoRecovery", value = 0 }')
        + entry("press", 'at = "60s"', do='{ e_stop = "press" }')
        + entry("mode", 'at = "70s"', do='{ mode = "Maintenance", to = "ST03" }')
        + '[[expect]]\nname = "set"\nat_end = "ST05.joint_force_sp == 16.5 and Line.AutoRecovery == 0"\n'
        + '[[expect]]\nname = "stop"\nwithin = "3s"\nof = "press"\nthat = "executing == 0"\nholding = "1m"\n'
        + '[[expect]]\nname = "eye"\nat_end = "Line.EStopOk == 0 and ST03.UnitModeCurrent == Maintenance"\n'
    )
    outcome = perform(plan(text))
    assert outcome.failed == []


def test_faults_end_when_they_are_cleared_by_name() -> None:
    text = (
        entry(
            "a", 'at = "10s"', do='{ fault = "link_cut", on = "ST03", why = "x" }, { fault = "link_cut", on = "ST04" }'
        )
        + entry("b", 'at = "20s"', do='{ fault = "link_cut", on = "ST05" }')
        + entry("mend a", 'at = "30s"', do='{ clear = "a" }')
        + entry("mend all", 'at = "40s"', do='{ clear = "all" }')
    )
    performance = Performance(plan(text))
    outcome = performance.run()
    rows = outcome.report["faults"]
    assert [(row["on"], row["since_s"], row["until_s"]) for row in rows] == [
        ("ST03", 10, 30), ("ST04", 10, 30), ("ST05", 20, 40),
    ]  # fmt: skip
    assert rows[0]["who"] == "scenario test, a"
    assert rows[0]["why"] == "x"
    assert rows[0]["ended_by"] == "scenario test, mend a"


def test_a_timeline_that_divides_by_zero_is_refused_with_its_entry() -> None:
    with pytest.raises(Refusal, match=r"a at 1 s .*divides by zero"):
        perform(plan(entry("a", 'when = "1 / faults > 2"')))


# ---- verdicts
FAILING = """\
[[timeline]]
name = "strike"
at = "1m"
do = [{ fault = "destroyed", on = "ST05", why = "lightning" }]

[[expect]]
name = "assembly works"
always = "ST05.LinkOk"
since = "10s"

[[expect]]
name = "it comes back"
within = "30s"
of = "strike"
that = "ST05.LinkOk and ST05.StateCurrent == Execute"

[[expect]]
name = "nothing is broken at first"
never = "faults > 0"
until = "59s"
"""


@pytest.fixture(scope="module")
def failing() -> ScenarioOutcome:
    return perform(plan(FAILING))


def test_failures_are_told_with_time_and_values(failing: ScenarioOutcome) -> None:
    assert not failing.passed
    assert failing.failed[0] == "at 61.00 s: assembly works: always: ST05.LinkOk: became false (ST05.LinkOk = 0)"
    assert failing.failed[1].startswith("at 90.00 s: it comes back: within 30s of 'strike': ST05.LinkOk and ST05.State")
    assert len(failing.failed) == 2


def test_the_report_tells_what_happened_and_why(failing: ScenarioOutcome) -> None:
    report = json.loads(failing.to_json())
    assert report["timeline"] == [{"at_s": 60.0, "name": "strike"}]
    assert [(f["kind"], f["on"], f["why"], f["until_s"]) for f in report["faults"]] == [
        ("destroyed", "ST05", "lightning", None)
    ]
    assert [(e["name"], e["passed"], e["first_failure_s"]) for e in report["expectations"]] == [
        ("assembly works", False, 61.0), ("it comes back", False, 90.0), ("nothing is broken at first", True, None),
    ]  # fmt: skip
    assert report["verdict"] == {"passed": False, "failed": failing.failed}
    assert report["expectations"][0]["values"] == {"ST05.LinkOk": 0}


def test_junit_has_a_case_for_every_expectation(failing: ScenarioOutcome) -> None:
    suite = ET.fromstring(failing.to_junit())
    cases = {case.attrib["name"]: case.find("failure") for case in suite.iter("testcase")}
    assert list(cases) == ["conservation", "safety", "assembly works", "it comes back", "nothing is broken at first"]
    assert [name for name, found in cases.items() if found is not None] == ["assembly works", "it comes back"]
    assert (suite.attrib["tests"], suite.attrib["failures"]) == ("5", "2")


def test_invariants_that_are_not_judged_do_not_count() -> None:
    """Nothing can be built in a minute of a dormant plant: whether that is a failure the scenario says."""
    text = 'name = "x"\nstart = "dormant"\nduration = "1m"\n'
    assert perform(parse("x.toml", text)).failed == ["no robot was completed"]
    assert perform(parse("x.toml", text + 'invariants = ["safety"]\n')).passed


# ---- determinism
def test_looking_changes_nothing_and_scans_are_equal() -> None:
    often = perform(plan(FAILING, sample="20ms"), seed=5)
    rarely = perform(plan(FAILING, sample="1m"), seed=5)
    fixed = perform(plan(FAILING), seed=5, fixed=True)
    hashes = {outcome.report["trace_sha256"] for outcome in (often, rarely, fixed)}
    assert len(hashes) == 1
    assert perform(plan(FAILING), seed=6).report["trace_sha256"] not in hashes


# ---- the shipped ones
@pytest.mark.parametrize("name", ["lost_board", "flood_of_alarms"])
def test_a_shipped_scenario_passes(name: str) -> None:
    assert perform(load(name)).failed == []


def test_a_brown_out_tears_a_write_and_loses_no_profile() -> None:
    need_emulator()
    plan = load("brownout_during_eeprom_write")
    assert perform(plan).failed == []
    rig = Performance(plan).rig
    cabinet = next(c for c in rig.cabinets if c.station.number == 5)
    board = cabinet.board
    assert isinstance(board, EmulatedBoard)
    rig.run(180 * SECOND)
    cabinet.configure(rig.now, 16, 25)
    rig.run(rig.now + 60_000)
    board.supply(rig.now, 5000)
    assert board._run(rig.now, rig.now).storing, "the sag of the scenario comes in the middle of the write"


@pytest.mark.nightly
@pytest.mark.timeout(1200)
def test_the_steady_week_passes() -> None:
    assert perform(load("steady_week")).failed == []
