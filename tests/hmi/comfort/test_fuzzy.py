"""Finding by a few letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmi.comfort.fuzzy import best, score

_TEXT = st.text("abc st05_.", max_size=12)


@pytest.mark.parametrize(("typed", "first", "second"), [
    ("hold", "Line Hold", "ST05 Unhold"),
    ("5 hold", "ST05 Hold", "ST05 Unhold"),
    ("trq", "ST05.torque_low", "ST01.mass"),
    ("over", "Overview F1", "recover"),
    ("", "first", "second"),
])  # fmt: skip
def test_the_better_answer_comes_first(typed: str, first: str, second: str) -> None:
    order = best(typed, [second, first] if typed else [first, second], str, 9)
    assert order[0] == first


@given(_TEXT, st.lists(_TEXT, max_size=8))
def test_what_is_found_has_every_letter_typed(typed: str, texts: list[str]) -> None:
    found = best(typed, texts, str, 99)
    letters = set(typed.replace(" ", ""))
    assert all(letters <= set(text) for text in found)
    assert all(text in found for text in texts if typed.strip() and typed.strip() in text)
    assert [score(typed.strip(), text) for text in found] == sorted(
        (score(typed.strip(), text) for text in found), reverse=True
    )
    assert set(best(" ", texts, str, 99)) == set(texts), "nothing typed leaves all"
