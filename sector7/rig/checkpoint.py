"""Snapshot and restore: the whole state of a rig as plain JSON data, read into a rig built from the same recipe.

State is data: every class that has some declares it as `STATE`, a tuple of attribute names. What is wired at
construction (terminals, callbacks, declarations) is not state; it is the same in any rig of the recipe. Parts are
found by walking what was wired in a fixed order, so a path such as `plant.stations.3.robot` names the same part in
another process. What a class declares as `DERIVED` is worked out anew by its method `restored`.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import astuple, fields
from hashlib import sha256
from random import Random
from typing import Any, Final

from plant.pallet import Pallet, Robot
from protocols.errors import EmulatorError
from protocols.packml import State
from sector7.faults.fault import Fault, Record
from sector7.recipe import Recipe
from sector7.rig.rig import Rig

VERSION: Final = 2
_OURS: Final = ("plant", "firmware_sim", "hil", "sector7", "protocols")
_PLAIN: Final = (int, float, str, bool, type(None))


class CheckpointError(EmulatorError):
    """A snapshot cannot be read into this program."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"checkpoint: {problem}")
        self.problem = problem


def save(rig: Rig) -> dict[str, Any]:
    """Everything that must survive, as JSON-able data. Call it between two `run`s."""
    parts = _parts(rig)
    paths = {id(part): path for path, part in parts.items()}
    rig.trace.flush()
    data = {
        "version": VERSION,
        "recipe": rig.recipe.model_dump(mode="json"),
        "seed": rig.seed,
        "fixed": rig.fixed,
        "now_us": rig.now,
        "grid": [[t, mask] for t, mask in sorted(rig.grid.due.items())],
        "trace": rig.trace.state(),
        "parts": {path: [_encode(getattr(part, name), paths) for name in part.STATE] for path, part in parts.items()},
    }
    data["sha256"] = _checksum(data)
    return data


def load(data: object, *, keep_trace: bool = False) -> Rig:
    """A rig that goes on exactly where `save` was called. Raises CheckpointError."""
    if not isinstance(data, Mapping) or "version" not in data:
        raise CheckpointError("is no snapshot of a rig")
    if data["version"] != VERSION:
        raise CheckpointError(f"has version {data['version']!r}, this program reads {VERSION}")
    if data.get("sha256") != _checksum(data):
        raise CheckpointError("is damaged: its content does not fit its checksum")
    try:
        return _load(data, keep_trace)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # whole, but written by a program with other parts than this one
        problem = " ".join(str(error).split())
        raise CheckpointError(f"does not fit this program: {type(error).__name__}: {problem:.200}") from error


def _load(data: Mapping[str, Any], keep_trace: bool) -> Rig:
    rig = Rig(Recipe.model_validate(data["recipe"]), data["seed"], fixed=data["fixed"], keep_trace=keep_trace)
    parts = _parts(rig)
    if set(parts) != set(data["parts"]):
        strange = sorted(set(parts) ^ set(data["parts"]))[:3]
        raise CheckpointError(f"has other parts than this program: {', '.join(strange)}")
    for path, part in parts.items():
        values = data["parts"][path]
        if len(values) != len(part.STATE):
            raise CheckpointError(f"has {len(values)} values for {path}, this program {len(part.STATE)}")
        for name, value in zip(part.STATE, values, strict=True):
            _put(part, name, value, parts)
    rig.agenda._now = data["now_us"]
    rig.agenda._queue.clear()
    for slot in rig.agenda.slots:
        slot.again()
    rig.grid.restore(dict(data["grid"]))
    rig.trace.restore(**data["trace"])
    for part in parts.values():
        if hasattr(part, "restored"):
            part.restored()
    return rig


def _checksum(data: Mapping[str, Any]) -> str:
    content = {key: value for key, value in data.items() if key != "sha256"}
    try:
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise CheckpointError(f"holds what JSON cannot: {error}") from None
    return sha256(text.encode()).hexdigest()


