"""What a journal tells as file records: written and read the same way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from protocols.records.journal_files import (
    EVENT_WORDS,
    WRITE_WORDS,
    Event,
    event_words,
    read_event,
    read_write,
    write_words,
)
from protocols.roles import Role
from protocols.tags.session_map import ActionResult, LoggedAction
from protocols.tags.tag import Table

EVENTS = st.builds(
    Event, st.integers(0, 2**32 - 1), st.integers(0, 2**48 - 1), st.integers(0, 12), st.integers(0, 2**16 - 1),
    st.integers(0, 2**32 - 1),
)  # fmt: skip
WRITES = st.builds(
    LoggedAction, st.integers(0, 2**32 - 1), st.integers(0, 2**48 - 1), st.just(0), st.sampled_from([None, *Role]),
    st.sampled_from([ActionResult.DONE, ActionResult.IGNORED]), st.integers(1, 22), st.sampled_from(Table),
    st.integers(0, 2**16 - 1), st.integers(-(2**31), 2**31 - 1), st.integers(-(2**31), 2**31 - 1),
    st.text("abcXYZ 0123456789.:", max_size=16),
)  # fmt: skip


@given(EVENTS)
def test_an_event_reads_as_it_was_told(event: Event) -> None:
    words = event_words(event)
    assert len(words) == EVENT_WORDS
    assert all(0 <= word < 2**16 for word in words)
    assert read_event(words) == event


@given(WRITES)
def test_a_written_value_reads_as_it_was_told(action: LoggedAction) -> None:
    words = write_words(action)
    assert len(words) == WRITE_WORDS
    assert all(0 <= word < 2**16 for word in words)
    assert read_write(words) == action
