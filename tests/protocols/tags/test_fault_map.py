"""Faults as numbers: every target and parameter goes into registers and comes back, every row into a file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.faults.kinds import KINDS, FaultKind
from protocols.faults.targets import target_name, target_numbers, targets
from protocols.roles import Role
from protocols.tags.fault_map import (
    FAULT_COMMANDS,
    INJECT,
    MOST,
    PARAMETERS,
    ROW_WORDS,
    FaultRow,
    digits,
    duration,
    injection,
    number,
    read_row,
    row_words,
)
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Writer

MOST_REGISTERS = 10_000


def test_codes_and_names_are_unambiguous_and_parameters_fit() -> None:
    assert len({kind.code for kind in KINDS}) == len({kind.name for kind in KINDS}) == len(KINDS)
    assert all(len(kind.parameters) <= PARAMETERS for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_target_has_numbers_of_its_own(kind: FaultKind) -> None:
    names = targets(kind.name)
    numbers = [target_numbers(kind.name, name) for name in names]
    assert names
    assert len(set(numbers)) == len(names) == len(set(names))
    assert [target_name(kind.name, *each) for each in numbers] == names
    for station, place in numbers:
        assert PLANT_MAP["Line.FaultStation"].bounds[1] >= station
        assert PLANT_MAP["Line.FaultPlace"].bounds[1] >= place


@pytest.mark.parametrize(("station", "place"), [(13, 0), (-1, 0), (5, 6), (5, -1), (0, 0)])
def test_what_is_no_place_has_no_name(station: int, place: int) -> None:
    assert target_name("stuck_on", station, place) == ""


def test_only_an_engineer_may_inject() -> None:
    for name in FAULT_COMMANDS:
        assert PLANT_MAP[name].may_write == {Role.ENGINEER}
        assert PLANT_MAP[name].writer is Writer.MASTER
    assert [PLANT_MAP[name].address for name in INJECT] == list(range(368, 384))


@given(st.integers(-9999, 9999), st.integers(-6, 4))
def test_four_digits_travel_exactly(raw: int, exponent: int) -> None:
    value = float(f"{raw}e{exponent}")
    carried, power = digits(value)
    assert -32768 <= carried <= 32767
    assert -6 <= power <= 6
    assert number(carried, power) == value


@pytest.mark.parametrize("value", [1 / 3, 1e-9, 123456.5, float("1e12")])
def test_what_registers_cannot_carry_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="digits"):
        digits(value)


def test_times_take_the_smallest_unit_in_which_all_are_whole() -> None:
    assert duration((300_000, 0, 0)) == (0, (300, 0, 0))
    assert duration((90_000_000, 1_000_000, 3_000_000)) == (1, (90, 1, 3))
    assert duration((86_400_000_000, 0, 0)) == (2, (1440, 0, 0))
    with pytest.raises(ValueError, match="whole in one unit"):
        duration((86_400_000_000, 1_000, 0))


def test_only_what_is_given_is_marked_as_given() -> None:
    values = injection("spike", "ST05.press_force", {"height": -2.5, "every_s": 3.0}, lasts_us=20_000_000)
    assert (values["Line.FaultKind"], values["Line.FaultGiven"]) == (14, 0b101)
    assert (values["Line.FaultValue1"], values["Line.FaultExponent1"]) == (-25, -1)
    assert (values["Line.FaultLasts"], values["Line.FaultTimeUnit"]) == (20_000, 0)
    assert list(values) == list(INJECT)
    with pytest.raises(LookupError):
        injection("spike", "ST05.clamped", {})


NUMBERS = st.tuples(st.integers(1, 9999), st.integers(0, 1 << 60), st.integers(0, 1 << 60))
TEXTS = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=60)


@given(st.sampled_from(KINDS), st.data(), NUMBERS, TEXTS, TEXTS)
def test_a_row_travels(kind: FaultKind, data: st.DataObject, numbers: tuple[int, int, int], who: str, why: str) -> None:
    station, place = target_numbers(kind.name, data.draw(st.sampled_from(targets(kind.name))))
    parameters = tuple(float(data.draw(st.integers(0, 1000))) for _ in kind.parameters)
    row = FaultRow(numbers[0], kind.code, station, place, 0, True, *numbers[1:], 0, 7, parameters, who, why, "")
    words = row_words(row)
    again = read_row(words)
    assert len(words) == ROW_WORDS
    assert (again.kind, again.target) == (kind.name, target_name(kind.name, station, place))
    assert who.startswith(again.who)
    assert why.startswith(again.why)
    assert (again.number, again.since_us, again.ended_us, again.parameters) == (*numbers, parameters)
    assert len(again.who) == len(who) or len(who.encode()) > 40


def test_a_file_holds_as_many_as_may_be_active() -> None:
    assert 2 + MOST * ROW_WORDS <= MOST_REGISTERS
