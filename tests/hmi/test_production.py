"""The production page: orders, rejects, and histories read from the plant's files."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hmi.draw.spans import length
from hmi.frame import Frame
from hmi.link.entry_file import EntryFile
from hmi.link.robots import Result, Robot, robot
from hmi.panels.production import production
from protocols.errors import Refusal
from tests.hmi.frames import frame, text
from tests.hmi.test_panels import any_frames

BAD = Robot(1001, 60, (Result(1, 1, 0), Result(10, 3, 500), Result(12, 2, 900)))
GOOD = Robot(1000, 0, tuple(Result(n, 1, 60 * n) for n in range(1, 13)))


def page(
    shown: Frame, robots: Sequence[Robot] = (GOOD, BAD), width: int = 140, height: int = 38, cursor: int = 0
) -> str:
    return text(production(shown, robots, "all told", cursor, "", width, height))


class Kept:
    """Files as a server keeps them: the last `keep` entries of `size` registers each, numbered from 1."""

    def __init__(self, size: int, keep: int) -> None:
        self.size, self.keep, self.count, self.requests, self.growth = size, keep, 0, 0, 0

    async def read_file(self, file: int, parts: Sequence[tuple[int, int]]) -> list[list[int]]:
        self.requests += 1
        if file != 7:
            raise Refusal("server", f"file {file}", "no such file")
        entries = range(max(1, self.count - self.keep + 1), self.count + 1)
        words = [len(entries), self.size, *(w for n in entries for w in (n, *[n * 3] * (self.size - 1)))]
        assert sum(count + 2 for _, count in parts) <= 125
        self.count += self.growth
        return [words[first : first + count] for first, count in parts]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 70), st.integers(1, 40), st.lists(st.integers(0, 30), min_size=1, max_size=5))
async def test_a_file_of_entries_is_read_on(size: int, keep: int, steps: list[int]) -> None:
    kept, file = Kept(size, keep), EntryFile(7, 25, lambda entry: entry[0])
    seen: list[int] = []
    for step in steps:
        kept.count += step
        new = await file.update(kept)
        fresh = range(max(1, kept.count - keep + 1), kept.count + 1)
        seen = sorted({*seen, *fresh}, reverse=True)[:25]
        assert [entry[0] for entry in file.entries] == seen
        assert new == bool(step)
    before = kept.requests
    await file.update(kept)
    assert kept.requests - before <= 2, "what is known is not read again"


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(4, 40), st.integers(1, 2))
async def test_a_file_that_grows_while_it_is_read_loses_nothing(size: int, keep: int, growth: int) -> None:
    """By fewer entries than an answer holds."""
    kept, file = Kept(size, keep), EntryFile(7, 200, lambda entry: entry[0])
    kept.count, kept.growth = keep, growth
    await file.update(kept)
    newest = kept.count
    kept.growth = 0
    await file.update(kept)
    seen = [entry[0] for entry in file.entries]
    assert seen == sorted(set(seen), reverse=True), "in order, none twice"
    assert set(range(max(1, newest - keep + 1), newest + 1)) <= set(seen)


async def test_another_run_begins_anew() -> None:
    kept, file = Kept(4, 4), EntryFile(7, 25, lambda entry: entry[0])
    kept.count = 3
    await file.update(kept, 7)
    kept.count = 1
    await file.update(kept, 8)
    assert [entry[0] for entry in file.entries] == [1]


async def test_a_server_without_the_file_has_none() -> None:
    file = EntryFile(8, 25, lambda entry: entry[0])
    assert not await file.update(Kept(4, 4))
    assert not file.there


def test_a_history_out_of_registers() -> None:
    words = [0, 1001, 0, 60, 3, 1, 1, 0, 10, 3, 500, 12, 2, 900, *[0] * 50]
    assert robot(words) == BAD
    assert not BAD.good
    assert GOOD.good
    assert BAD.troubles == (Result(10, 3, 500), Result(12, 2, 900))


def test_an_order_tells_how_far_it_is() -> None:
    said = page(frame())
    assert "Order 4711" in said
    assert "38 of 60 robots" in said
    assert "63 %" in said
    assert "ready in about 30m50s" in said, "22 robots at 42.8 an hour"
    assert "no end" in page(frame({"Line.OrderTarget": 0}))
    assert "No order" in page(frame({"Line.OrderTarget": 0, "Line.OrderNumber": 0}))
    assert "complete" in page(frame({"Line.OrderDone": 60, "Line.OrderComplete": 1}))


def test_rejects_stand_beside_the_station_wide_and_narrow() -> None:
    wide = next(line for line in page(frame()).splitlines() if line.startswith(" 5 "))
    assert "49    2" in wide
    assert "3.9 %" in wide
    narrow = page(frame(), width=80, height=20)
    assert "REJECTS BY STATION" in narrow
    assert "ST05 2  3.9 %" in narrow


def test_the_selected_robots_history_is_told() -> None:
    said = page(frame(), cursor=1)
    assert "SN1001" in said
    assert "× scrapped ST10 sent back, ST12 failed" in said
    assert "ROBOT SN1001" in said
    assert "ST10 × sent back +8m20s" in said


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_frames(), st.lists(st.sampled_from([GOOD, BAD]), max_size=40), st.integers(80, 220), st.integers(20, 60))
def test_it_fits(shown: Frame, robots: list[Robot], width: int, height: int) -> None:
    lines = production(shown, robots, "told", max(0, len(robots) - 1), "x", width, height)
    assert len(lines) <= height
    assert all(length(line) in (0, width) for line in lines)
