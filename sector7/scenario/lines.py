"""On which line of a TOML text a key stands: the parser does not say, and people want to know."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

Path = tuple[int | str, ...]

_HEADER: Final = re.compile(r"^\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?")
_KEY: Final = re.compile(r"^\s*([\w.\-]+|\"[^\"]+\")\s*=")


def line_of(text: str, path: Path) -> int:
    """The line (from 1) of `path`, such as ("timeline", 0, "do", 2, "on"), or of the nearest thing around it."""
    marks = _marks(text)
    while path:
        if path in marks:
            return marks[path]
        path = path[:-1]
    return 1


def _marks(text: str) -> dict[Path, int]:
    """Lines of tables, keys, and of the inline tables in arrays with their keys."""
    marks: dict[Path, int] = {}
    counts: Counter[str] = Counter()
    table: Path = ()
    array: Path = ()  # the array value that is open over several lines
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        if depth:
            depth = _inline(line, number, array, depth, counts, marks)
            continue
        if header := _HEADER.match(line):
            table = _table(header[2], header[1] == "[[", counts)
            marks.setdefault(table, number)
            if isinstance(table[-1], int):
                marks.setdefault(table[:-1], number)
        elif key := _KEY.match(line):
            array = (*table, *key[1].strip('"').split("."))
            marks.setdefault(array, number)
            counts.pop(_label(array), None)
            depth = _inline(line[key.end() :], number, array, 0, counts, marks)
    return marks


def _table(name: str, array: bool, counts: Counter[str]) -> Path:
    """The path of a header; a part that is an array of tables stands for its newest row."""
    path: Path = ()
    parts = name.split(".")
    for depth, part in enumerate(parts, 1):
        path = (*path, part)
        here = ".".join(parts[:depth])
        if depth == len(parts) and array:
            counts[here] += 1
        if counts[here]:
            path = (*path, counts[here] - 1)
    return path


def _inline(line: str, number: int, array: Path, depth: int, counts: Counter[str], marks: dict[Path, int]) -> int:
    """Follow brackets through a line; answers how many are open at its end."""
    bare = re.sub(r'"(?:\\.|[^"\\])*"|\'[^\']*\'', lambda found: "_" * len(found[0]), line).partition("#")[0]
    label = _label(array)
    for match in re.finditer(r"[\[\]{}]|([\w\-]+)\s*=", bare):
        sign = match[0]
        if sign in "[{":
            depth += 1
            if sign == "{" and depth == 2:
                marks.setdefault((*array, counts[label]), number)
                counts[label] += 1
        elif sign in "]}":
            depth -= 1
        elif depth == 2 and counts[label]:
            marks.setdefault((*array, counts[label] - 1, match[1]), number)
    return depth


def _label(array: Path) -> str:
    return "/".join(map(str, array))
