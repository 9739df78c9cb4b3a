"""The commissioning page: the ledger, its evidence added up, the guide, and what a console sees of held sensors."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firmware_sim.commissioning.ledger import Book as Ledger
from firmware_sim.commissioning.ledger import StationLedger
from hmi.draw.spans import length
from hmi.frame import Frame
from hmi.link.evidence import Evidence, book
from hmi.link.input_watch import Check, InputWatch
from hmi.panels.commissioning import Look, commissioning
from protocols.commissioning import (
    HIGH_ITEM,
    MAP_ITEM,
    Activity,
    By,
    Command,
    Entry,
    Finding,
    Stage,
    entry_words,
    expected,
    what,
)
from protocols.commissioning import Result as Answer
from protocols.commissioning_checks import planned, required
from protocols.modbus.server import PlantServer
from protocols.packml import State
from protocols.stations.io_table import BY_NUMBER, STATIONS
from tests.hmi.conftest import Open
from tests.hmi.frames import frame, text
from tests.hmi.test_panels import any_frames
from tests.hmi.toy_plant import ToyPlant

_SECOND = 1_000_000


def row(station: int, stage: Stage, item: int = 0, *, at_s: int = 60, finding: int = 0, other: int = 0) -> Entry:
    """A check that passed, or failed with a finding."""
    entry = planned(BY_NUMBER[station], stage, item)
    seen = entry.low if not finding else 0
    return entry._replace(at_us=at_s * _SECOND, by=By.PROGRAM, seen=seen, finding=finding, other=other)


#: Station 3: checked up to its last two references; one sensor was dirty meanwhile.
_FAILED = row(3, Stage.IO_CHECKED, 2, at_s=70, finding=Finding.CORRODED)
_OLDEST_FIRST = [
    row(3, Stage.ENERGISED), row(3, Stage.COMMUNICATING), row(3, Stage.IO_CHECKED, 0), row(3, Stage.IO_CHECKED, 1),
    _FAILED, row(3, Stage.IO_CHECKED, 2, at_s=3700),
    row(3, Stage.IO_CHECKED)._replace(item=MAP_ITEM, low=6, high=6, seen=2),
]  # fmt: skip
BOOK = book(list(reversed(_OLDEST_FIRST)))
COLD = {f"{io.code}.{name}": 0 for io in STATIONS for name in ("CommissionStage", "Released")}
STATE = {**COLD, "Line.StationsReleased": 1, "Line.Commissioning": 1, "ST01.CommissionStage": 7,
         "ST03.CommissionStage": 2}  # fmt: skip


def page(shown: Frame, number: int = 3, width: int = 140, height: int = 38, **look: int) -> str:
    return text(commissioning(shown, BOOK, InputWatch(), Look(number, **look), width, height))  # type: ignore[arg-type]


def line_of(said: str, part: str) -> str:
    return next(line for line in said.splitlines() if part in line)


def test_the_ledger_says_how_far_every_station_is() -> None:
    total = len(required(BY_NUMBER[3])[Stage.IO_CHECKED])
    checking = {"ST03.CommissionActivity": Activity.CHECKING, "ST03.CommissionItem": 3}
    wide = page(frame({**STATE, **checking}))
    assert "Program Running  1 of 12 released" in wide
    third = line_of(wide, " 3  Frame weld")
    assert third.split("Frame weld")[1].split()[:7] == ["●", "1", "●", "1", "◌", f"3/{total}", "×1"]
    assert f"checking {BY_NUMBER[3].inputs[3]}" in third
    assert line_of(wide, " 1  Kitting").count("●") == 7
    assert "●●◌····  Communicating" in line_of(page(frame({**STATE, **checking}), width=80), " 3  Frame weld")
    assert "mended" in line_of(wide, "ST03 corroded contact (")
    assert "not fitted" in line_of(page(frame({"ST04.Fitted": 0})), " 4  Machining")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"CommissionActivity": Activity.DECIDE, "CommissionFinding": Finding.SEIZED}, "× seized mechanism: decide"),
        ({"CommissionActivity": Activity.GIVEN_UP, "CommissionFinding": Finding.DEAD_BOARD}, "× given up: dead board"),
        ({"CommissionActivity": Activity.CREW, "CommissionFinding": Finding.SWAPPED}, "crew: swapped inputs"),
        ({"CommissionActivity": Activity.CONFIRM}, "◆ you: what of pallet_present?"),
        ({"CommissionStage": Stage.HOT_CYCLE}, "◆ you: release it?"),
        ({"MapScore": 2}, "map: 2 of"),
        ({"CommissionFinding": 99, "CommissionActivity": Activity.CREW, "CommissionItem": 99}, "crew: 99"),
        ({"CommissionActivity": 99, "CommissionStage": 99}, ""),
    ],
)
def test_what_goes_on_is_told(changes: dict[str, int], said: str) -> None:
    shown = page(frame({**STATE, **{f"ST03.{name}": raw for name, raw in changes.items()}}))
    assert said in line_of(shown, " 3  Frame weld")


def test_evidence_can_have_the_page_and_be_narrowed_to_what_failed() -> None:
    whole = page(frame(STATE), opened=True)
    assert "LEDGER" not in whole
    assert "01:01:40    I/O checked   ● " in whole
    failed = page(frame(STATE), opened=True, failed=True)
    assert "only what failed" in failed
    assert f"× {what(_FAILED)} " in failed
    assert "nothing changed: corroded contact" in failed
    assert "●" not in failed.partition("EVIDENCE")[2]
    assert "nothing was proved here" in page(frame(STATE), 4)
    assert "5 to 7 of 7" in page(frame(STATE), height=8, opened=True, offset=99)


def test_a_low_terminal_shows_the_guide_whole_and_the_stations_around_the_chosen_one() -> None:
    changes = {"CommissionActivity": Activity.CONFIRM, "CommissionItem": 2, "MapScore": 2}
    shown = frame({**STATE, **{f"ST03.{name}": raw for name, raw in changes.items()}}, board=3)
    said = text(commissioning(shown, BOOK, InputWatch(), Look(3), 80, 20))
    for part in ("Do  ", "Expected  ", "Found  ", "Map  ", "Inputs  ", " 3  Frame weld", "more stations (↓)"):
        assert part in said
    assert "more stations (↑)" in text(commissioning(shown, BOOK, InputWatch(), Look(12), 80, 12))


# ---- the guide
def guide(changes: dict[str, int], watch: InputWatch | None = None, board: int = 3) -> str:
    shown = frame({**STATE, **{f"ST03.{name}": raw for name, raw in changes.items()}}, board=board)
    said = text(commissioning(shown, BOOK, watch or InputWatch(), Look(3, opened=True), 140, 20))
    return said.partition("EVIDENCE")[0]


CONFIRM = {"CommissionActivity": Activity.CONFIRM, "CommissionItem": 2}


def test_the_guide_says_what_to_do_what_to_expect_and_what_is_found() -> None:
    name = BY_NUMBER[3].inputs[2]
    assert "S does the next step by hand" in guide({})
    assert "check 3 of" in guide(CONFIRM)
    assert f"Expected  {name} changes, no other" in guide(CONFIRM)
    assert "did not see how they stood before" in guide(CONFIRM)
    assert "cannot be read" in guide(CONFIRM, board=0)
    assert "R releases it" in guide({"CommissionStage": Stage.HOT_CYCLE})
    assert "keep clear" in guide({"CommissionStage": Stage.HOMED})
    assert "as it was delivered" in guide({"CommissionStage": Stage.RELEASED})
    failed = guide({"CommissionActivity": Activity.DECIDE})
    assert "K sends the crew with a diagnosis" in failed
    assert "Found     nothing changed: corroded contact" in failed
    assert "does not know the check" in guide({"CommissionItem": 99})


def test_the_guide_says_which_input_changed() -> None:
    name = BY_NUMBER[3].inputs[2]
    watch = InputWatch()
    watch.note(Check(7, 3, -1, -1), 0, 0b000010)
    watch.note(Check(7, 3, 3, 2), 1 * _SECOND, 0b000010)
    assert "Found     nothing changed" in guide(CONFIRM, watch)
    watch.note(Check(7, 3, 3, 2), 9 * _SECOND, 0b000110)
    assert f"Found     input 2 {name} changed" in guide(CONFIRM, watch)


def test_the_guide_judges_a_transmitter() -> None:
    io = BY_NUMBER[3]
    check = planned(io, Stage.IO_CHECKED, HIGH_ITEM + 1)
    wide = {"CommissionActivity": Activity.CONFIRM, "CommissionItem": check.item}
    low, high = check.low, check.high
    for raw, judged in ((low, "right"), (high, "right"), (low - 1, "wrong"), (high + 1, "wrong")):
        said = guide({**wide, io.analogs[1].name: raw})
        assert f"{what(check)}. Is the reading right?" in said
        assert f"Expected  {expected(check)}" in said
        assert line_of(said, "Found").rstrip().endswith(judged)


# ---- added up
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.integers(0, 5), st.booleans()),
        st.tuples(st.just("pass"), st.just(0), st.just(True)),
        st.tuples(st.just("fall"), st.integers(0, 7), st.just(True)),
    ),
    max_size=60,
)


@settings(deadline=None)
@given(st.sampled_from([io.number for io in STATIONS]), deeds)
def test_evidence_adds_up_to_what_the_plant_knows(number: int, done: list[tuple[str, int, bool]]) -> None:
    io, kept = BY_NUMBER[number], Ledger()
    ledger = StationLedger(io, kept, lambda entry: None, 0, released=False)
    for now, (deed, value, passes) in enumerate(done):
        if deed == "fall":
            if value < ledger.stage:  # a plant's stations fall only when they had come further
                ledger.fall(now, Stage(value))
            continue
        items = sorted(required(io)[Stage(ledger.next_stage)])
        for item in items if deed == "pass" else items[value : value + 1]:
            if ledger.record(now, item, 1, 1, int(passes), By.OPERATOR) is None:
                continue
            tally = book(list(reversed(list(kept.entries())))).of(number)
            assert (tally.stage, tally.passed) == (ledger.stage, frozenset(ledger.passed))
            assert set(range(1, ledger.stage + 1)) <= set(tally.reached)
    failed = [entry for entry in kept.entries() if not entry.passed]
    tally = book(list(reversed(list(kept.entries())))).of(number)
    assert sum(tally.failures.values()) == len(failed)


class Told:
    """Files of a plant that has these registers in file 20."""

    def __init__(self, rows: list[list[int]]) -> None:
        self.words = [len(rows), 16, *(word for row in rows for word in row)]

    async def read_file(self, file: int, parts: list[tuple[int, int]]) -> list[list[int]]:
        assert file == 20
        return [self.words[first : first + count] for first, count in parts]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 0xFFFF), min_size=16, max_size=16), max_size=9))
async def test_evidence_that_says_nonsense_is_left_out(nonsense: list[list[int]]) -> None:
    good = entry_words(_FAILED)
    evidence = Evidence()
    await evidence.update(Told([*nonsense, good]))  # type: ignore[arg-type]
    assert evidence.book.rows[0] == _FAILED
    assert text(commissioning(frame(), evidence.book, InputWatch(), Look(3), 140, 60))
    await evidence.update(Told([]), 8)  # type: ignore[arg-type]
    assert not evidence.book.rows, "another run begins anew"


# ---- what a console sees of a held sensor
def seen_by(watch: InputWatch) -> int | None:
    """What it says of the check under way."""
    return watch.changed


def test_a_console_that_comes_late_does_not_say_what_changed() -> None:
    watch = InputWatch()
    watch.note(Check(7, 3, 3, 2), 0, 0b1)
    assert seen_by(watch) is None, "the sensor may be held already"
    watch.note(Check(7, 3, 3, 3), 2 * _SECOND, 0b11)
    assert seen_by(watch) == 0, "seen from its beginning"
    watch.note(Check(7, 3, 3, 3), 9 * _SECOND, 0b01)
    assert seen_by(watch) == 0b10
    assert watch.moved_us == {1: 9 * _SECOND}
    watch.note(Check(7, 3, 3, 4), 13 * _SECOND, 0b01)
    assert seen_by(watch) is None, "four seconds without a look"
    watch.note(Check(8, 3, 3, 5), 13 * _SECOND, 0b00)
    assert (seen_by(watch), watch.moved_us) == (None, {}), "another run"
    watch.note(Check(8, 4, 3, 6), 14 * _SECOND, 0b00)
    assert seen_by(watch) is None, "another station"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_frames(), st.integers(1, 12), st.booleans(), st.integers(80, 220), st.integers(20, 60))
def test_it_fits_whatever_the_plant_says(shown: Frame, number: int, opened: bool, width: int, height: int) -> None:
    lines = commissioning(shown, BOOK, InputWatch(), Look(number, opened), width, height)
    assert all(length(line) == width for line in lines)
    assert len(lines) <= height
    assert opened or f"{number:>2}  " in text(lines), "the chosen station is in sight"


class Commissioned(ToyPlant):
    """Answers every command of commissioning with `answer`, as long as its request stands."""

    answer = Answer.TAKEN

    def _react(self, name: str, before: int, value: int) -> None:
        super()._react(name, before, value)
        if name == "Line.CommissionChangeRequest":
            self.set(**{"Line.CommissionResult": self.answer if value else 0})
            if self.get("Line.CommissionCommand") == Command.SUBMIT_MAP:
                self.set(**{"ST06.MapScore": 2})


@pytest.fixture
def plant() -> Commissioned:
    return Commissioned()


async def test_an_operator_is_led_through_the_input_check(
    plant: Commissioned, server: PlantServer, open_hmi: Open
) -> None:
    name, other = BY_NUMBER[6].inputs[2:4]
    check = {"ST06.CommissionStage": 2, "ST06.CommissionItem": 2, f"ST06.Board.{name}": 0}
    plant.set(**{**STATE, **check})
    hmi = await open_hmi(server.port)
    await hmi.shows("LINK OK")
    hmi.press("m")
    await hmi.shows("M COMMISSIONING", "1 of 12 released")
    hmi.press("up", "up", "up", "up", "up", "up", "up")
    await hmi.shows("ST06 HARNESS", "S does the next step by hand")
    await hmi.until(lambda: f"○ {name}" in hmi.text, "the input before it is touched")
    plant.set(**{"ST06.CommissionActivity": Activity.CHECKING})
    await hmi.shows(f"goes to the sensor {name}")
    plant.set(**{"ST06.CommissionActivity": Activity.CONFIRM, f"ST06.Board.{name}": 1})
    await hmi.shows(f"input 2 {name} changed", f"{name} changes, no other")
    hmi.press("y")
    await hmi.shows(f"ST06 saw {name} change ?", f"Expected {name} changes, no other", "[  Cancel  ]")
    assert plant.writes == []
    hmi.press("y")
    await hmi.shows(f"ST06 saw {name} change  OK")
    given = {"Station": 6, "Command": 4, "Value": 2, "Other": 0, "ChangeRequest": 1}
    assert plant.writes[:5] == [(f"Line.Commission{key}", value) for key, value in given.items()]

    plant.answer = Answer.DISAGREES
    hmi.press("v")
    await hmi.shows("ST06: what was seen", "ST06 saw that nothing changed")
    hmi.press("down", "down", "down", "enter")
    await hmi.shows(f"ST06 saw {other} change ?")
    hmi.press("y")
    await hmi.shows("REFUSED  the program saw otherwise")

    plant.set(**{"ST06.CommissionActivity": Activity.DECIDE, "ST06.CommissionFinding": Finding.SWAPPED})
    await hmi.shows("× swapped inputs: decide", "K sends the crew")
    hmi.press("k")
    await hmi.shows("ST06: send the crew for", "swapped inputs with ...", "seized mechanism")
    hmi.press("escape")
    await hmi.shows_no_longer("ST06: send the crew for")

    plant.answer = Answer.TAKEN
    plant.set(**{"ST06.CommissionActivity": Activity.NONE})
    hmi.press("c")
    await hmi.shows("Commissioning: the line, and ST06", "submit a map ...")
    hmi.press(*["down"] * 9, "enter")
    for place in range(5):
        await hmi.shows(f"wired to input {place}")
        hmi.press("down", "enter")
    await hmi.shows("submit the map ?", "0: outfeed_clear   1: clamped", "5: pallet_present")
    hmi.press("y")
    await hmi.shows("2 of 6 inputs are right; tried here: 0 outfeed_clear, 1 clamped", "OK  2 of 6 inputs are right")


async def test_it_is_painted_and_follows_the_work(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    """On 80 x 24; the operator's choice of a station outlasts the work elsewhere, Home gives it back."""
    plant.set(**{**STATE, "ST04.CommissionActivity": Activity.CHECKING, "ST04.CommissionStage": 2})
    hmi = await open_hmi(server.port, 80, 24)
    await hmi.shows("LINK OK")
    hmi.press("m")
    await hmi.shows("M COMMISSIONING", "1 of 12 released", "ST04 MACHINING", "goes to the sensor pallet_present")
    assert "●●◌····  Communicating" in hmi.line(" 4  Machining")
    plant.set(**{"ST06.CommissionActivity": Activity.CONFIRM, "ST06.CommissionStage": 2})
    await hmi.shows("ST06 HARNESS", "◆ you: what of pallet_present?", "Which input changed?")
    hmi.press("down")
    await hmi.shows("ST07 POWER CELL")
    hmi.press("enter")
    await hmi.shows("nothing was proved here in this run", "Enter Ledger")
    hmi.press("escape")
    await hmi.shows("─ LEDGER ─", "ST07 POWER CELL")
    hmi.press("y")
    await hmi.shows("ST07 confirm  REFUSED  nothing waits to be confirmed there")
    assert plant.writes == []


async def test_a_dormant_line_names_the_key_on_its_overview(
    plant: Commissioned, server: PlantServer, open_hmi: Open
) -> None:
    plant.set(**{**COLD, "Line.AllReleased": 0, "ST02.StateCurrent": State.ABORTED})
    hmi = await open_hmi(server.port, 80, 24)
    await hmi.shows("LINK OK", "not commissione", "M Commissioning")
