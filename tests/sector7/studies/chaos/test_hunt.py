"""A planted two-fault bug in a recipe is found on the plant, shrunk to exactly these two, and written as a scenario."""

from __future__ import annotations

import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sector7.scenario.load import load as load_scenario
from sector7.scenario.run import perform
from sector7.studies.chaos.hunt import Catch, Hunt
from sector7.studies.chaos.scenario_file import render, toml
from sector7.studies.load import StudyError, StudyFile, load
from sector7.studies.runner import Runner
from sector7.studies.store import Store
from tests.sector7.command_line import Command
from tests.sector7.studies.stub_model import Inline

#: The line of the planted bug: four stations, no generator, and a battery that carries the boards for a minute.
#: A cut of the mains alone, or one station's trouble alone, is survived.
RECIPE = """
name = "short of breath"
pallets = 6
[power]
generator = false
battery_wh = 6.7
[[station]]
number = 1
places = 6
[[station]]
number = 2
[[station]]
number = 3
[[station]]
number = 12
"""

STUDY = """
name = "breath"
recipe = "line.toml"
duration = "200s"
seed = 4

[[expect]]
name = "boards keep their supply"
never = "Line.ControlVoltage < 10"
since = "2m"

[chaos]
runs = 120
most = 8

[[chaos.faults]]
kinds = ["utility_loss"]
on = ["mains"]
at = ["1m", "2m"]
for = "40s"

[[chaos.faults]]
kinds = ["utility_loss"]
on = ["air", "oil"]
at = ["1m", "2m"]
for = "1m"

[[chaos.faults]]
kinds = ["link_cut", "minor_stop"]
on = ["ST*"]
at = ["70s", "2m"]
for = "30s"

[[chaos.faults]]
kinds = ["jammed"]
on = ["ST02.*"]
at = ["90s"]
for = "30s"
"""


def study_in(tmp_path: Path) -> Path:
    (tmp_path / "line.toml").write_text(RECIPE)
    path = tmp_path / "breath.toml"
    path.write_text(STUDY)
    return path


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return study_in(tmp_path)


@pytest.fixture(scope="module")
def caught(tmp_path_factory: pytest.TempPathFactory) -> tuple[StudyFile, Hunt, Catch]:
    """The search, done once."""
    source = load(str(study_in(tmp_path_factory.mktemp("hunt"))))
    with Store(Path(source.file).with_name("known.db")) as store:
        hunted, catch = hunt(source, store)
    assert catch is not None
    return source, hunted, catch


def hunt(source: StudyFile, store: Store | None = None) -> tuple[Hunt, Catch | None]:
    hunted = Hunt(source)
    with Runner(Inline(), store if store is not None else Store(None)) as runner:
        return hunted, hunted.run(runner)


def test_the_planted_pair_is_found_and_nothing_else(caught: tuple[StudyFile, Hunt, Catch]) -> None:
    _, hunted, catch = caught
    assert [(each.kind, each.on, each.at_us, each.lasts_us) for each in catch.strikes] == [
        ("utility_loss", "mains", 60_000_000, 40_000_000),
        ("utility_loss", "mains", 120_000_000, 40_000_000),
    ]
    assert catch.expectation == "boards keep their supply"
    assert catch.singles
    assert len(hunted.candidates) == 25


def test_what_is_written_fails_by_the_same_expectation(caught: tuple[StudyFile, Hunt, Catch], tmp_path: Path) -> None:
    source, _, catch = caught
    out = Path(source.file).parent / "deeper" / "found.toml"
    out.parent.mkdir()
    out.write_text(render(catch, source.study.name, source.file, out))
    plan = load_scenario(str(out))
    assert plan.scenario.recipe == "../line.toml"
    assert plan.recipe.name == "short of breath"
    outcome = perform(plan)
    assert [text.split(": ")[1] for text in outcome.failed] == [catch.expectation]
    assert outcome.failed[0].startswith(f"at {catch.at_s:.2f} s")
    # without either of them it holds
    for number in range(2):
        timeline = [entry for i, entry in enumerate(plan.scenario.timeline) if i != number]
        less = plan.scenario.model_copy(update={"timeline": timeline})
        assert perform(type(plan)(plan.file, plan.text, less, plan.recipe)).passed


def test_the_command_writes_it_ends_with_1_and_goes_on(
    caught: tuple[StudyFile, Hunt, Catch], tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, hunted, _ = caught
    monkeypatch.chdir(tmp_path)
    done = command("study", source.file, "--check")
    assert done.code == 0
    assert done.out == f"{source.file}: ok ({len(hunted.candidates)} candidate faults, about 120 runs)\n"
    results = Path(source.file).with_name("known.db")
    with closing(sqlite3.connect(results)) as connection:
        count = "SELECT count(*) FROM result"
        known = connection.execute(count).fetchone()
        done = command("study", source.file, "--results", str(results))
        assert connection.execute(count).fetchone() == known  # nothing is run again
    assert done.code == 1, done.err
    assert "✘ 'boards keep their supply' breaks at" in done.out
    assert "by 2 faults:\n  utility_loss of mains at 1m for 40s\n  utility_loss of mains at 2m for 40s\n" in done.out
    assert command("simulate", "breath.found.toml").code == 1


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"link_cut"', '"link_cutt"', "breath.toml:29: chaos.faults[3].kinds: 'link_cutt' is no fault; did you mean"),
        ('"link_cut"', '"swapped"', "swapped needs two inputs"),
        ('["air", "oil"]', '["aire"]', "breath.toml:24: chaos.faults[2].on: 'aire' is nothing here; did you mean air"),
        ('["air", "oil"]', '["ST02"]', "utility_loss strikes a supply"),
        ('at = ["90s"]', 'at = ["9m"]', "chaos.faults[4].at: 9m is not before the end of a run (3m20s)"),
        ('at = ["90s"]', 'at = ["90s"]\nparameters = { x = 1.0 }', "'x' is a parameter of none of jammed"),
        ('"Line.ControlVoltage < 10"', '"time > 150"', "fails without any fault"),
        ("[chaos]", 'responses = ["rate"]\n[chaos]', "a chaos search takes no sweep, compare or responses"),
    ],
)  # fmt: skip
def test_mistakes_are_told(study: Path, before: str, after: str, told: str) -> None:
    text = study.read_text()
    assert before in text
    if "responses" in after:
        text = text.replace("seed = 4", 'seed = 4\nresponses = ["rate"]')
    else:
        text = text.replace(before, after)
    study.write_text(text)
    with pytest.raises(StudyError) as caught:
        hunt(load(str(study)))
    assert told in str(caught.value)


NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f"), min_size=1, max_size=8)
SCALARS = st.one_of(
    st.booleans(), st.integers(-(2**62), 2**62), st.floats(allow_nan=False, allow_infinity=False), NAMES
)
KEYS = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
INLINE = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=6
)


@given(
    plain=st.dictionaries(KEYS, SCALARS, max_size=4),
    rows=st.lists(st.dictionaries(KEYS, INLINE, min_size=1, max_size=3), min_size=1, max_size=3),
)
def test_what_is_written_is_read_back(plain: dict[str, object], rows: list[dict[str, object]]) -> None:
    data = {**plain, "rows": rows}
    assert tomllib.loads(toml(data)) == data
