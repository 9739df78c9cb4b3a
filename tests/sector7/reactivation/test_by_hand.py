"""An operator commissions over the registers, step by step; and finds out how a station without drawings is wired."""

from __future__ import annotations

import pytest

from protocols.commissioning import (
    ENTRY_WORDS,
    MAP_ITEM,
    NOTHING_CHANGED,
    Activity,
    By,
    Command,
    Finding,
    Result,
    Stage,
    entry_of,
)
from protocols.stations.images import INPUTS
from protocols.tags.commissioning_map import EVIDENCE_FILE, NO_MAP
from protocols.tags.line_map import UNIT
from sector7.masters.bulk import PlantFiles
from sector7.masters.values import PlantValues
from sector7.rig.rig import Rig
from tests.sector7.lines import MINUTE, SECOND
from tests.sector7.reactivation.team import ask, commissioner, dormant, evidence, idle, until

HERE = 3


def raw_inputs(rig: Rig) -> int:
    """What an engineer reads from the board's unit."""
    values = PlantValues(rig, 1).values(10 + HERE)
    names = commissioner(rig, HERE).unit.io.inputs
    return sum(values[f"ST{HERE:02d}.Board.{name}"] << bit for bit, name in enumerate(names))


def confirm_all(rig: Rig) -> None:
    """Answer every question of the I/O check with what the board shows."""
    station = commissioner(rig, HERE)
    before = raw_inputs(rig)
    while station.active:
        if station.activity == Activity.CONFIRM:
            if station.item < 8:
                changed = raw_inputs(rig) ^ before
                value = changed.bit_length() - 1 if changed else NOTHING_CHANGED
            else:
                value = 1
            assert ask(rig, Command.CONFIRM, HERE, value) is Result.TAKEN
        rig.run(rig.now + SECOND)
        assert rig.now < 60 * MINUTE


def step(rig: Rig) -> None:
    """The next step, to its end."""
    assert ask(rig, Command.STEP, HERE) is Result.TAKEN
    confirm_all(rig)


def test_every_step_by_hand_up_to_the_release() -> None:
    rig = Rig(dormant(), 1)
    station = commissioner(rig, HERE)
    for stage in range(Stage.ENERGISED, Stage.RELEASED):
        assert ask(rig, Command.RELEASE, HERE) is Result.NOT_NOW
        step(rig)
        assert station.ledger.stage == stage
    assert ask(rig, Command.STEP, HERE) is Result.NOT_NOW  # to release is a decision
    assert not station.unit.released
    assert ask(rig, Command.RELEASE, HERE) is Result.TAKEN
    assert station.unit.released
    assert {entry.by for entry in evidence(rig, HERE)} == {By.OPERATOR}
    assert ask(rig, Command.AUTOMATIC, HERE) is Result.NOT_NOW


def test_a_swapped_input_is_found_diagnosed_and_repaired_by_hand() -> None:
    swapped = {"kind": "swapped_inputs", "on": "ST03.clamped", "other": "ST03.gas_ok"}
    rig = Rig(dormant((1, 3, 12), swapped), 1)
    station = commissioner(rig, HERE)
    step(rig)
    step(rig)
    step(rig)
    names = station.unit.io.inputs
    assert (station.activity, station.finding) == (Activity.DECIDE, Finding.SWAPPED)
    assert station.failed_item == names.index("clamped")
    [record] = rig.faults.records
    # a wrong diagnosis: the crew comes, finds nothing of the kind, and goes
    assert ask(rig, Command.REPAIR, HERE, Finding.CORRODED) is Result.TAKEN
    until(rig, lambda: idle(rig, HERE))
    assert (record.active, station.activity) == (True, Activity.DECIDE)
    assert ask(rig, Command.REPAIR, HERE, Finding.SWAPPED, names.index("gas_ok")) is Result.TAKEN
    until(rig, lambda: idle(rig, HERE))
    assert not record.active
    step(rig)
    assert station.ledger.stage == Stage.IO_CHECKED


