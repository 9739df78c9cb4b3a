"""Puts values into the table of a recipe or scenario, at a key that people can write."""

from __future__ import annotations

import re
from typing import Any, Final

from sector7.faults.fault import suggest

_PART: Final = re.compile(r'"([^"]+)"|([^".]+)')
#: A range of stations, `2-12`.
_RANGE: Final = re.compile(r"(\d+)-(\d+)")


class KeyPathError(ValueError):
    """A key that leads nowhere: what is there instead."""


def parts_of(key: str) -> list[str]:
    """`timeline."a.b".at` in parts. Raises KeyPathError."""
    found = _PART.findall(key)
    if ".".join(f'"{quoted}"' if quoted else plain for quoted, plain in found) != key:
        raise KeyPathError('parts of a key are separated by dots; a part with a dot in it is written in "..."')
    return [quoted or plain for quoted, plain in found]


def put(table: dict[str, Any], key: str, value: object) -> None:
    """Set `key`. In a list `5` is the row numbered 5 (else the fifth), `2-12` those rows, `*` all, a text the row of
    that name. Tables that are not there are made. Raises KeyPathError."""
    *way, last = parts_of(key)
    for place in _places(table, way):
        if isinstance(place, list):
            rows = _rows(place, last)
            place[:] = [value if i in rows else row for i, row in enumerate(place)]
        else:
            place[last] = value


def _places(table: dict[str, Any], way: list[str]) -> list[Any]:
    places: list[Any] = [table]
    for part in way:
        after: list[Any] = []
        for place in places:
            if isinstance(place, list):
                after += [place[i] for i in _rows(place, part)]
            else:
                after.append(place.setdefault(part, {}))
        if any(not isinstance(place, dict | list) for place in after):
            raise KeyPathError(f"{part} has no keys in it")
        places = after
    return places


def _rows(rows: list[Any], which: str) -> list[int]:
    """Positions of the rows that are meant."""
    if which == "*":
        return list(range(len(rows)))
    numbers = [row.get("number", i) if isinstance(row, dict) else i for i, row in enumerate(rows, 1)]
    names = [str(row["name"]) for row in rows if isinstance(row, dict) and "name" in row]
    span = _RANGE.fullmatch(which)
    if which.isdigit():
        found = [i for i, number in enumerate(numbers) if number == int(which)]
    elif span:
        found = [i for i, number in enumerate(numbers) if int(span[1]) <= number <= int(span[2])]
    else:
        found = [i for i, row in enumerate(rows) if isinstance(row, dict) and row.get("name") == which]
    if not found:
        raise KeyPathError(f"there is no {which!r}{suggest(which, [*names, *map(str, numbers)])}")
    return found
