"""Being told is enough: a board that is asked only now and then shows what it would have shown at every instant.

One board samples at every instant of the exchange grid, its twin is asked only when an edge, a command, a signal or a
deadline of its own asks for it. Hypothesis drives both through the same minutes.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from firmware_sim.board.profile import profile
from protocols.stations.io_table import BURN_IN, KITTING, MACHINING, PRESS
from protocols.stations.station_io import StationIO
from tests.firmware_sim.board.board_hosts import SECOND, EveryInstant, Happening, WhenAsked
from tests.firmware_sim.board.board_scripts import lives, signals


@pytest.mark.parametrize("io", [KITTING, PRESS, MACHINING, BURN_IN], ids=lambda io: io.name)
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(script=lives())
def test_a_board_that_is_asked_shows_what_a_board_that_samples_shows(io: StationIO, script: list[Happening]) -> None:
    until = script[-1].at + 25 * SECOND
    always = EveryInstant(profile(io), signals())
    always.run(script, until)
    asked = WhenAsked(profile(io), signals())
    asked.run(script, until)

    assert asked.seen == always.seen
    assert _counters(asked) == _counters(always)


def _counters(host: EveryInstant) -> tuple[int, ...]:
    board = host.board
    return board.watchdog_trips, board.interlock_trips, board.resets, board.reset_cause, board.regulator.duty


class EverythingTwice(EveryInstant):
    """A host on a noisy line: each request is sent again, with the same time."""

    def answer(self, now: int) -> int:
        super().answer(now)
        return super().answer(now)


@pytest.mark.parametrize("io", [PRESS, BURN_IN], ids=lambda io: io.name)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(script=lives())
def test_a_request_that_is_repeated_changes_nothing(io: StationIO, script: list[Happening]) -> None:
    until = script[-1].at + SECOND
    once = EveryInstant(profile(io), signals())
    once.run(script, until)
    twice = EverythingTwice(profile(io), signals())
    twice.run(script, until)

    assert twice.seen == once.seen
    assert _counters(twice) == _counters(once)