def test_an_operator_who_says_what_the_program_does_not_see_is_contradicted() -> None:
    rig = Rig(dormant(), 1)
    step(rig)
    step(rig)
    ask(rig, Command.STEP, HERE)
    until(rig, lambda: commissioner(rig, HERE).activity == Activity.CONFIRM)
    rig.run(rig.now + 5 * MINUTE)  # nobody hurries
    count = rig.commissioning.book.count
    assert ask(rig, Command.CONFIRM, HERE, 4) is Result.DISAGREES
    assert ask(rig, Command.CONFIRM, HERE, NOTHING_CHANGED) is Result.DISAGREES
    assert rig.commissioning.book.count == count
    assert ask(rig, Command.CONFIRM, HERE, 0) is Result.TAKEN


@pytest.mark.parametrize(
    ("command", "station", "value", "result"),
    [
        (Command.STEP, 4, 0, Result.NO_STATION),
        (Command.STEP, 0, 0, Result.NO_STATION),
        (Command.CONFIRM, HERE, 0, Result.NOT_NOW),
        (Command.REPAIR, HERE, Finding.SEIZED, Result.NOT_NOW),
        (Command.REPAIR, HERE, Finding.NOT_REACHED, Result.NO_SUCH_VALUE),
        (Command.REPAIR, HERE, 12, Result.NO_SUCH_VALUE),
        (Command.RELEASE, HERE, 0, Result.NOT_NOW),
        (Command.HOLD_SENSOR, HERE, 9, Result.NO_SUCH_VALUE),
        (Command.NONE, HERE, 0, Result.NO_SUCH_VALUE),
    ],
)
def test_what_cannot_be_done_is_refused(command: Command, station: int, value: int, result: Result) -> None:
    rig = Rig(dormant(), 1)
    assert ask(rig, command, station, value) is result
    assert rig.commissioning.book.count == 0


def test_a_warm_plant_has_nothing_to_commission() -> None:
    rig = Rig(dormant().model_copy(update={"start": "warm"}), 1)
    values = PlantValues(rig, 1).values(UNIT)
    assert (values["Line.StationsReleased"], values["Line.AllReleased"], values["ST03.CommissionStage"]) == (5, True, 7)
    for command in (Command.STEP, Command.AUTOMATIC, Command.RELEASE, Command.HOLD_SENSOR, Command.SUBMIT_MAP):
        assert ask(rig, command, HERE) is Result.NOT_NOW
    assert ask(rig, Command.PRODUCE) is Result.TAKEN
    assert rig.commissioning.book.count == 0


# ---- a station without drawings
def lost(seed: int = 4) -> Rig:
    """Nobody knows how station 3 is wired."""
    return Rig(dormant((1, 3, 12), unknown_maps=[HERE]), seed)


def submit(rig: Rig, sensors: list[int]) -> Result:
    """A map: which sensor is wired to each input."""
    for terminal, sensor in enumerate(sensors):
        rig.request(f"Line.MapInput{terminal}", sensor)
    return ask(rig, Command.SUBMIT_MAP, HERE)


def explore(rig: Rig) -> list[int]:
    """Have one sensor after the other held, and look which input changes."""
    before = raw_inputs(rig)
    found = [0] * 6
    for sensor in range(6):
        assert ask(rig, Command.HOLD_SENSOR, HERE, sensor) is Result.TAKEN
        changed = raw_inputs(rig) ^ before
        assert changed.bit_count() == 1
        found[changed.bit_length() - 1] = sensor
    assert ask(rig, Command.HOLD_SENSOR, HERE, 15) is Result.TAKEN
    assert raw_inputs(rig) == before
    return found


