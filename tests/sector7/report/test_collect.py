"""Collecting changes nothing in the run, keeps what is asked for, and does not grow with the run."""

from __future__ import annotations

from sector7.masters.values import PlantValues
from sector7.report.collect import Recorder
from sector7.report.evidence import Event, Evidence
from sector7.report.samples import STRETCHES, Samples
from sector7.rig.rig import Rig
from sector7.scenario.load import load, parse
from sector7.scenario.names import Names
from sector7.scenario.run import perform
from sector7.simulate import simulate
from tests.sector7.lines import HOUR, MINUTE, SECOND, busy, small

E_STOP = """\
name = "halt"
duration = "15m"

[[timeline]]
name = "halt"
at = "5m"
do = [{ e_stop = "press" }]

[[expect]]
name = "somebody works"
always = "executing > 0"
since = "1m"
"""


def test_a_collected_run_is_the_same_run() -> None:
    plain, collected = simulate(busy(), 7, 2 * HOUR), simulate(busy(), 7, 2 * HOUR, collect=True)
    assert collected.report["trace_sha256"] == plain.report["trace_sha256"]
    assert collected.failed == plain.failed
    assert plain.collected is None
    same = plain.report.keys() - {"wall_s", "speed"}
    assert {key: collected.report[key] for key in same} == {key: plain.report[key] for key in same}
    assert collected.report.keys() - plain.report.keys() == {"losses", "bottleneck"}


def test_a_collected_scenario_is_the_same_scenario() -> None:
    plain, collected = perform(load("lost_board")), perform(load("lost_board"), collect=True)
    assert collected.report["trace_sha256"] == plain.report["trace_sha256"]
    assert collected.failed == plain.failed


def test_what_happened_around_the_first_failure_is_kept() -> None:
    outcome = perform(parse("halt.toml", E_STOP), collect=True)
    assert outcome.collected is not None
    evidence = outcome.collected.evidence
    assert evidence.at_us is not None
    assert evidence.at_us == round(outcome.report["expectations"][0]["first_failure_s"] * 1e6)
    events = {(event.who, event.what) for event in evidence.events if event.at_us <= evidence.at_us}
    assert ("Line", "emergency stop pressed") in events
    assert ("ST03", "Aborted, Safety chain open") in events
    times, values = evidence.trend("executing")
    assert values[times.index(evidence.at_us)] == 0 < values[times.index(evidence.at_us) - 10]
    assert [outage.name for outage in outcome.collected.outages] == ["emergency stop pressed"]
    assert outcome.first_failure[1] == ("executing",)
    alarms = outcome.collected.alarms
    assert alarms[0].first_out
    assert len(alarms) == outcome.report["alarms"]["total"]


def test_buffers_and_energy_are_looked_at_to_the_end() -> None:
    rig = Rig(small(), 1)
    recorder = Recorder(rig, 30 * MINUTE, Names(rig, PlantValues(rig, 0)))
    while rig.now < 30 * MINUTE:
        rig.run(min(recorder.due_us, 30 * MINUTE))
        recorder.look(rig.now, failed=False)
    samples = recorder.finish(failed=False).samples
    assert samples.ends_us[-1] == 30 * MINUTE
    assert samples.most("robots")[-1] == rig.plant.ledger.completed
    energy = samples.most("total.energy")
    assert energy == sorted(energy)
    assert 0 <= min(samples.least("ST05.infeed")) <= max(samples.most("ST05.infeed")) <= 2


def test_samples_do_not_grow_with_the_run() -> None:
    month = 30 * 24 * HOUR
    samples = Samples(month, ["x"])
    now = looks = 0
    while now < month:
        now = min(month, samples.due_us)
        samples.add(now, [float(now)])
        looks += 1
    assert looks == month // (300 * SECOND)
    assert len(samples.ends_us) == STRETCHES
    assert samples.most("x") == [float(end) for end in samples.ends_us]
    for index, mean in enumerate(samples.mean("x")):
        assert samples.least("x")[index] <= mean <= samples.most("x")[index]


def test_evidence_does_not_grow_with_the_run() -> None:
    evidence = Evidence({"x": lambda: 1})
    for now in range(5000):
        evidence.sample(now)
        evidence.note(Event(now, "Line", "something"))
    evidence.fix(4999)
    evidence.fix(6000)
    for now in range(5000, 9000):
        evidence.sample(now)
        evidence.note(Event(now, "Line", "something"))
    times, values = evidence.trend("x")
    assert evidence.at_us == 4999
    assert times[0] < 4999 < times[-1]
    assert len(times) == len(values) < 1500
    assert len(evidence.events) < 150
