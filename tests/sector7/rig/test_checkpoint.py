"""Snapshots: taken at any instant and read in a new process they lead to the same trace; damage is told."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from plant.attendance import NOBODY, QUEUED, REPAIRING
from protocols.packml import Command, State
from sector7.rig import checkpoint
from sector7.rig.checkpoint import CheckpointError
from sector7.rig.rig import Rig
from tests.sector7.lines import MINUTE, SECOND, busy, edge, give, look
from tests.sector7.rig.test_rig_hash import planned

ROOT: Final = Path(__file__).parents[3]
PROBE: Final = Path(__file__).with_name("resume_probe.py")
UNTIL: Final = 55 * MINUTE
INSTANTS: Final = 16


def disturbed(rig: Rig, at_us: int) -> None:
    """What happens on the way, at known instants: e-stop, a cut cable, commands that wait in the queue."""
    if at_us == 20 * MINUTE:
        rig.plant.e_stop(rig.now, True)
        give(rig, "Line", Command.CLEAR, rig.now + 90 * SECOND)
        give(rig, "Line", Command.RESET, rig.now + 110 * SECOND)
        give(rig, "Line", Command.START, rig.now + 200 * SECOND)
    elif at_us == 21 * MINUTE:
        rig.plant.e_stop(rig.now, False)
    elif at_us in (30 * MINUTE, 31 * MINUTE):
        rig.cabinets[6].link(rig.now, at_us == 31 * MINUTE)
    elif at_us == 35 * MINUTE:
        rig.request("ST02.press_force_sp", 3400)
        rig.request("Line.OrderTargetRequest", 900, rig.now + 40 * SECOND)
        edge(rig, "Line.OrderChangeRequest")


MARKS: Final = [minute * MINUTE for minute in (20, 21, 30, 31, 35)]


def run_on(rig: Rig, until_us: int) -> None:
    """Run with the disturbances that lie ahead."""
    for mark in [at for at in MARKS if rig.now <= at < until_us]:
        rig.run(mark)
        disturbed(rig, mark)
    rig.run(until_us)


@cache
def whole() -> Rig:
    """One uninterrupted run."""
    rig = planned(busy(crews=1))
    run_on(rig, UNTIL)
    return rig


@cache
def shots() -> dict[int, str]:
    """Snapshots of such a run as JSON texts, by plant time: at random instants and at some of interest."""
    instants = random.Random(5).sample(range(UNTIL), INSTANTS)
    instants += [0, 1, 710 * SECOND, *(mark + 1 for mark in MARKS)]
    rig = planned(busy(crews=1))
    taken = {}
    for at in sorted(instants):
        run_on(rig, at)
        taken[at] = json.dumps(checkpoint.save(rig))
    run_on(rig, UNTIL)
    # nothing was changed by looking
    assert rig.trace.sha256() == whole().trace.sha256()
    return taken


def situations(rig: Rig) -> set[str]:
    """What is going on at this instant."""
    found = {State(unit.state).name for unit in rig.line.units}
    phases = {cabinet.station.people.phase for cabinet in rig.cabinets}
    checks = {
        "people": phases - {NOBODY},
        "repair": REPAIRING in phases,
        "crew queue": QUEUED in phases,
        "request": rig.orders._queue,
        "breakdown": any(cabinet.station.people.broken >= 0 for cabinet in rig.cabinets),
        "e-stop": not rig.line.panel & 1,
        "link": not all(cabinet.link_up for cabinet in rig.cabinets),
        "rework": rig.plant.lane is not None and rig.plant.lane.pallets,
        "on the way": any(cabinet.station.leaving or cabinet.station.coming for cabinet in rig.cabinets),
        "set point ramp": any(unit.setpoints.active != unit.setpoints.requested for unit in rig.line.units),
        "unhashed": rig.trace.pending,
    }
    return found | {name for name, holds in checks.items() if holds}


def test_the_instants_are_worth_it() -> None:
    seen = set.union(*(situations(checkpoint.load(json.loads(text))) for text in shots().values()))
    missed = {
        "EXECUTE", "SUSPENDED", "HELD", "ABORTED", "STOPPED", "people", "repair", "request", "breakdown", "e-stop",
        "link", "rework", "on the way", "set point ramp", "unhashed",
    } - seen  # fmt: skip
    assert not missed


def test_any_instant_goes_on_in_a_new_process_with_the_same_trace() -> None:
    """The last disturbance lies behind these; what happens afterwards is in the snapshot."""
    late = {at: text for at, text in shots().items() if at > MARKS[-1]}
    assert len(late) >= 4
    done = subprocess.run(
        [sys.executable, str(PROBE), str(UNTIL)],
        input="\n".join(late.values()), capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    expected = f"{whole().trace.sha256()} {whole().trace.count}"
    assert dict(zip(late, done.stdout.splitlines(), strict=True)) == dict.fromkeys(late, expected)


def test_any_instant_goes_on_with_the_same_trace() -> None:
    for at, text in shots().items():
        rig = checkpoint.load(json.loads(text))
        look(rig)
        # at a mark + 1 us the disturbance of the mark is in the snapshot
        run_on(rig, UNTIL)
        assert rig.trace.sha256() == whole().trace.sha256(), at


def test_a_snapshot_is_plain_json() -> None:
    def plain(data: Any) -> Iterator[Any]:
        if type(data) is dict:
            assert all(type(key) is str for key in data)
            for value in data.values():
                yield from plain(value)
        elif type(data) is list:
            for value in data:
                yield from plain(value)
        else:
            yield data

    rig = whole()
    data = checkpoint.save(rig)
    assert {type(value) for value in plain(data)} <= {int, float, str, bool, type(None)}
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_saving_what_was_loaded_gives_the_same_snapshot() -> None:
    for text in list(shots().values())[::2]:
        assert checkpoint.save(checkpoint.load(json.loads(text))) == json.loads(text)


#: Counters of work done that belong to a process, not to the plant.
NO_STATE: Final = ("fired", "visited")


def leaves(thing: Any, path: str, seen: set[int]) -> Iterator[tuple[str, object]]:
    """Every plain value that can be reached from a rig, whatever it declares as its state."""
    if id(thing) in seen:
        return
    seen.add(id(thing))
    for name, value in checkpoint._members(thing):
        where = f"{path}.{name}"
        if isinstance(value, (int, float, str, bool, type(None))):
            yield where, value
        elif isinstance(value, (list, tuple, dict)) or type(value).__module__.split(".")[0] in checkpoint._OURS:
            yield from leaves(value, where, seen)


def test_no_value_anywhere_in_the_rig_is_forgotten() -> None:
    """Also those that show in the trace but rarely: the loaded rig is compared with the saved one, part by part."""
    rig = planned(busy(crews=1))
    for minute in (7, 23, 44):
        run_on(rig, minute * MINUTE)
        loaded = checkpoint.load(json.loads(json.dumps(checkpoint.save(rig))))
        # entries of slots that were armed anew are stale: only the valid ones are put back
        for each in (rig, loaded):
            entries: list[Any] = each.agenda._queue
            entries[:] = sorted((t, rank) for t, rank, _, slot in entries if slot.at == t)
            each.grid.ticks.sort()
        saved, restored = dict(leaves(rig, "", set())), dict(leaves(loaded, "", set()))
        differ = {path for path in saved.keys() | restored.keys() if saved.get(path) != restored.get(path)}
        assert {path for path in differ if not path.endswith(NO_STATE)} == set()
        rig = checkpoint.load(checkpoint.save(loaded))


# ---- snapshots that are refused
def damage(change: Callable[[dict[str, Any]], object], *, signed: bool = False) -> Any:
    """A snapshot with something changed; `signed`: by somebody who made the checksum fit again."""
    data = json.loads(shots()[0])
    change(data)
    if signed:
        data["sha256"] = checkpoint._checksum(data)
    return data


REFUSED: Final[dict[str, tuple[Callable[[], Any], str]]] = {
    "no snapshot": (lambda: ["not", "a", "rig"], "is no snapshot"),
    "nothing": (lambda: None, "is no snapshot"),
    "other JSON": (lambda: {"name": "castle"}, "is no snapshot"),
    "a later version": (lambda: damage(lambda d: d.update(version=99)), "has version 99, this program reads 2"),
    "a version that is none": (lambda: damage(lambda d: d.update(version=None)), "has version None"),
    "one digit": (lambda: damage(lambda d: d.update(now_us=d["now_us"] + 1)), "is damaged"),
    "one flag": (lambda: damage(lambda d: d["parts"]["line"].__setitem__(0, 3)), "is damaged"),
    "no checksum": (lambda: damage(lambda d: d.pop("sha256")), "is damaged"),
    "a part less": (lambda: damage(lambda d: d["parts"].pop("line"), signed=True), "has other parts.*line"),
    "a part more": (lambda: damage(lambda d: d["parts"].update(more=[]), signed=True), "has other parts.*more"),
    "a value less": (lambda: damage(lambda d: d["parts"]["line"].pop(), signed=True), "values for line, this program"),
    "no seed": (lambda: damage(lambda d: d.pop("seed"), signed=True), "does not fit this program"),
    "an unknown value": (
        lambda: damage(lambda d: d["parts"]["line"].__setitem__(0, ["pickle", "x"]), signed=True), "pickle"
    ),
    "a part that is not there": (
        lambda: damage(lambda d: d["parts"]["line"].__setitem__(0, ["part", "x.y"]), signed=True), "does not fit"
    ),
    "a recipe that is none": (lambda: damage(lambda d: d["recipe"].pop("station"), signed=True), "does not fit"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_snapshot_that_cannot_be_read_is_refused(name: str) -> None:
    make, message = REFUSED[name]
    with pytest.raises(CheckpointError, match=message) as caught:
        checkpoint.load(make())
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("checkpoint: ")
    assert caught.value.exit_code == 2


def test_any_single_damage_is_refused() -> None:
    """A bit in transit, a truncated file: whatever is still JSON."""
    text = shots()[0]
    stream = random.Random(3)
    refused = 0
    for _ in range(150):
        at = stream.randrange(len(text))
        changed = text[:at] + chr(ord(text[at]) ^ 1 << stream.randrange(7)) + text[at + 1 :]
        try:
            data = json.loads(changed)
        except ValueError:
            continue
        if data == json.loads(text):
            continue
        refused += 1
        with pytest.raises(CheckpointError):
            checkpoint.load(data)
    assert refused > 20


def test_a_fixed_scan_goes_on_as_one() -> None:
    rig = Rig(busy(), 1, fixed=True)
    rig.run(20 * SECOND)
    loaded = checkpoint.load(json.loads(json.dumps(checkpoint.save(rig))))
    for each in (rig, loaded):
        each.run(40 * SECOND)
    assert loaded.fixed
    assert loaded.trace.sha256() == rig.trace.sha256()
