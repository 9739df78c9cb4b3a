"""Report by exception: what is rebuilt from the reports is never further off than the deadband."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from protocols.tags.tag import Kind, Table, Tag, Writer
from sector7.historian.reporter import Reporter
from sector7.historian.selection import Recorded

TAGS = [
    Recorded(Tag(f"T{i}", Table.INPUT, i, Kind.I16, Writer.PLANT, "a test's"), band)
    for i, band in enumerate((0, 3, 10))
]
RAW = st.tuples(*[st.integers(-50, 50)] * 3)


@given(st.lists(RAW, max_size=40))
def test_the_record_follows_every_value_within_its_deadband(course: list[tuple[int, ...]]) -> None:
    reporter, record = Reporter(TAGS), dict[int, int | None]()
    for raws in course:
        values = {r.tag.name: raw for r, raw in zip(TAGS, raws, strict=True)}
        changes = reporter.changes(values)
        for i, raw in changes:
            was = record.get(i)
            assert was is None or raw is None or abs(raw - was) > TAGS[i].deadband, "a row for nothing"
            record[i] = raw
        for i, r in enumerate(TAGS):
            kept = record[i]
            assert kept is not None
            assert abs(kept - raws[i]) <= r.deadband
        assert reporter.changes(values) == []


def test_what_is_known_needs_no_report_until_it_moves() -> None:
    reporter = Reporter(TAGS, {"T0": 1, "T1": 1})
    assert reporter.changes({"T0": 1, "T1": 4, "T2": 0}) == [(2, 0)]
    assert reporter.changes({"T0": 2, "T1": 5, "T2": 0}) == [(0, 2), (1, 5)]
    reporter.forget()
    assert reporter.changes({"T0": 2, "T1": 5, "T2": 0}) == [(0, 2), (1, 5), (2, 0)]


def test_one_tag_alone_is_reported_too() -> None:
    assert Reporter(TAGS[:1]).changes({"T0": 5}) == [(0, 5)]