# ---- finding the parts
def _parts(rig: Rig) -> dict[str, Any]:
    """Every object with a STATE that can be reached from the rig, by its path."""
    found: dict[str, Any] = {}
    seen = {id(rig)}
    queue: deque[tuple[str, Any]] = deque([("", rig)])
    while queue:
        path, thing = queue.popleft()
        for name, value in _members(thing):
            if id(value) in seen or isinstance(value, (*_PLAIN, Random, Pallet, Robot)):
                continue
            where = f"{path}.{name}" if path else name
            if isinstance(value, (list, tuple, dict)):
                queue.append((where, value))
            elif type(value).__module__.split(".")[0] in _OURS and not isinstance(value, type):
                seen.add(id(value))
                queue.append((where, value))
                if hasattr(type(value), "STATE"):
                    found[where] = value
    return found


def _members(thing: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(thing, dict):
        yield from ((str(key), value) for key, value in thing.items())
    elif isinstance(thing, (list, tuple)):
        yield from ((str(index), value) for index, value in enumerate(thing))
    else:
        names = set(getattr(thing, "__dict__", ()))
        for kind in type(thing).__mro__:  # a class in Python tells its slots, a compiled one its attributes
            names |= {*getattr(kind, "__slots__", ()), *getattr(kind, "__mypyc_attrs__", ())} - {"__dict__"}
        # state refers to other parts (a conveyor being left, a queue of jobs), and to others at every instant
        names -= set(getattr(type(thing), "STATE", ()))
        # what follows from state: another part at another time
        names -= set(getattr(type(thing), "DERIVED", ()))
        yield from ((name, getattr(thing, name)) for name in sorted(names) if hasattr(thing, name))


# ---- values
def _encode(value: Any, paths: Mapping[int, str]) -> Any:
    if isinstance(value, State):
        return ["state", int(value)]
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Random):
        version, words, spare = value.getstate()
        return ["random", version, list(words), spare]
    if isinstance(value, Pallet):
        return ["pallet", value.number, _encode(value.robot, paths), value.condition, value.reworks, value.done]
    if isinstance(value, Robot):
        return ["robot", value.serial, value.started_us, value.defects, [list(row) for row in value.results]]
    if isinstance(value, Record):
        return ["fault", _encode(astuple(value.fault), paths), _encode(_row(value), paths)]
    if isinstance(value, dict):
        return ["dict", [[_encode(k, paths), _encode(v, paths)] for k, v in value.items()]]
    if isinstance(value, deque):
        return ["deque", value.maxlen, [_encode(v, paths) for v in value]]
    if isinstance(value, (list, tuple)):
        return [type(value).__name__, [_encode(v, paths) for v in value]]
    if id(value) in paths:
        return ["part", paths[id(value)]]
    raise CheckpointError(f"cannot save a {type(value).__name__}")


def _row(record: Record) -> list[Any]:
    """All fields but the fault."""
    return [getattr(record, field.name) for field in fields(record) if field.name != "fault"]


def _decode(data: Any, parts: Mapping[str, Any]) -> Any:
    if isinstance(data, _PLAIN):
        return data
    match data:
        case ["state", number]:
            return State(number)
        case ["random", version, words, spare]:
            stream = Random()
            stream.setstate((version, tuple(words), spare))
            return stream
        case ["pallet", number, robot, condition, reworks, done]:
            return Pallet(number, _decode(robot, parts), condition, reworks, done)
        case ["robot", serial, started, defects, results]:
            return Robot(serial, started, defects, [(n, t, verdict) for n, t, verdict in results])
        case ["fault", fault, row]:
            number, *rest = _decode(row, parts)
            return Record(number, Fault(*_decode(fault, parts)), *rest)
        case ["dict", pairs]:
            return {_decode(k, parts): _decode(v, parts) for k, v in pairs}
        case ["deque", maxlen, items]:
            return deque((_decode(v, parts) for v in items), maxlen)
        case ["list", items]:
            return [_decode(v, parts) for v in items]
        case ["tuple", items]:
            return tuple(_decode(v, parts) for v in items)
        case ["part", path]:
            return parts[path]
    raise CheckpointError(f"holds a value it should not: {data!r:.60}")


def _put(part: Any, name: str, data: Any, parts: Mapping[str, Any]) -> None:
    """Set an attribute; streams and containers keep their identity where others hold on to them."""
    value = _decode(data, parts)
    old = getattr(part, name)
    if isinstance(old, dict) and old and all(isinstance(v, Random) for v in old.values()):
        for key, stream in value.items():
            old[key].setstate(stream.getstate())
    elif isinstance(old, (list, dict, deque)):
        old.clear()
        (old.update if isinstance(old, dict) else old.extend)(value)
    else:
        setattr(part, name, value)
