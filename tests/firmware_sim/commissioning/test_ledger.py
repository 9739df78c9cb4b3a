"""The ledger as a state machine, against a plain model; and its words."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.commissioning.ledger import LOG_STAGE, Book, StationLedger
from protocols.commissioning import (
    HIGH_ITEM,
    LOW_ITEM,
    NEVER_ENDED,
    STAGE_TEXTS,
    WRONG_REST,
    By,
    Entry,
    Finding,
    Stage,
    entry_of,
    entry_words,
    expected,
    seen,
    what,
)
from protocols.commissioning_checks import required
from protocols.stations.io_table import BY_NUMBER, STATIONS
from protocols.tags.commissioning_map import MOST_ENTRIES


@dataclass
class Model:
    """What a ledger is, in as many words as it takes: for each step the set of items that must have passed."""

    items: list[set[int]]
    stage: int = 0
    open: set[int] = field(default_factory=set)
    rows: int = 0

    def __post_init__(self) -> None:
        self.open = set(self.items[1])

    def record(self, item: int, passed: bool) -> bool:
        """True if it is written down."""
        if self.stage == 7 or item not in self.items[self.stage + 1]:
            return False
        self.rows += 1
        (self.open.discard if passed else self.open.add)(item)
        if not self.open:
            self.reach(self.stage + 1)
        return True

    def reach(self, stage: int) -> None:
        """The station is at `stage`, and everything is open for the next."""
        self.stage = stage
        self.open = set(self.items[stage + 1]) if stage < 7 else set()


def model(number: int) -> Model:
    """Of a cold station."""
    items = required(BY_NUMBER[number])
    return Model([set(), *(set(items[stage]) for stage in list(Stage)[1:])])


deeds = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.integers(0, 15), st.booleans()),
        st.tuples(st.just("next"), st.integers(0, 5), st.booleans()),
        st.tuples(st.just("step"), st.just(0), st.just(True)),
        st.tuples(st.just("fall"), st.integers(0, 7), st.just(True)),
    ),
    max_size=60,
)


@given(st.sampled_from([io.number for io in STATIONS]), deeds)
def test_a_ledger_is_what_the_model_says(number: int, what_is_done: list[tuple[str, int, bool]]) -> None:
    log: list[tuple[int, int, int]] = []
    book = Book()
    ledger = StationLedger(BY_NUMBER[number], book, log.append, 0, released=False)
    wanted = model(number)
    for now, (deed, value, passes) in enumerate(what_is_done):
        if deed == "fall":
            before = wanted.stage
            ledger.fall(now, Stage(value))
            if value <= before:
                wanted.reach(value)
        else:
            todo = {"next": sorted(wanted.open)[value : value + 1], "step": sorted(wanted.open)}.get(deed, [value])
            for item in todo:
                entry = ledger.record(now, item, 1, 1, int(passes), By.PROGRAM)
                assert (entry is not None) is wanted.record(item, passes)
                assert entry is None or entry.passed is passes
        assert ledger.stage == wanted.stage
        assert set(ledger.passed) == (wanted.items[wanted.stage + 1] - wanted.open if wanted.stage < 7 else set())
        assert book.count == wanted.rows
    assert [value for _, number, value in log if number == LOG_STAGE][-1:] in ([], [ledger.stage])


def test_only_the_step_that_is_next_can_be_proved() -> None:
    ledger = StationLedger(BY_NUMBER[3], Book(), lambda entry: None, 0, released=False)
    assert ledger.record(0, 5, 1, 1, 1, By.OPERATOR) is None  # an input, but nothing is energised yet
    assert ledger.record(0, 0, 1, 1, 1, By.OPERATOR) is not None
    assert ledger.stage == Stage.ENERGISED


def test_a_warm_station_is_released_and_stays_so() -> None:
    ledger = StationLedger(BY_NUMBER[3], Book(), lambda entry: None, 0, released=True)
    assert ledger.stage == Stage.RELEASED
    assert ledger.record(0, 0, 1, 1, 1, By.PROGRAM) is None


def test_the_book_keeps_what_fits_its_file() -> None:
    book = Book()
    for at in range(MOST_ENTRIES + 5):
        book.write(at, 1, 1, 0, 1, 1, 1, 1, 0, 0)
    entries = list(book.entries())
    assert (len(entries), entries[0].number, entries[-1].number) == (MOST_ENTRIES, 6, MOST_ENTRIES + 5)


rows = st.builds(
    Entry,
    number=st.integers(0, 0xFFFF), at_us=st.integers(0, 10**11).map(lambda ms: ms * 1000), station=st.integers(1, 12),
    stage=st.integers(1, 7), item=st.integers(0, 15), by=st.integers(1, 2), low=st.integers(-(2**31), 2**31 - 1),
    high=st.integers(-(2**31), 2**31 - 1), seen=st.integers(-(2**31), 2**31 - 1), finding=st.integers(0, 8),
    other=st.integers(0, 15),
)  # fmt: skip


@given(rows)
def test_an_entry_survives_its_registers(entry: Entry) -> None:
    words = entry_words(entry)
    assert len(words) == 16
    assert all(0 <= word <= 0xFFFF for word in words)
    assert entry_of(words) == entry
    assert words[3] & 0xFF == entry.passed


def row(
    station: int, stage: Stage, item: int, low: int, high: int, value: int, finding: int = 0, other: int = 0
) -> Entry:
    """An entry of the program."""
    return Entry(1, 0, station, stage, item, By.PROGRAM, low, high, value, finding, other)


WORDS = {
    "an input": (row(5, Stage.IO_CHECKED, 2, 4, 4, 4), ("clamped", "clamped changes, no other", "clamped changed")),
    "swapped": (
        row(5, Stage.IO_CHECKED, 2, 4, 4, 8, Finding.SWAPPED, 3),
        ("clamped", "clamped changes, no other", "press_home changed: swapped inputs with press_home"),
    ),
    "inverted": (
        row(5, Stage.IO_CHECKED, 3, 8, 8, 8 | WRONG_REST, Finding.INVERTED),
        ("press_home", "press_home changes, no other", "press_home changed, wrong at rest: inverted input"),
    ),
    "a transmitter": (
        row(3, Stage.IO_CHECKED, LOW_ITEM + 1, 55, 65, 60),
        ("gas_flow at 20 %", "5.5 to 6.5 l/min", "6.0 l/min"),
    ),
    "its other end": (
        row(3, Stage.IO_CHECKED, HIGH_ITEM + 1, 235, 245, 273, Finding.UNCALIBRATED),
        ("gas_flow at 80 %", "23.5 to 24.5 l/min", "27.3 l/min: lost calibration"),
    ),
    "homing": (row(4, Stage.HOMED, 0, 4, 4, 9, Finding.SEIZED), ("homed", "Idle", "Aborted: seized mechanism")),
    "a stroke": (row(3, Stage.DRY_CYCLE, 0, 0, 10_000, 900), ("Clamp", "within 10 s", "0.9 s")),
    "no end": (
        row(3, Stage.HOT_CYCLE, 2, 0, 25_000, NEVER_ENDED, Finding.SEIZED),
        ("Weld coupon", "within 25 s", "never: seized mechanism"),
    ),
    "a measurement": (row(3, Stage.HOT_CYCLE, 2, 170, 210, 188), ("Weld coupon", "170 to 210 A", "188 A")),
    "silence": (
        row(3, Stage.COMMUNICATING, 0, 1, 1, 0, Finding.DEAD_BOARD),
        ("the board answers", "yes", "no: dead board"),
    ),
    "release": (row(3, Stage.RELEASED, 0, 1, 1, 1), ("released", "yes", "yes")),
}  # fmt: skip


@pytest.mark.parametrize("case", WORDS)
def test_an_entry_can_be_read(case: str) -> None:
    entry, words = WORDS[case]
    assert (what(entry), expected(entry), seen(entry)) == words


def test_every_entry_that_a_station_can_have_has_words() -> None:
    for io in STATIONS:
        for stage, items in required(io).items():
            for item in items:
                entry = row(io.number, stage, item, 1, 1, 1)
                assert what(entry)
                assert expected(entry)
                assert seen(entry)
    assert len(STAGE_TEXTS) == len(Stage)
