"""Degraded modes in a scenario: asked for as an operator does, checked before anything runs."""

from __future__ import annotations

import pytest

from sector7.scenario.load import ScenarioError, parse
from sector7.scenario.run import Performance, perform

STORY = """
name = "hands"
duration = "40m"

[[timeline]]
at = "5m"
do = [{ command = "Stop", to = "ST05" }]

[[timeline]]
at = "5m5s"
do = [{ degrade = "Manual", to = "ST05" }]

[[timeline]]
name = "back"
at = "20m"
do = [{ degrade = "Normal", to = "ST05" }]

[[expect]]
name = "by hand"
within = "4m"
when = "Line.DegradeTaken == 1"
that = "ST05.DegradedPhase == 2 and ST05.DegradedMode == 2"

[[expect]]
name = "by itself again"
within = "5m"
of = "back"
that = "ST05.StateCurrent == Execute and not Line.Degraded"
"""


def test_a_station_is_worked_by_hand_for_a_while() -> None:
    outcome = perform(parse("hands.toml", STORY))
    assert outcome.failed == []


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ('{ degrade = "Manuel", to = "ST05" }', "must be one of Normal, Bypass, Manual"),
        ('{ degrade = "Manual" }', "degrade needs to"),
        ('{ degrade = "Manual", to = "ST11" }', "Manual is not possible at ST11"),
        ('{ degrade = "Manual", to = "ST55" }', "is no station here"),
        ('{ degrade = "Cannibalise", to = "ST05" }', "Cannibalise needs it"),
        ('{ degrade = "Cannibalise", to = "ST05", donor = "ST99" }', "timeline[1].do[1].donor"),
    ],
)
def test_what_cannot_be_asked_is_told_before_it_runs(action: str, said: str) -> None:
    text = f'name = "x"\nduration = "1m"\n[[timeline]]\nat = "1s"\ndo = [{action}]\n'
    with pytest.raises(ScenarioError) as caught:
        Performance(parse("x.toml", text))
    assert said in str(caught.value)