def test_the_engineer_finds_the_map_by_holding_sensors() -> None:
    rig = lost()
    rig.run(SECOND)
    truth = explore(rig)
    assert truth == list(rig.plant.stations[HERE].terminals.wiring)
    assert all(sensor != terminal for terminal, sensor in enumerate(truth))
    values = PlantValues(rig, 1)
    assert values.values(UNIT)["ST03.MapScore"] == NO_MAP
    assert submit(rig, [0, 1, 2, 3, 4, 5]) is Result.TAKEN
    assert values.values(UNIT)["ST03.MapScore"] == 0
    assert submit(rig, [*truth[:4], truth[5], truth[4]]) is Result.TAKEN
    assert rig.commissioning.maps == {HERE: 4}
    assert rig.plant.stations[HERE].terminals.wiring == tuple(truth)
    submit(rig, truth)
    assert rig.commissioning.maps == {HERE: 6}
    assert rig.plant.stations[HERE].terminals.wiring == (0, 1, 2, 3, 4, 5)
    assert {record.ended_by for record in rig.faults.records} == {"the engineer's map"}
    rows = [entry for entry in evidence(rig, HERE) if entry.item == MAP_ITEM]
    assert [(entry.seen, entry.passed) for entry in rows] == [(0, False), (4, False), (6, True)]
    ask(rig, Command.AUTOMATIC, HERE)
    until(rig, lambda: idle(rig, HERE))
    assert all(entry.passed for entry in evidence(rig, HERE) if entry.item != MAP_ITEM)


def test_outputs_tell_the_map_too() -> None:
    """The way without a technician: force an output of a station that stands, and watch the raw inputs."""
    rig = lost()
    for _ in range(2):  # energised, communicating
        ask(rig, Command.STEP, HERE)
        until(rig, lambda: idle(rig, HERE))
    rig.request("ST03.CntrlCmd", 9)
    rig.request("ST03.CmdChangeRequest", 1)
    rig.run(rig.now + 5 * SECOND)
    before = raw_inputs(rig)
    io = commissioner(rig, HERE).unit.io
    for name, raw in (
        ("Station", HERE),
        ("Terminal", 8 + io.outputs.index("clamp")),
        ("Value", 1),
        ("ChangeRequest", 1),
    ):
        rig.request(f"Line.Force{name}", raw)
    rig.run(rig.now + 5 * SECOND)
    changed = raw_inputs(rig) ^ before
    wiring = rig.plant.stations[HERE].terminals.wiring
    assert changed == 1 << wiring.index(io.inputs.index("clamped"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_program_sorts_the_wires_out_pair_by_pair(seed: int) -> None:
    rig = lost(seed)
    ask(rig, Command.AUTOMATIC, HERE)
    until(rig, lambda: idle(rig, HERE), 180 * MINUTE)
    assert commissioner(rig, HERE).ledger.stage == Stage.RELEASED
    assert rig.plant.stations[HERE].terminals.wiring == (0, 1, 2, 3, 4, 5)
    assert not rig.faults.active


# ---- what masters are told
def test_file_20_has_the_evidence() -> None:
    rig = Rig(dormant(), 1)
    files = PlantFiles(rig)
    assert files.read(EVIDENCE_FILE, 0, 2) == [0, ENTRY_WORDS]
    step(rig)
    step(rig)
    count, words = files.read(EVIDENCE_FILE, 0, 2) or (0, 0)
    rows = list(files.read(EVIDENCE_FILE, 2, count * words) or ())
    entries = [entry_of(rows[n : n + words]) for n in range(0, len(rows), words)]
    assert [(e.station, e.stage, e.passed) for e in entries] == [
        (3, Stage.ENERGISED, True),
        (3, Stage.COMMUNICATING, True),
    ]
    assert entries == [e._replace(at_us=e.at_us // 1000 * 1000) for e in rig.commissioning.book.entries()]
    assert files.read(EVIDENCE_FILE, 2, count * words + 1) is None
    assert PlantValues(rig, 1).values(UNIT)["Line.EvidenceCount"] == count


def test_hidden_defects_are_hidden_from_masters() -> None:
    rig = Rig(dormant((1, 3, 12), {"kind": "inverted_input", "on": "ST03.clamped"}), 1)
    rig.run(SECOND)
    values = PlantValues(rig, 1).values(UNIT)
    assert (values["Line.Injected"], values["Line.InjectionsActive"], values["Line.InjectionsTotal"]) == (0, 0, 0)
    rig.request("Line.FaultClearRequest", 1)  # of all
    rig.run(2 * SECOND)
    rig.request("Line.FaultNumber", 1)
    rig.request("Line.FaultClearRequest", 0)
    rig.request("Line.FaultClearRequest", 1)
    rig.run(3 * SECOND)
    assert rig.faults.records[0].active
    assert raw_inputs(rig) & INPUTS & 1 << commissioner(rig, HERE).unit.io.inputs.index("clamped")
