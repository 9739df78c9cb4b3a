"""The score against cases worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sector7.training.score import Cause, Diagnosis, Notice, judge

SECOND: Final = 1_000_000
JAMMED, STUCK = 20, 2


def cause(
    number: int = 1, station: int = 5, code: int = JAMMED, since_s: int = 100, recovered_s: int | None = None
) -> Cause:
    recovered = None if recovered_s is None else recovered_s * SECOND
    return Cause(number, "jammed", code, station, f"ST{station:02d}.x", "", since_s * SECOND, recovered)


#: (causes, noticed (s, station), diagnoses (s, station, kind), points of each, false, guesses, total)
CASES: Final = {
    "nothing wrong, nothing said": ([], [], [], [], 0, 0, 100),
    "nothing wrong, something said": ([], [], [(5, 3, JAMMED)], [], 1, 0, 90),
    "nobody did anything": ([cause()], [], [], [0], 0, 0, 0),
    "all at once": ([cause(recovered_s=700)], [(220, 5)], [(220, 5, JAMMED)], [100], 0, 0, 100),
    "noticed half-way": ([cause()], [(100 + 960, 5)], [], [15], 0, 0, 15),
    "noticed too late": ([cause()], [(100 + 1800, 5)], [], [0], 0, 0, 0),
    "noticed before it began": ([cause()], [(99, 5)], [], [0], 0, 0, 0),
    "noticed elsewhere": ([cause()], [(110, 6)], [], [0], 0, 0, 0),
    "the diagnosis is the notice": ([cause()], [], [(150, 5, JAMMED)], [70], 0, 0, 70),
    "the station only": ([cause()], [], [(150, 5, STUCK)], [45], 0, 0, 45),
    "right at the second attempt": ([cause()], [], [(150, 5, STUCK), (160, 5, JAMMED)], [70], 0, 0, 70),
    "a guess too many": ([cause()], [], [(150, 5, 1), (160, 5, 3), (170, 5, JAMMED)], [70], 0, 1, 65),
    "another station": ([cause()], [], [(150, 6, JAMMED)], [0], 1, 0, 0),
    "named before it began": ([cause()], [(110, 5)], [(50, 5, JAMMED)], [30], 1, 0, 20),
    "back half-way": ([cause(recovered_s=100 + 2100)], [], [], [15], 0, 0, 15),
    "two at one station": (
        [cause(1), cause(2, code=STUCK, since_s=200)], [], [(210, 5, STUCK)], [45, 70], 0, 0, 57.5,
    ),
    "one of two": ([cause(1), cause(2, 7, STUCK)], [], [(150, 7, STUCK)], [0, 70], 0, 0, 35),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_points_are_those_worked_out_by_hand(
    case: tuple[list[Cause], list[tuple[int, int]], list[tuple[int, int, int]], list[float], int, int, float],
) -> None:
    causes, notices, diagnoses, points, false, guesses, total = case
    sheet = judge(causes, [(s * SECOND, n) for s, n in notices], [(s * SECOND, n, k) for s, n, k in diagnoses])
    assert [marks.points for marks in sheet.marks] == pytest.approx(points)
    assert (len(sheet.false), sheet.guesses) == (false, guesses)
    assert sheet.total == pytest.approx(total)


def test_right_partly_and_wrong_are_told_apart() -> None:
    def named(*diagnoses: tuple[int, int, int]) -> str:
        return judge([cause()], [], [(s * SECOND, n, k) for s, n, k in diagnoses]).marks[0].diagnosis

    assert named() == "none"
    assert named((150, 6, JAMMED)) == "wrong"
    assert named((150, 5, STUCK)) == "partly"
    assert named((150, 5, STUCK), (900, 5, JAMMED)) == "right"


_TIMES: Final = st.integers(0, 6000).map(lambda s: s * SECOND)
_CAUSES: Final = st.lists(
    st.builds(
        cause, station=st.integers(0, 4), code=st.integers(1, 3), since_s=st.integers(0, 5000),
        recovered_s=st.one_of(st.none(), st.integers(5000, 9000)),
    ),
    max_size=5,
)  # fmt: skip


@given(_CAUSES, st.lists(st.tuples(_TIMES, st.integers(0, 4))),
       st.lists(st.tuples(_TIMES, st.integers(0, 4), st.integers(1, 3))))  # fmt: skip
def test_a_score_is_a_score_and_noise_never_pays(
    causes: Sequence[Cause], notices: Sequence[Notice], diagnoses: Sequence[Diagnosis]
) -> None:
    sheet = judge(causes, notices, diagnoses)
    assert 0 <= sheet.total <= 100
    assert all(0 <= marks.points <= 100 for marks in sheet.marks)
    assert len(sheet.marks) == len(causes)
    # one more diagnosis where nothing is wrong costs ten, as far as there is anything to lose
    noisy = judge(causes, notices, [*diagnoses, (0, 9, 1)])
    assert noisy.total == pytest.approx(max(0.0, sheet.total - 10)) or sheet.total == 0
