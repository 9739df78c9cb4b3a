"""Exercises: the timeline on a paced plant, faults that nobody is told of, and what the trainee's words bring about."""

from __future__ import annotations

import asyncio
import json
from typing import Final

import pytest

from protocols.alarms.alarm import AlarmState
from protocols.errors import Refusal
from protocols.faults.kinds import BY_KIND
from protocols.tags.fault_map import ACTIVE_FILE, PAST_FILE
from protocols.tags.training_map import Submission
from sector7.masters.bulk import PlantFiles
from sector7.masters.values import PlantValues
from sector7.rig import checkpoint
from sector7.rig.rig import Rig
from sector7.scenario.load import Plan, load, parse
from sector7.scenario.run import Performance
from sector7.serve import PlantService
from sector7.training.exercise import OVER, REPAIR_US, RUNNING
from sector7.training.report import data, render
from sector7.training.session import Exercise
from tests.sector7.lines import MINUTE, SECOND

TEXT: Final = """
name = "drill"
hidden = true
seed = 4
duration = "25m"

[[timeline]]
at = "2m"
do = [{ fault = "jammed", on = "ST05.nutrunner", why = "a bolt in its gear" }]

[[timeline]]
when = "robots >= 3"
do = [{ fault = "board_reset", on = "ST09" }, { set = "ST02.hold_time_sp", value = 2.0 }]

[[timeline]]
at = "4m30.257s"
do = [{ fault = "stuck_off", on = "ST07.lift_up", for = "1m" }]
"""


def drill() -> Plan:
    return parse("drill.toml", TEXT)


def submit(rig: Rig, station: int, kind: str = "", at_us: int = 0) -> None:
    """What `sector7 diagnose` writes."""
    request = "Line.DiagnosisChangeRequest" if kind else "Line.FoundChangeRequest"
    rig.request(request, 0, at_us)
    rig.request("Line.DiagnosisStation", station, at_us)
    if kind:
        rig.request("Line.DiagnosisKind", BY_KIND[kind].code, at_us)
    rig.request(request, 1, at_us)


def play(exercise: Exercise, until_us: int) -> None:
    """What the pacemaker does, without a clock."""
    performance = exercise.performance
    performance.look()
    while exercise.rig.now < until_us:
        exercise.rig.run(min(performance.due_us, until_us))
        performance.look()


def test_a_paced_plant_tells_the_same_story_as_a_fast_one() -> None:
    plan = drill()
    fast = Performance(plan)
    fast.run()
    paced = Exercise(plan, None)
    service = PlantService(paced.rig, "127.0.0.1", 0, 1000.0, 1, scenario=paced.performance)
    asyncio.run(service.pacemaker.run(plan.scenario.duration_us))
    assert paced.rig.trace.sha256() == fast.rig.trace.sha256()
    assert paced.performance.happened == fast.happened
    assert len(fast.happened) == 3
    assert paced.training.state == OVER


def test_nothing_tells_of_a_hidden_fault_before_the_exercise_is_over() -> None:
    exercise = Exercise(drill(), None)
    rig, values, files = exercise.rig, PlantValues(exercise.rig, 1), PlantFiles(exercise.rig)
    plain = Rig(drill().recipe, 4)
    marks = [name for name in PlantValues(plain, 1).values(1) if "Inject" in name]
    assert len(marks) > 40
    for minute in range(1, 25):
        play(exercise, minute * MINUTE)
        seen = values.values(1)
        assert not any(seen[name] for name in marks), minute
        for file in (ACTIVE_FILE, PAST_FILE):
            words = files.read(file, 0, 2)
            assert words is not None
            assert words[0] == 0
        assert (seen["Line.TrainingState"], seen["Line.TrainingScore"]) == (RUNNING, 0)
    assert [record.active for record in rig.faults.records] == [True, False, False]
    # an engineer cannot look for it with the other end of the stick
    for name, raw in (("Line.FaultNumber", 0), ("Line.FaultClearRequest", 1)):
        rig.request(name, raw)
    rig.run(rig.now + SECOND)
    assert rig.faults.records[0].active
    play(exercise, 25 * MINUTE)
    seen = values.values(1)
    assert (seen["Line.TrainingState"], seen["Line.InjectionsTotal"]) == (OVER, 3)
    words = files.read(PAST_FILE, 0, 2)
    assert words is not None
    assert words[0] == 2


