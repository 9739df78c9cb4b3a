"""Rows of the boards' file: what is written is what is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.records.board_rows import ROW_WORDS, BoardRow, read_row, row_words

WORD = st.integers(0, 0xFFFF)
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@given(st.builds(BoardRow, WORD, WORD, st.tuples(WORD, WORD, WORD), TEXT, TEXT, TEXT))
def test_a_row_survives_its_registers(row: BoardRow) -> None:
    words = row_words(row)
    assert len(words) == ROW_WORDS
    assert all(0 <= word <= 0xFFFF for word in words)
    assert read_row(words) == row


def test_texts_that_are_too_long_are_cut_between_letters() -> None:
    row = read_row(row_words(BoardRow(5, port="ä" * 30, identity="x" * 60, problem="€" * 60)))
    assert (row.port, row.identity, row.problem) == ("ä" * 24, "x" * 48, "€" * 38)


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="a row of 3 registers"):
        read_row((1, 2, 3))
