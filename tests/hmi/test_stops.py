"""Stop reasons out of the journal's events: stops, their sums, and what of it an operator sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmi.draw.spans import length
from hmi.link.stops import Pareto, Share, Stop, StopBook, shares_of, stops_of
from hmi.panels.station import station
from hmi.panels.station_stops import station_stops
from protocols.errors import Refusal
from protocols.reasons import Reason
from protocols.records.journal_files import Event, event_words
from tests.hmi.frames import frame, text

S = 1_000_000


def event(number: int, at_s: int, station: int, value: int, what: int = 34) -> Event:
    return Event(number, at_s * 1000, station, what, value)


class Events:
    """The journal's file of events."""

    def __init__(self, rows: Sequence[Event]) -> None:
        self.rows = list(rows)
        self.requests = 0

    async def read_file(self, file: int, parts: Sequence[tuple[int, int]]) -> list[list[int]]:
        self.requests += 1
        if file != 2 or not self.rows:
            raise Refusal("server", f"file {file}", "no such file")
        words = [len(self.rows), 9, *(word for row in self.rows for word in event_words(row))]
        return [words[first : first + count] for first, count in parts]


def test_a_stop_lasts_from_its_reason_to_the_next() -> None:
    rows = [
        event(1, 5, 5, Reason.NONE), event(2, 10, 5, 106), event(3, 11, 5, 4, what=32), event(4, 12, 6, Reason.SAFETY),
        event(5, 40, 5, Reason.NONE), event(6, 50, 5, Reason.SAFETY), event(7, 55, 5, 106), event(8, 60, 0, 1),
    ]  # fmt: skip
    assert stops_of(rows) == {
        5: [Stop(106, 10 * S, 40 * S), Stop(Reason.SAFETY, 50 * S, 55 * S), Stop(106, 55 * S, None)],
        6: [Stop(Reason.SAFETY, 12 * S, None)],
    }


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from([0, 2, 106])), max_size=40), st.integers(0, 50))
def test_every_second_of_a_stop_is_counted_once(steps: list[tuple[int, int]], after: int) -> None:
    """Against a plain model: second by second."""
    rows, now, reason = [], 100, 0
    wanted: Counter[int] = Counter()
    counts: Counter[int] = Counter()
    for number, (wait, value) in enumerate(steps):
        wanted[reason] += wait
        now += wait
        rows.append(event(number, now, 5, value))
        counts[value] += 1
        reason = value
    wanted[reason] += after
    found = shares_of(stops_of(rows).get(5, ()), (now + after) * S)
    assert {share.reason: share.seconds for share in found} == {r: wanted[r] for r in counts if r}
    assert {share.reason: share.count for share in found} == {r: n for r, n in counts.items() if r}
    assert [share.seconds for share in found] == sorted((s.seconds for s in found), reverse=True)


async def test_events_are_read_once_and_forgotten_with_the_run() -> None:
    journal, book = Events([event(n, n, 5, 106 if n % 2 else 0) for n in range(1, 61)]), StopBook()
    await book.update(journal, 1)
    assert book.there is True
    assert book.pareto(5, 61 * S) == Pareto(1 * S, (Share(106, 30.0, 30, False),))
    before = journal.requests
    journal.rows.append(event(61, 62, 5, 2))
    await book.update(journal, 1)
    assert journal.requests - before == 2
    assert book.pareto(5, 70 * S).shares[1] == Share(2, 8.0, 1, True)
    journal.rows = [event(7, 3, 6, 2)]
    await book.update(journal, 2)
    assert book.pareto(5, 70 * S).shares == ()
    assert book.pareto(6, 70 * S).shares == (Share(2, 67.0, 1, True),)
    journal.rows = []
    await book.update(journal, 3)
    assert not book.there, "this plant keeps no journal"


@pytest.mark.parametrize("width", [49, 69, 80, 140])
def test_the_longest_reasons_stand_first_with_their_share(width: int) -> None:
    shares = tuple(Share(reason, 100.0 - 10 * n, n + 1, n == 2) for n, reason in enumerate((106, 2, 8, 9, 1, 3, 4)))
    lines = station_stops(frame().station(5), Pareto(90 * S, shares), width)
    shown = text(lines).splitlines()
    assert all(length(line) == width for line in lines)
    assert len(shown) == 6
    assert "28 in 8m10s, 5 of 7 reasons" in shown[0]
    assert "Tighten joi" in shown[1]
    assert "1m40s  20 % ×1" in shown[1]
    assert "Device fault" in shown[3]
    assert "×3   ■ now" in shown[3]
    bars = [2 * row.count("━") + row.count("╸") for row in shown[1:]]
    assert bars == sorted(bars, reverse=True)
    assert bars[0] > bars[-1]


def test_a_plant_without_a_journal_shows_no_stops() -> None:
    view = frame(board=5).station(5)
    assert "STOPS" not in text(station(view, 140, 42, 0))
    for width in (80, 140):
        assert "STOPS ─ 1 in 9s" in text(station(view, width, 42, 0, Pareto(0, (Share(2, 9.0, 1, False),))))
    assert "none" in text(station(view, 140, 42, 0, Pareto(0, ())))
