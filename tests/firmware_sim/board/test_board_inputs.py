"""How inputs come in: debounced, sampled at exchanges only, the data tag as it is."""

from __future__ import annotations

import pytest

from firmware_sim.board.profile import DEBOUNCE_US, EXCHANGE_US, profile
from protocols.stations.images import ACKNOWLEDGE, SAFETY_OK, TRIPPED, word
from protocols.stations.io_table import KITTING
from tests.firmware_sim.bench import MS, Bench
from tests.firmware_sim.board.board_hosts import EveryInstant, Happening, WhenAsked

BIT = KITTING.status("tray_present")


def _shown(at_us: int, *, debounce_us: int = DEBOUNCE_US) -> int:
    """When an edge at `at_us` shows in the status."""
    bench = Bench(KITTING, debounce_us=debounce_us)
    bench.run([Happening(at_us, "edge", lambda host, now: host.edge(now, BIT))], 1_000 * MS)
    return next(now for now, status, *_ in bench.seen if status & BIT)


@pytest.mark.parametrize(
    ("at_us", "shows_us"),
    [
        (100_001, 160_000),  # sampled at 120 ms, stable for 30 ms at 150 ms, told at the next exchange
        (119_999, 160_000),
        (120_000, 160_000),  # the plant comes before the exchange of the same instant
        (120_001, 180_000),
    ],
)
def test_an_edge_shows_at_the_first_exchange_after_its_debounce_time(at_us: int, shows_us: int) -> None:
    assert _shown(at_us) == shows_us


@pytest.mark.parametrize("debounce_us", [0, 1, 19_999, 20_000, 20_001, 30_000, 65_000])
def test_the_debounce_time_counts_from_the_sample_that_saw_the_edge(debounce_us: int) -> None:
    sampled = 120_000
    whole = -(-debounce_us // EXCHANGE_US) * EXCHANGE_US
    assert _shown(101_000, debounce_us=debounce_us) == sampled + whole


def test_a_bounce_that_is_shorter_than_the_debounce_time_never_shows() -> None:
    bench = Bench(KITTING).ready()
    quiet = bench.status
    for _ in range(20):
        bench.inputs("tray_present").pass_ms(20)
        assert bench.status == quiet
        bench.inputs().pass_ms(20)
        assert bench.status == quiet


def test_a_bounce_does_not_prolong_what_was_stable_before_it() -> None:
    bench = Bench(KITTING).ready()
    bench.inputs("tray_present").pass_ms(20)  # sampled
    bench.inputs().inputs("tray_present").pass_ms(20)  # away and back between two samples: nobody saw it
    assert not bench.shows(BIT)
    assert bench.pass_ms(20).shows(BIT)


def test_inputs_are_debounced_one_by_one() -> None:
    bench = Bench(KITTING).ready()
    bench.inputs("tray_present").pass_ms(40)
    bench.inputs("tray_present gripper_down").pass_ms(20)
    assert bench.shows(BIT)
    assert not bench.shows(KITTING.status("gripper_down"))
    assert bench.pass_ms(40).shows(KITTING.status("gripper_down"))


def test_the_carrier_is_read_at_each_exchange_without_debouncing() -> None:
    bench = Bench(KITTING).ready()
    bench.strip.carrier = 0x4107
    assert word(bench.once().status, 1) == 0x4107
    bench.strip.carrier = 0
    assert word(bench.once().status, 1) == 0


def test_the_first_exchange_takes_the_inputs_as_they_are() -> None:
    bench = Bench(KITTING).inputs("tray_present axis_home").once()
    assert bench.shows(BIT | KITTING.status("axis_home") | SAFETY_OK)


@pytest.mark.parametrize("lead_ms", [1, 20, 39])
def test_an_edge_in_a_silence_counts_from_the_first_exchange_after_it(lead_ms: int) -> None:
    """Nobody samples in a silence, however early in it the edge came."""
    bench = Bench(KITTING).ready()
    bench.link_up = False
    bench.pass_ms(60 - lead_ms)
    bench.inputs("tray_present").pass_ms(lead_ms)
    bench.link_up = True
    assert not bench.pass_ms(40).shows(BIT)
    assert bench.once().shows(BIT)


def test_what_was_pending_before_a_silence_and_never_changed_is_accepted_after_it() -> None:
    bench = Bench(KITTING).ready()
    bench.inputs("tray_present").once()
    assert not bench.shows(BIT)
    assert bench.silence(60).once().shows(BIT)


@pytest.mark.parametrize(
    ("edges_ms", "cut_ms", "mended_ms", "shows_ms"),
    [
        # sampled at 100 ms; what bounces while exchanges are missing is not seen, not even when it was announced
        ((90, 150, 170), 110, 190, 200),
        ((90, 115, 125), 110, 130, 140),  # away just before the one exchange that is missing
        # away before the silence, back within it: sampled anew at 200 ms
        ((90, 105, 150), 125, 190, 240),
    ],
)
def test_announced_bounces_around_a_silence(
    edges_ms: tuple[int, ...], cut_ms: int, mended_ms: int, shows_ms: int
) -> None:
    script = [Happening(at * MS, "edge", lambda host, now: host.edge(now, BIT)) for at in edges_ms]
    # acknowledged: a board with nothing to do, not even a trip to show
    script.append(Happening(30 * MS, "acknowledge", lambda host, now: host.write(now, ACKNOWLEDGE)))
    script.append(Happening(cut_ms * MS, "cut", lambda host, now: host.link(now, False)))
    script.append(Happening(mended_ms * MS, "mended", lambda host, now: host.link(now, True)))
    for kind in (EveryInstant, WhenAsked):
        host = kind(profile(KITTING))
        host.run(sorted(script), 1_000 * MS)
        assert next(now for now, status, *_ in host.seen if status & BIT) == shows_ms * MS


def test_a_drop_of_the_safety_chain_shows_with_the_trip() -> None:
    bench = Bench(KITTING).ready().inputs(safe=False)
    assert bench.pass_ms(40).shows(SAFETY_OK)
    assert not bench.shows(TRIPPED)
    bench.once()
    assert not bench.shows(SAFETY_OK)
    assert bench.shows(TRIPPED)
