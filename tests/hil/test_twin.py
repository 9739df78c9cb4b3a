"""Real sensors beside the plant's: delay is no difference, what lasts is one."""

from __future__ import annotations

from hil.twin import PATIENCE_US, TOLERANCE, Twin

NONE = (0, 0, 0, 0)


def test_delay_is_no_difference_and_what_lasts_counts_once() -> None:
    twin = Twin(0b0000100)
    for now in range(0, PATIENCE_US, 20_000):
        twin.compare(now, 0b100, 0, NONE, NONE)
    assert (twin.differing, twin.count) == (0, 0)
    assert twin.compare(PATIENCE_US, 0b100, 0, NONE, NONE) == 0b100
    for now in range(PATIENCE_US + 20_000, 3 * PATIENCE_US, 20_000):
        assert twin.compare(now, 0b100, 0, NONE, NONE) == 0
    assert (twin.differing, twin.count, twin.worst, twin.since_us()) == (0b100, 1, (2, 1), 0)
    twin.compare(900_000, 0b100, 0b100, NONE, NONE)
    assert (twin.differing, twin.count, twin.since_us()) == (0, 1, -1)
    for now in range(1_000_000, 1_500_000, 20_000):
        twin.compare(now, 0, 0b100, NONE, NONE)
    assert (twin.count, twin.since_us()) == (2, 1_000_000)


def test_measurements_have_a_tolerance_and_a_worst() -> None:
    twin = Twin(1 << 7 | 1 << 10)
    for now in range(0, 1_000_000, 20_000):
        twin.compare(now, 0, 0x7F, (100, 900, 0, 500), (100 + TOLERANCE, 0, 0, 500 + now // 10_000))
    assert twin.differing == 1 << 10
    assert twin.worst == (10, 98)
    assert [channel.count for channel in twin.channels] == [0] * 10 + [1]


def test_channels_that_the_plant_supplies_are_not_compared() -> None:
    twin = Twin(0)
    for now in range(0, 1_000_000, 20_000):
        twin.compare(now, 0x7F, 0, (1023,) * 4, NONE)
    assert (twin.differing, twin.count) == (0, 0)
