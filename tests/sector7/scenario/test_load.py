"""Scenario files: what is wrong with one is told with line and key, everything at once, before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sector7.scenario.lines import line_of
from sector7.scenario.load import ScenarioError, load, parse, shipped
from sector7.scenario.run import Performance
from sector7.times import microseconds, told
from tests.hil.toolbox import need_emulator

GOOD = """\
name = "test"
duration = "10m"

[[timeline]]
name = "strike"
at = "1m"
do = [
  { fault = "stuck_on", on = "ST05.clamped", for = "5s" },
  { command = "Hold", to = "ST03" },
]

[[timeline]]
when = "ST03.StateCurrent == Held"
every = "2m"
times = 3
do = [{ command = "Unhold", to = "ST03" }, { set = "ST05.joint_force_sp", value = 16.5 }]

[[expect]]
name = "held"
within = "10s"
of = "strike"
that = "ST03.StateCurrent == Held"
"""


def problems(text: str) -> list[tuple[int, str, str]]:
    """Line, key and text of every mistake."""
    with pytest.raises(ScenarioError) as caught:
        Performance(parse("it.toml", text))
    return [(p.line, p.key, p.expected) for p in caught.value.problems]


def changed(old: str, new: str) -> list[tuple[int, str, str]]:
    assert GOOD.count(old) >= 1
    return problems(GOOD.replace(old, new, 1))


def test_a_good_one_is_good() -> None:
    performance = Performance(parse("it.toml", GOOD))
    assert [moment.label for moment in performance.moments] == ["strike", "timeline[2]"]


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "said"),
    [
        ('duration = "10m"', 'duration = "ten"', 2, "duration", "a time above zero"),
        ('duration = "10m"', 'duration = "0s"', 2, "duration", "a time above zero"),
        ('duration = "10m"', "duration = 600", 2, "duration", "string"),
        ('duration = "10m"', 'lasts = "10m"', 2, "lasts", "is no key here"),
        ('at = "1m"', 'att = "1m"', 6, "timeline[1].att", "did you mean at"),
        ('at = "1m"', 'at = "11m"', 1, "", "is not before the end"),
        ('at = "1m"', "", 4, "timeline[1]", "needs at or when"),
        ('for = "5s"', 'for = "5x"', 8, "timeline[1].do[1].for", "a time above zero"),
        ("stuck_on", "stuck", 8, "timeline[1].do[1].fault", "did you mean stuck_o"),
        ("ST05.clamped", "ST05.clamp", 8, "timeline[1].do[1].on", "did you mean ST05.clamped"),
        ("ST05.clamped", "ST25.clamped", 8, "timeline[1].do[1].on", "no such station"),
        ('to = "ST03" },\n', 'to = "ST33" },\n', 9, "timeline[1].do[2].to", "neither Line nor a station"),
        ('"Hold"', '"Hald"', 9, "timeline[1].do[2]", "command must be one of"),
        ('command = "Hold", to', "to", 9, "timeline[1].do[2]", "exactly one of fault, clear"),
        ("ST03.StateCurrent ==", "ST03.StateCurrant ==", 13, "timeline[2].when", "did you mean ST03.StateCurrent"),
        ("times = 3", "times = 0", 15, "timeline[2].times", "greater than or equal to 1"),
        ('every = "2m"', "", 12, "timeline[2]", "times needs every"),
        ("value = 16.5", "value = 99", 16, "timeline[2].do[2].value", "takes"),
        ("ST05.joint_force_sp", "ST05.OEE", 16, "timeline[2].do[2].set", "no master may write it"),
        ("ST05.joint_force_sp", "ST05.joint_farce_sp", 16, "timeline[2].do[2].set", "did you mean ST05.joint_force_sp"),
        ('duration = "10m"', 'duration = "10m"\nboards = { ST55 = "emulated" }', 3, "boards.ST55", "is no station"),
        ('command = "Hold", to', "value = 20, configure", 9, "timeline[1].do[2].configure", "no EEPROM"),
        ('of = "strike"', 'of = "strick"', 21, "expect[1].of", "is no name in the timeline"),
        ('that = "ST03', 'that = "ST03 +* 2', 22, "expect[1].that", "is no expression"),
        ('within = "10s"', 'always = "true"', 18, "expect[1]", "does not go with always"),
        ('within = "10s"', 'always = "true"\nwithin = "10s"', 18, "expect[1]", "exactly one of at_end"),
    ],
)
def test_a_mistake_is_told_where_it_stands(old: str, new: str, line: int, key: str, said: str) -> None:
    first = changed(old, new)[0]
    assert first[:2] == (line, key)
    assert said in first[2]


def test_all_mistakes_are_told_in_their_order() -> None:
    text = GOOD.replace("stuck_on", "stuck").replace('to = "ST03" },\n', 'to = "ST33" },\n').replace("16.5", "99")
    assert [line for line, _, _ in problems(text)] == [8, 9, 16]


def test_the_message_is_one_line() -> None:
    with pytest.raises(ScenarioError) as caught:
        Performance(parse("it.toml", GOOD.replace("stuck_on", "stuck").replace("16.5", "99")))
    message = str(caught.value)
    assert message.startswith("it.toml:8: timeline[1].do[1].fault: fault 'stuck': is no kind of fault; did you mean")
    assert message.endswith("(and 1 more: sector7 scenario check)")
    assert "\n" not in message


def test_broken_toml_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"it.toml: is not valid TOML: .*line 2"):
        parse("it.toml", "name = 'x'\nduration 5")
    with pytest.raises(ScenarioError, match="not one of the shipped scenarios"):
        load(str(tmp_path / "no.toml"))
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScenarioError, match="is no text file"):
        load(str(tmp_path / "bytes.toml"))


def test_a_recipe_beside_the_file_is_found(tmp_path: Path) -> None:
    recipe = 'name = "mine"\npallets = 6\n[[station]]\nnumber = 1\nplaces = 6\n[[station]]\nnumber = 12\n'
    (tmp_path / "mine.toml").write_text(recipe)
    (tmp_path / "it.toml").write_text('name = "x"\nduration = "1m"\nrecipe = "mine.toml"\nstart = "dormant"\n')
    plan = load(str(tmp_path / "it.toml"))
    assert (plan.recipe.name, plan.recipe.start) == ("mine", "dormant")


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_scenario_is_right(name: str) -> None:
    plan = load(name)
    assert plan.scenario.name == name
    assert plan.scenario.about
    if plan.scenario.boards:
        need_emulator()
    Performance(plan)


def test_the_folder_at_the_top_is_the_one_that_ships() -> None:
    top = Path(__file__).resolve().parents[3] / "scenarios"
    assert {path.stem for path in top.glob("*.toml")} == set(shipped())


def test_lines_of_nested_values() -> None:
    text = 'a = 1\n[t]\n"b c" = [\n  { x = 1 }, # { y = 2 }\n\n  { x = "}", z = [1, 2] },\n]\n[[u]]\n[[u]]\nq = 2\n'
    assert line_of(text, ("a",)) == 1
    assert line_of(text, ("t", "b c", 0, "x")) == 4
    assert line_of(text, ("t", "b c", 1, "z")) == 6
    assert line_of(text, ("u", 1, "q")) == 10
    assert line_of(text, ("u", 1, "missing")) == 9
    assert line_of(text, ("nowhere",)) == 1


@pytest.mark.parametrize(
    ("text", "us"),
    [("90s", 90_000_000), ("1h30m", 5_400_000_000), ("250ms", 250_000), ("7", 7_000_000), ("0.5s", 500_000), ("0", 0)],
)
def test_times(text: str, us: int) -> None:
    assert microseconds(text) == us


@pytest.mark.parametrize("text", ["", "x", "5x", "1h-3m", "-5s", " 5s", "367d", "1e3s"])
def test_no_times(text: str) -> None:
    assert microseconds(text) is None


def test_times_as_people_read_them() -> None:
    assert [told(us) for us in (3_500_000, 62_000_000, 3_723_000_000)] == ["3.5 s", "1 min 02 s", "1 h 02 min 03 s"]
