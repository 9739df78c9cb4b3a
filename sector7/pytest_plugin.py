"""The pytest plugin: fixtures `line`, `station` and `board`, marker `sector7`, option `--target`.

Importing it imports nothing but pytest: a run that uses none of this pays nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import pytest

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sector7.testing.board import BoardUnderTest
    from sector7.testing.line import LineUnderTest, StationUnderTest

Thing = TypeVar("Thing")
_MARKER = "sector7(station=5, recipe='castle', seed=0): what the fixtures line, station and board are made of"
_KEYS = ("station", "recipe", "seed")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a test asks for."""

    target: str
    station: int | None
    recipe: str
    seed: int

    def needed_station(self, fixture: str) -> int:
        """The station's number, which these fixtures cannot do without."""
        if self.station is None:
            _give_up(f"the fixture {fixture!r} needs a station: say @pytest.mark.sector7(station=5)")
        return self.station


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option and the ini keys."""
    parser.getgroup("sector7", "sector7 boards and lines").addoption(
        "--target",
        metavar="TARGET",
        help="board that the fixtures station and board get: simulated (default), emulated, "
        "a serial port such as /dev/ttyACM0, or socket://HOST:PORT",
    )
    parser.addini("sector7_target", "target where --target says nothing", default="simulated")
    parser.addini("sector7_recipe", "recipe of the line: a shipped one or a file", default="castle")
    parser.addini("sector7_seed", "seed of the line", default="0")


def pytest_configure(config: pytest.Config) -> None:
    """The marker; a target that cannot be one ends the run at once."""
    config.addinivalue_line("markers", _MARKER)
    target = config.getoption("--target")
    if target and not _possible(target):
        raise pytest.UsageError(
            f"--target: {target!r} is not simulated, emulated, a serial port such as /dev/ttyACM0, or socket://HOST:PORT"
        )


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say which board is meant, if somebody said so."""
    target = config.getoption("--target")
    return f"sector7: target {target}" if target else None


@pytest.fixture
def line(_sector7_wish: Wish) -> Iterator[LineUnderTest]:
    """A whole line on plant time: run, read, write, command, expect."""
    from sector7.testing.fitting import fitted_line

    wish = _sector7_wish
    yield from _kept(fitted_line(wish.target, wish.recipe, wish.seed, wish.station))


@pytest.fixture
def station(_sector7_wish: Wish, line: LineUnderTest) -> StationUnderTest:
    """The marked station of the line, with a board of the target's kind."""
    return line.station(_sector7_wish.needed_station("station"))


@pytest.fixture
def board(_sector7_wish: Wish) -> Iterator[BoardUnderTest]:
    """The marked station's board alone on the bench, of the target's kind."""
    from sector7.testing.fitting import fitted_board

    yield from _kept(fitted_board(_sector7_wish.target, _sector7_wish.needed_station("board")))


@pytest.fixture
def _sector7_wish(request: pytest.FixtureRequest) -> Wish:
    """The markers from the outermost to the innermost, on top of option and ini file."""
    config = request.config
    chosen: dict[str, Any] = {"recipe": config.getini("sector7_recipe"), "seed": config.getini("sector7_seed")}
    for marker in reversed(list(request.node.iter_markers("sector7"))):
        unknown = [*map(repr, marker.args), *(key for key in marker.kwargs if key not in _KEYS)]
        if unknown:
            _give_up(f"@pytest.mark.sector7 takes {', '.join(f'{key}=' for key in _KEYS)} not {', '.join(unknown)}")
        chosen |= marker.kwargs
    number = chosen.get("station")
    if number is not None and not isinstance(number, int):
        _give_up(f"@pytest.mark.sector7: station={number!r} is not a number")
    if not str(chosen["seed"]).isdigit():
        _give_up(f"seed {chosen['seed']!r} is not a number from 0 on")
    target = config.getoption("--target") or config.getini("sector7_target")
    return Wish(target, number, str(chosen["recipe"]), int(chosen["seed"]))


def _kept(made: AbstractContextManager[Thing]) -> Iterator[Thing]:
    """Enter; what stands in the way of a board or a line is told in one line."""
    from protocols.errors import EmulatorError

    with ExitStack() as stack:
        why, things = "", []
        try:
            things.append(stack.enter_context(made))
        except EmulatorError as error:
            why = str(error)
        if why:
            _give_up(why)
        yield things[0]


def _give_up(why: str) -> NoReturn:
    pytest.fail(f"sector7: {why}", pytrace=False)


def _possible(target: str) -> bool:
    return target in ("simulated", "emulated") or "/" in target or target[:3].upper() == "COM"
