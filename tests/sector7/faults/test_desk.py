"""Faults that an engineer injects over Modbus: those of a scenario, marked, told, refused with a reason."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.faults.kinds import BY_KIND, KINDS, FaultKind, Level
from protocols.faults.targets import MECHANISMS, UTILITIES, targets
from protocols.roles import Role
from protocols.tags.fault_map import ACTIVE_FILE, MOST, PAST_FILE, ROW_WORDS, FaultResult, injection, read_row
from protocols.tags.station_map import BOARD_FINGERPRINT
from protocols.tags.tag import Table
from sector7.faults.desk import WHO
from sector7.faults.fault import make
from sector7.masters.bulk import PlantFiles
from sector7.masters.values import PlantValues
from sector7.rig import checkpoint
from sector7.rig.rig import Rig
from tests.sector7.lines import QUIET, SECOND, line, small

#: A scan without an exchange, at which nothing else happens.
AT: Final = 5 * SECOND + 10_000
#: What must be given, and targets that are not the first of their kind.
GIVEN: Final = {
    "offset": {"value": -2.5}, "gain": {"factor": 1.25}, "drift": {"per_hour": 30.0}, "noise": {"sigma": 0.05},
    "spike": {"height": 4.0}, "stuck_at": {"value": 3.0}, "slow": {"factor": 2.0}, "leaking": {"share": 0.3},
    "quality_loss": {"share": 0.5}, "link_loss": {"share": 0.2}, "link_corrosion": {"share": 0.2},
    "link_delay": {"ms": 60.0}, "sag": {"remaining": 0.55}, "overload": {"amps": 90.0},
}  # fmt: skip
TARGETS: Final = {"slow": "ST05.clamp", "leaking": "ST05.clamp", "jammed": "ST05.nutrunner"}


def order(rig: Rig, values: dict[str, int]) -> None:
    """Write command registers as one request does, the edge afresh."""
    rig.request("Line.FaultChangeRequest", 0)
    for name, raw in values.items():
        rig.request(name, raw)


def clear(rig: Rig, number: int) -> None:
    for name, raw in (("Line.FaultClearRequest", 0), ("Line.FaultNumber", number), ("Line.FaultClearRequest", 1)):
        rig.request(name, raw)


def seen(rig: Rig) -> dict[str, int]:
    return dict(PlantValues(rig, 1).values(1))


def sample(kind: FaultKind) -> tuple[str, str, dict[str, float]]:
    known = targets(kind.name)
    target = TARGETS.get(kind.name, known[len(known) // 2])
    return target, f"{target[:4]}.outfeed_clear" if kind.other else "", dict(GIVEN.get(kind.name, {}))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_fault_over_modbus_is_the_fault_of_a_scenario(kind: FaultKind) -> None:
    """The same record, the same trace; marked while it is there."""
    target, other, parameters = sample(kind)
    lasts = 0 if kind.momentary else 8 * SECOND
    over_modbus, by_scenario = (Rig(line(**QUIET), 3) for _ in range(2))
    for rig in (over_modbus, by_scenario):
        rig.run(AT)
    order(over_modbus, injection(kind.name, target, parameters, other, lasts))
    by_scenario.faults.inject(AT, make(kind.name, target, parameters, other=other, lasts_us=lasts), "a scenario")
    over_modbus.run(AT + SECOND)
    by_scenario.run(AT + SECOND)
    (mine,), (theirs,) = over_modbus.faults.records, by_scenario.faults.records
    assert (mine.fault, mine.who, mine.since_us) == (theirs.fault, WHO, AT)
    values = seen(over_modbus)
    assert (values["Line.FaultResult"], values["Line.FaultResultNumber"]) == (FaultResult.INJECTED, 1)
    owner = target[:4] if target.startswith("ST") else "Line"
    assert values[f"{owner}.InjectedFaults"] == values["Line.Injected"] == (not kind.momentary)
    assert values[f"{owner}.InjectedKind"] == (0 if kind.momentary else kind.code)
    marked = values.get(f"{owner}.InjectedTerminals", 0)
    assert marked.bit_count() == {Level.SENSOR: 1 + kind.other, Level.TRANSMITTER: 1}.get(kind.level, 0)
    for rig in (over_modbus, by_scenario):
        rig.run(AT + 20 * SECOND)
    assert over_modbus.trace.sha256() == by_scenario.trace.sha256()
    assert seen(over_modbus)["Line.Injected"] == 0


def test_the_mechanisms_have_the_numbers_of_the_plant() -> None:
    plant = Rig(line(), 1).plant
    assert {n: tuple(m.name for m in s.mechanisms) for n, s in plant.stations.items()} == MECHANISMS
    assert tuple(plant.utilities) == UTILITIES


def changed(**values: int) -> dict[str, int]:
    good = injection("noise", "ST05.press_force", {"sigma": 0.5})
    return good | {f"Line.Fault{name}": n for name, n in values.items()}


@pytest.mark.parametrize(
    ("values", "result"),
    [
        (changed(Kind=9), FaultResult.UNKNOWN_KIND),
        (changed(Kind=0), FaultResult.UNKNOWN_KIND),
        (changed(Place=9), FaultResult.UNKNOWN_TARGET),
        (changed(Station=3), FaultResult.UNKNOWN_TARGET),  # not in this line
        (changed(Given=0), FaultResult.BAD_PARAMETER),
        (changed(Value1=-1), FaultResult.BAD_PARAMETER),
        (changed(On=3), FaultResult.BAD_TIME),
        (injection("board_reset", "ST05", {}) | {"Line.FaultLasts": 3}, FaultResult.BAD_TIME),
        (injection("slow", "ST01.gantry", {"factor": 2.0}), FaultResult.UNKNOWN_TARGET),
        (injection("swapped", "ST05.clamped", {}, "ST05.clamped"), FaultResult.UNKNOWN_TARGET),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_changes_nothing(values: dict[str, int], result: FaultResult) -> None:
    rig = Rig(small(**QUIET), 1)
    rig.run(AT)
    order(rig, values)
    rig.run(AT + SECOND)
    told = seen(rig)
    assert (told["Line.FaultResult"], told["Line.FaultResultNumber"], told["Line.FaultCommandsTaken"]) == (result, 0, 1)
    assert rig.faults.records == []


def test_only_so_many_may_be_active() -> None:
    rig = Rig(small(**QUIET), 1)
    for _ in range(MOST + 1):
        order(rig, injection("offset", "ST05.press_force", {"value": 0.001}))
    rig.run(SECOND)
    assert seen(rig)["Line.FaultResult"] == FaultResult.TOO_MANY
    assert len(rig.faults.active) == MOST
    clear(rig, 0)
    order(rig, injection("offset", "ST05.press_force", {"value": 0.001}))
    rig.run(rig.now + SECOND)
    assert len(rig.faults.active) == 1


def test_the_files_tell_the_root_causes() -> None:
    rig = Rig(line(**QUIET), 1)
    rig.run(AT)
    order(rig, injection("noise", "ST09.joint_offset", {"sigma": 0.05}, lasts_us=60 * SECOND))
    order(rig, injection("lightning", "mains", {}))
    rig.run(AT + SECOND)
    files = PlantFiles(rig)
    assert files.read(ACTIVE_FILE, 0, 2) == files.read(PAST_FILE, 0, 2) == [1, ROW_WORDS]
    active, past = (read_row(files.read(file, 2, ROW_WORDS) or ()) for file in (ACTIVE_FILE, PAST_FILE))
    assert (active.kind, active.target, active.who, active.lasts_us) == ("noise", "ST09.joint_offset", WHO, 60 * SECOND)
    assert (active.since_us, active.ended_us, active.present) == (AT, 0, True)
    assert active.parameters == pytest.approx((0.05, 100.0))
    assert (past.number, past.kind, past.target) == (2, "lightning", "mains")
    assert (past.ended_us, past.ended_by) == (AT, "momentary")
    assert files.read(ACTIVE_FILE, 2 + ROW_WORDS, 1) is None


def test_a_negative_number_from_a_master_is_one() -> None:
    rig = Rig(small(**QUIET), 1)
    values = PlantValues(rig, 1)
    rig.run(AT)
    block = [raw & 0xFFFF for raw in injection("offset", "ST05.press_force", {"value": -1.5}).values()]
    values.write(1, Table.HOLDING, 368, block, "an engineer", Role.ENGINEER)
    rig.run(AT + SECOND)
    assert rig.faults.records[0].fault["value"] == -1.5
    assert values.values(1)["Line.FaultValue1"] == -15


def test_a_refused_board_does_not_run_until_it_is_put_right() -> None:
    rig = Rig(line(**QUIET), 1)
    rig.run(20 * SECOND)
    order(rig, injection("wrong_firmware", "ST05", {"version": 513.0}))
    rig.run(22 * SECOND)
    values = PlantValues(rig, 1)
    board = values.values(15)
    assert board["ST05.Board.fingerprint"] != BOARD_FINGERPRINT
    assert board["ST05.Board.firmware_version"] == 513
    assert (seen(rig)["ST05.BoardLink"], seen(rig)["ST05.LinkOk"]) == (4, 0)
    processed = seen(rig)["ST05.ProdProcessedCount"]
    rig.run(200 * SECOND)
    assert seen(rig)["ST05.ProdProcessedCount"] == processed
    clear(rig, 1)
    rig.run(400 * SECOND)
    assert seen(rig)["ST05.ProdProcessedCount"] > processed
    assert values.values(15)["ST05.Board.fingerprint"] == BOARD_FINGERPRINT


def test_damaged_answers_are_counted_where_a_real_link_counts_them() -> None:
    rig = Rig(line(**QUIET), 1)
    order(rig, injection("link_corrosion", "ST05", {"share": 0.1}))
    order(rig, injection("link_loss", "ST06", {"share": 0.1}))
    rig.run(20 * SECOND)
    assert 60 < seen(rig)["ST05.LinkGarbled"] < 140
    assert seen(rig)["ST06.LinkGarbled"] == 0


# ---- against a model
SAMPLES: Final = tuple((kind.name, *sample(kind)) for kind in KINDS)
INJECTIONS: Final = st.tuples(st.just("inject"), st.sampled_from(SAMPLES), st.sampled_from((0, 2, 7)))
CLEARS: Final = st.tuples(st.just("clear"), st.integers(0, 12), st.just(0))
WAITS: Final = st.tuples(st.just("wait"), st.integers(1, 5), st.just(0))
SAVES: Final = st.tuples(st.just("save"), st.just(0), st.just(0))


@dataclass
class Model:
    """What ought to be injected: for each fault its name, target, and when it ends (-1: it has)."""

    faults: list[tuple[str, str, float]] = field(default_factory=list)
    taken: int = 0

    def inject(self, now: int, name: str, target: str, lasts: int) -> None:
        self.taken += 1
        momentary = BY_KIND[name].momentary
        if momentary and lasts:
            return
        ends = -1.0 if momentary else now + lasts * SECOND if lasts else float("inf")
        self.faults.append((name, target, ends))

    def clear(self, number: int) -> None:
        self.taken += 1
        for n, (name, target, _) in enumerate(self.faults, 1):
            if (number in (0, n)) and number <= len(self.faults):
                self.faults[n - 1] = (name, target, -1.0)

    def active(self, now: int) -> list[tuple[str, str]]:
        return [(name, target) for name, target, ends in self.faults if ends >= now]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.one_of(INJECTIONS, INJECTIONS, CLEARS, WAITS, SAVES), max_size=14))
def test_the_desk_does_what_a_plain_model_says(acts: list[tuple[str, object, int]]) -> None:
    rig, model = Rig(line(**QUIET), 4), Model()
    rig.run(AT)
    for what, argument, lasts in acts:
        if what == "inject":
            assert isinstance(argument, tuple)
            name, target, other, parameters = argument
            order(rig, injection(name, target, parameters, other, lasts * SECOND))
            model.inject(rig.now, name, target, lasts)
        elif what == "clear":
            assert isinstance(argument, int)
            clear(rig, argument)
            model.clear(argument)
        elif what == "wait":
            assert isinstance(argument, int)
            rig.run(rig.now + argument * SECOND)
        else:
            rig = checkpoint.load(json.loads(json.dumps(checkpoint.save(rig))))
        rig.run(rig.now + 10_000)
        assert [(r.fault.kind, r.fault.target) for r in rig.faults.active] == model.active(rig.now)
        values = seen(rig)
        assert values["Line.InjectionsActive"] == len(model.active(rig.now))
        assert values["Line.InjectionsTotal"] == len(model.faults)
        assert values["Line.FaultCommandsTaken"] == model.taken
    rig.run(rig.now + 5 * SECOND)
    assert rig.plant.conservation() == ""