def test_a_right_diagnosis_sends_the_crew_and_the_sheet_tells_how_it_went() -> None:
    exercise = Exercise(drill(), None)
    rig, training = exercise.rig, exercise.training
    play(exercise, 4 * MINUTE)
    submit(rig, 5, "slow")
    submit(rig, 3, "jammed", rig.now + SECOND)
    play(exercise, 5 * MINUTE)
    assert rig.faults.records[0].active
    submit(rig, 5, "jammed")
    play(exercise, rig.now + 20_000)
    named = training.diagnoses[-1][0]
    play(exercise, 6 * MINUTE)
    submit(rig, 7)
    play(exercise, 25 * MINUTE)
    first, second, third = rig.faults.records
    assert first.ended_us == named + REPAIR_US
    assert first.ended_by == "a crew, after the diagnosis"
    assert training.recovered[first.number] > first.ended_us
    sheet = data(exercise)
    rows = {row["kind"]: row for row in sheet["faults"]}
    assert rows["jammed"]["diagnosis"] == "right"
    assert rows["jammed"]["detection_s"] <= 121
    assert rows["board_reset"]["diagnosis"] == "wrong" or rows["board_reset"]["since_s"] > named / 1e6
    assert rows["stuck_off"]["detection_s"] == pytest.approx(6 * 60 - third.since_us / 1e6, abs=1)
    assert [(row["station"], row["kind"]) for row in sheet["false_diagnoses"]] == [(3, "jammed")]
    assert sheet["complete"]
    assert not second.hidden  # and now everything may be known
    text = render(json.loads(json.dumps(sheet)))
    assert "false diagnosis" in text
    assert text.endswith(f"total {sheet['total']:.0f} of 100\n")


def test_the_first_acknowledged_alarm_of_the_station_is_the_detection() -> None:
    exercise = Exercise(drill(), None)
    rig = exercise.rig
    waiting: list[int] = []
    while not waiting:
        play(exercise, rig.now + 10 * SECOND)
        waiting = [n for n, p in rig.alarms.points.items() if n // 100 == 5 and p.state == AlarmState.UNACKNOWLEDGED]
        assert rig.now < 20 * MINUTE
    at = rig.now
    for name, raw in (("Command", 1), ("Number", waiting[0]), ("ChangeRequest", 1)):
        rig.request(f"Line.Alarm{name}", raw)
    play(exercise, at + 3 * SECOND)
    assert [station for _, station in exercise.training.notices] == [5]
    (row,) = [row for row in data(exercise)["faults"] if row["kind"] == "jammed"]
    assert row["detection_s"] == pytest.approx((at - 2 * MINUTE) / 1e6, abs=2)


def test_something_in_the_place_of_the_machine_counts_as_recovery() -> None:
    exercise = Exercise(drill(), None)
    rig = exercise.rig
    play(exercise, 4 * MINUTE)
    for name, raw in (("ST05.CntrlCmd", 3), ("ST05.CmdChangeRequest", 1)):
        rig.request(name, raw)
    play(exercise, rig.now + 5 * SECOND)
    for name, raw in (("Station", 5), ("Mode", 2), ("ChangeRequest", 1)):
        rig.request(f"Line.Degrade{name}", raw)
    play(exercise, 10 * MINUTE)
    assert rig.faults.records[0].active
    assert exercise.training.recovered[1] == pytest.approx(rig.now - 175 * SECOND, abs=5 * SECOND)


def test_a_submission_without_an_exercise_is_refused_and_so_is_one_too_many() -> None:
    rig = Rig(drill().recipe, 4)
    submit(rig, 5, "jammed")
    rig.run(SECOND)
    assert rig.training.result == Submission.NO_EXERCISE
    assert rig.training.diagnoses == []
    rig.training.begin(MINUTE)
    for second in range(1, 203):
        submit(rig, 5, at_us=rig.now)
        rig.run(rig.now + 20_000)
        assert rig.training.result == (Submission.TAKEN if second <= 200 else Submission.TOO_MANY)
    rig.request("Line.DiagnosisKind", 998)
    rig.request("Line.DiagnosisChangeRequest", 0)
    rig.request("Line.DiagnosisChangeRequest", 1)
    rig.run(rig.now + 20_000)
    assert rig.training.result == Submission.UNKNOWN_KIND


def test_what_a_trainee_submitted_survives_a_checkpoint() -> None:
    exercise = Exercise(drill(), None)
    play(exercise, 4 * MINUTE)
    submit(exercise.rig, 5, "jammed")
    play(exercise, 5 * MINUTE)
    restored = checkpoint.load(json.loads(json.dumps(checkpoint.save(exercise.rig))))
    assert restored.training.diagnoses == exercise.training.diagnoses
    assert restored.faults.exercise
    for rig in (exercise.rig, restored):
        rig.run(10 * MINUTE)
    assert restored.trace.sha256() == exercise.rig.trace.sha256()
    assert not restored.faults.records[0].active


def test_a_scenario_that_tells_its_faults_is_no_exercise() -> None:
    with pytest.raises(Refusal, match="hidden = true"):
        Exercise(load("lost_board"), None)
