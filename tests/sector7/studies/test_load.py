"""Study files: every mistake is told with file, line and key, and nothing runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from protocols.errors import EmulatorError
from sector7.studies import plant_model
from sector7.studies.load import StudyError, load, parse, shipped
from sector7.studies.plans import base_of, plan_of
from sector7.studies.points import points_of

HEAD = 'name = "t"\nduration = "2h"\n'


def plans(text: str, file: str = "t.toml") -> list[str]:
    source = parse(file, text)
    base = base_of(source)
    points = points_of(source.study)
    found = [plan_of(source, base, point) for point in points]
    plant_model.check(source, plant_model.model_of(source.study), found)
    return [point.label for point in points]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "t"\n', "t.toml:1: needs duration"),
        (HEAD + 'recipy = "x"\n', "t.toml:3: recipy: is no key here; did you mean recipe"),
        (HEAD + 'seed = "1"\n', "t.toml:3: seed: input should be a valid integer, not '1'"),
        (HEAD + 'warmup = "soon"\n', "t.toml:3: warmup: must be a time such as 30m, or 'mser', not 'soon'"),
        (HEAD + 'warmup = "2h"\n', "t.toml:3: warmup: must be shorter than a run (2h)"),
        (HEAD + 'responses = ["rat"]\n', "responses: 'rat' is none (there are robots, rate,"),
        (HEAD + '[replications]\nmin = 5\nmax = 3\nhalf_width = 1.0\n', "t.toml:3: replications: max = 3 is less than"),
        (HEAD + '[replications]\nhalf_width = 1.0\n', "needs max: how many replications at most"),
        (HEAD + '[replications]\nmax = 30\n', "max, step and of go with half_width or relative"),
        (HEAD + '[replications]\nmax=9\nmin=2\nof = "x"\nhalf_width = 1.0\n', "replications.of: 'x' is no response"),
        (HEAD + '[[sweep]]\nkey = "recipe.crews"\nvalues = [1, 1]\n', "t.toml:5: sweep[1].values: must be the value 1"),
        (HEAD + '[[sweep]]\nkey = "crews"\nvalues = [1]\n', "t.toml:3: sweep: 'crews' must begin with recipe. or sc"),
        (HEAD + '[[sweep]]\nkey = "recipe.crewz"\nvalues = [1]\n', "recipe.crewz = 1: crewz: is no key here; did you"),
        (HEAD + '[[sweep]]\nkey = "recipe.crews"\nvalues = [99]\n', "crews: input should be less than or equal to 20"),
        (HEAD + '[[sweep]]\nkey = "recipe.station.13.wear"\nvalues = [1.0]\n', "station.13.wear: there is no '13'"),
        (HEAD + '[[compare]]\nname = "a"\n', "compare needs at least two alternatives"),
        (HEAD + '[[compare]]\nname = "a"\n[[compare]]\nname = "a"\n', "compare: the name 'a' is there twice"),
        (
            HEAD + '[[compare]]\nname = "a"\n[[compare]]\nname = "b"\nset = { "recipe.pallets" = 3 }\n',
            "t.toml:5: compare[2]: with recipe.pallets = 3: burn-in (station 11) moves on only when",
        ),
        (HEAD + 'recipe = "nowhere.toml"\n', "t.toml:3: recipe: nowhere.toml: no such file"),
        (HEAD + 'scenario = "nowhere.toml"\n', "t.toml:3: scenario: nowhere.toml: no such file"),
        (HEAD + '[[response]]\nname = "y"\nvalue = "robts"\n', "response: 'robts': robts is no name; did you mean rob"),
        (HEAD + '[[response]]\nname = "rate"\nvalue = "robots"\n', "response: the name 'rate' is taken"),
        (HEAD + '[[expect]]\nname = "y"\nat_end = "robts > 1"\n', "robts is no name"),
        ("name = ", "t.toml: is not valid TOML"),
    ],
)  # fmt: skip
def test_mistakes(text: str, told: str) -> None:
    with pytest.raises(EmulatorError) as caught:
        plans(text)
    assert told in str(caught.value)
    assert caught.value.exit_code == 2


def test_too_many_runs_are_refused() -> None:
    many = "".join(f'[[sweep]]\nkey = "recipe.station.{n}.wear"\nvalues = {list(range(50))}\n' for n in range(1, 4))
    with pytest.raises(StudyError, match="is 1,250,000 runs"):
        parse("t.toml", HEAD + many)


def test_points_are_every_combination_with_alternatives_side_by_side() -> None:
    text = HEAD + (
        '[[sweep]]\nkey = "recipe.crews"\nvalues = [1, 2]\n'
        '[[sweep]]\nkey = ["recipe.station.2.places", "recipe.station.3.places"]\nvalues = [3, 4]\n'
        '[[compare]]\nname = "a"\n[[compare]]\nname = "b"\nset = { "recipe.pallets" = 20 }\n'
    )
    labels = plans(text)
    assert labels[:3] == [
        "a: crews = 1, station.2.places = 3", "b: crews = 1, station.2.places = 3",
        "a: crews = 1, station.2.places = 4",
    ]  # fmt: skip
    assert len(labels) == 8
    source = parse("t.toml", text)
    last = plan_of(source, base_of(source), points_of(source.study)[-1]).recipe
    assert (last.crews, last.pallets, last.station[1].places, last.station[2].places) == (2, 20, 4, 4)


def test_scenarios_and_recipes_are_looked_for_beside_the_study(tmp_path: Path) -> None:
    recipe = load_text("castle").replace("crews = 1 ", "crews = 3 ")
    (tmp_path / "mine.toml").write_text(recipe)
    (tmp_path / "cut.toml").write_text(
        'name = "cut"\nduration = "9m"\nrecipe = "mine.toml"\n[[timeline]]\nname = "cut"\nat = "1m"\n'
        'do = [{ fault = "link_cut", on = "ST05", for = "1m" }]\n'
    )
    text = (
        'name = "t"\nscenario = "cut.toml"\nwarmup = "0s"\n'
        '[[sweep]]\nkey = "scenario.timeline.cut.do.1.for"\nvalues = ["1m", "2m"]\n'
        '[[expect]]\nname = "some"\nat_end = "robots > 0"\n'
    )
    source = parse(str(tmp_path / "t.toml"), text)
    base = base_of(source)
    found = [plan_of(source, base, point) for point in points_of(source.study)]
    assert [plan.scenario.timeline[0].do[0].for_ for plan in found] == ["1m", "2m"]
    assert {plan.recipe.crews for plan in found} == {3}
    assert found[0].scenario.names == ["some"]


def load_text(recipe: str) -> str:
    from importlib import resources

    return resources.files("sector7").joinpath("recipes", f"{recipe}.toml").read_text("utf-8")


@pytest.mark.parametrize("name", shipped())
def test_what_ships_is_right_and_says_what_it_is_about(name: str) -> None:
    source = load(name)
    assert source.study.about
    base = base_of(source)
    found = [plan_of(source, base, point) for point in points_of(source.study)]
    plant_model.check(source, plant_model.model_of(source.study), found[:1])


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(StudyError, match="not one of the shipped studies"):
        load("nowhere.toml")
