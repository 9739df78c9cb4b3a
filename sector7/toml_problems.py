"""Reading TOML files that people write: the text, the table in it, and every mistake with line and key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from sector7.faults.fault import suggest
from sector7.scenario.lines import Path as KeyPath
from sector7.scenario.lines import line_of

#: The model of each table by the names that lead there: `("timeline", "do")` are the rows of `do` in `[[timeline]]`.
Tables = Mapping[tuple[str, ...], type[BaseModel]]


class UnreadableError(Exception):
    """A file that is not there, or is no TOML: what was expected instead."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where, and what was expected there."""

    line: int
    key: str
    expected: str


def shipped_in(folder: Traversable) -> list[str]:
    """The names of the TOML files that come with sector7 in `folder`."""
    return sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))


def text_of(name: str, folder: Traversable, what: str) -> str:
    """The text of the shipped file `name`, or of that file. `what` it is, for errors: "scenario".

    Raises UnreadableError.
    """
    known = shipped_in(folder)
    if name in known:
        return folder.joinpath(f"{name}.toml").read_text("utf-8")
    try:
        return Path(name).read_text("utf-8-sig")
    except FileNotFoundError:
        kinds = {"study": "studies"}.get(what, f"{what}s")
        raise UnreadableError(f"no such file, and not one of the shipped {kinds} ({', '.join(known)})") from None
    except UnicodeDecodeError:
        raise UnreadableError(f"is no text file: a {what} is TOML in UTF-8") from None
    except (OSError, ValueError) as error:
        raise UnreadableError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None


def table_of(text: str) -> dict[str, Any]:
    """The table that a TOML text is. Raises UnreadableError."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError(f"is not valid TOML: {error}") from None
    except RecursionError:
        raise UnreadableError("is not valid TOML: nested too deeply") from None


def key_of(path: KeyPath) -> str:
    """`timeline[2].do[1].on`: counted from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def problem_at(text: str, path: KeyPath, expected: str) -> Problem:
    """A mistake at `path`."""
    return Problem(line_of(text, path), key_of(path), expected)


def explain(text: str, errors: Sequence[ErrorDetails], tables: Tables) -> list[Problem]:
    """What pydantic found, in words. Unknown keys first: they often explain what is missing."""
    ordered = sorted(errors, key=lambda e: e["type"] != "extra_forbidden")
    return [problem_at(text, error["loc"], expectation(error, tables)) for error in ordered]


def expectation(error: ErrorDetails, tables: Tables) -> str:
    """What was expected at the place of one mistake."""
    kind, got = error["type"], repr(error["input"])
    path = error["loc"]
    if kind == "extra_forbidden":
        names = tuple(part for part in path[:-1] if isinstance(part, str))
        fields = tables[names if names in tables else ()].model_fields
        return "is no key here" + suggest(str(path[-1]), [field.alias or name for name, field in fields.items()])
    if kind == "missing":
        return "must be given"
    message = " ".join(error["msg"].removeprefix("Value error, ").split())
    if kind == "value_error":
        return message if isinstance(error["input"], dict) else f"must be {message}, not {got:.40}"
    return f"{message[0].lower()}{message[1:]}, not {got:.40}"
