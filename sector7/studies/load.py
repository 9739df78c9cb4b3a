"""Reads study files. Every mistake is found before anything runs, and told with file, line and key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from pydantic import ValidationError

from protocols.errors import EmulatorError
from sector7.scenario.lines import Path as KeyPath
from sector7.scenario.model import Expect
from sector7.studies.study import Alternative, Candidates, Chaos, Measure, Replications, Study, Sweep
from sector7.toml_problems import Problem, Tables, UnreadableError, explain, problem_at, shipped_in, table_of, text_of

#: What the tables of a study are.
TABLES: Final[Tables] = {
    (): Study, ("response",): Measure, ("replications",): Replications, ("sweep",): Sweep, ("compare",): Alternative,
    ("expect",): Expect, ("chaos",): Chaos, ("chaos", "faults"): Candidates,
}  # fmt: skip


class StudyError(EmulatorError):
    """A study file is wrong. The message tells the first mistake; `problems` are all that were found."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        first = problems[0]
        where = f"{file}:{first.line}" if first.line else file
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__("study: " + ": ".join(filter(None, (where, first.key, first.expected))) + more)
        self.file = file
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class StudyFile:
    """A study that was read, and where its parts stand in the file."""

    file: str
    text: str
    study: Study

    def wrong(self, path: KeyPath, expected: str) -> StudyError:
        """The error of a mistake at `path`."""
        return StudyError(self.file, [problem_at(self.text, path, expected)])


def shipped() -> list[str]:
    """The names of the studies that come with sector7."""
    return shipped_in(_folder())


def load(name: str) -> StudyFile:
    """The study of a file, or one that ships with sector7. Raises StudyError."""
    try:
        text = text_of(name, _folder(), "study")
    except UnreadableError as error:
        raise StudyError(name, [Problem(0, "", str(error))]) from None
    return parse(name, text)


def parse(file: str, text: str) -> StudyFile:
    """A study from TOML text; `file` is what errors name, and beside it recipes and scenarios are looked for."""
    try:
        return StudyFile(file, text, Study.model_validate(table_of(text)))
    except UnreadableError as error:
        raise StudyError(file, [Problem(0, "", str(error))]) from None
    except ValidationError as error:
        raise StudyError(file, explain(text, error.errors(), TABLES)) from None


def _folder() -> Traversable:
    return resources.files("sector7.studies").joinpath("shipped")
