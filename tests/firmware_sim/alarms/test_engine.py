"""The alarm engine: delays, shelving, first-out, consequences, flood, chatter, and scanning only when asked."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.alarms.alarm import AlarmCommand, AlarmResult, AlarmState, Priority, ServiceCommand
from tests.firmware_sim.alarms.alarm_bench import SCAN_US, SECOND, AlarmBench, alarm, play

N, U, A, R, SHELVED, SUPPRESSED, OUT, LU, LA = AlarmState


# ---- delays
def test_an_alarm_comes_when_its_on_delay_is_over_and_goes_when_its_off_delay_is() -> None:
    bench = AlarmBench(alarm(1, on_s=5, off_s=2))
    bench.tell(1, True, 10).tell(1, False, 20).run(60)
    assert bench.told() == [(15.0, 1, U), (22.0, 1, R)]


def test_what_is_gone_before_the_on_delay_is_over_was_none() -> None:
    bench = AlarmBench(alarm(1, on_s=5))
    bench.tell(1, True, 10).tell(1, False, 14.99).run(60)
    assert bench.told() == []


def test_what_goes_at_the_very_instant_was_none() -> None:
    assert AlarmBench(alarm(1, on_s=5)).tell(1, True, 10).tell(1, False, 15).run(60).told() == []


def test_gaps_shorter_than_the_off_delay_are_bridged() -> None:
    """Before the alarm and during it: retries every three seconds are one alarm."""
    bench = AlarmBench(alarm(1, on_s=30, off_s=10))
    for start in range(0, 60, 3):
        bench.tell(1, True, start).tell(1, False, start + 2)
    bench.run(120)
    assert bench.told() == [(30.0, 1, U), (69.0, 1, R)]


def test_a_bridged_gap_raises_no_alarm_while_the_condition_is_away() -> None:
    bench = AlarmBench(alarm(1, on_s=30, off_s=10))
    bench.tell(1, True, 0).tell(1, False, 29).tell(1, True, 35).run(60)
    assert bench.told() == [(35.0, 1, U)]


# ---- operators
def test_commands_say_what_became_of_them() -> None:
    bench = AlarmBench(alarm(1, latching=True), alarm(2, priority=Priority.HIGH))
    desk = bench.desk
    assert desk.command(0, AlarmCommand.ACKNOWLEDGE, 7, 0, 30) is AlarmResult.UNKNOWN_ALARM
    assert desk.command(0, AlarmCommand.ACKNOWLEDGE, 1, 0, 30) is AlarmResult.WRONG_STATE
    assert desk.command(0, AlarmCommand.NONE, 1, 0, 30) is AlarmResult.NO_COMMAND
    assert desk.command(0, AlarmCommand.SHELVE, 1, 0, 30) is AlarmResult.NO_REASON
    assert desk.command(0, AlarmCommand.SHELVE, 2, 1, 31) is AlarmResult.TOO_LONG
    assert desk.service(0, ServiceCommand.RETURN_TO_SERVICE, 2) is AlarmResult.WRONG_STATE
    assert bench.log == []
    bench.tell(1, True, 1).tell(1, False, 2)
    assert desk.command(2 * SECOND, AlarmCommand.ACKNOWLEDGE, 1, 0, 30) is AlarmResult.DONE
    assert bench.state(1) is LA
    assert desk.command(2 * SECOND, AlarmCommand.RESET, 0, 0, 30) is AlarmResult.DONE
    assert bench.state(1) is N
    assert (desk.result, desk.number, desk.taken) == (AlarmResult.DONE, 0, 8)


def test_a_group_and_all_are_acknowledged() -> None:
    bench = AlarmBench(alarm(1), alarm(2), alarm(3))
    for number in (1, 2):
        bench.tell(number, True, number)
    assert bench.desk.command(bench.now, AlarmCommand.ACKNOWLEDGE_GROUP, 3, 0, 30) is AlarmResult.DONE
    assert (bench.state(1), bench.state(2), bench.state(3)) == (A, A, N)
    bench.tell(3, True, 5)
    assert bench.desk.command(bench.now, AlarmCommand.ACKNOWLEDGE_ALL, 0, 0, 30) is AlarmResult.DONE
    assert bench.desk.command(bench.now, AlarmCommand.ACKNOWLEDGE_ALL, 0, 0, 30) is AlarmResult.WRONG_STATE


def test_a_shelf_has_an_end() -> None:
    bench = AlarmBench(alarm(1))
    bench.tell(1, True, 1)
    bench.desk.command(SECOND, AlarmCommand.SHELVE, 1, 4, 2)
    bench.tell(1, False, 30).tell(1, True, 40).run(600)
    assert bench.told() == [(1.0, 1, U), (1.0, 1, SHELVED), (121.0, 1, U)]


def test_unshelving_early_leaves_no_timer_behind() -> None:
    bench = AlarmBench(alarm(1))
    bench.desk.command(0, AlarmCommand.SHELVE, 1, 1, 1)
    bench.run(10)
    bench.desk.command(bench.now, AlarmCommand.UNSHELVE, 1, 0, 1)
    bench.run(20)
    bench.desk.command(bench.now, AlarmCommand.SHELVE, 1, 1, 10)
    assert bench.run(90).state(1) is SHELVED


def test_out_of_service_it_says_nothing_until_it_returns() -> None:
    bench = AlarmBench(alarm(1))
    bench.desk.service(0, ServiceCommand.OUT_OF_SERVICE, 1)
    bench.tell(1, True, 5).run(10)
    assert bench.state(1) is OUT
    bench.desk.service(bench.now, ServiceCommand.RETURN_TO_SERVICE, 1)
    assert bench.state(1) is U
    assert bench.alarms.kpis.total == 1


# ---- first-out and consequences
def test_the_first_of_a_group_is_marked_until_the_group_is_calm() -> None:
    bench = AlarmBench(alarm(1), alarm(2))
    bench.tell(2, True, 1).tell(1, True, 2)
    assert [bench.alarms.points[n].first_out for n in (1, 2)] == [False, True]
    bench.tell(2, False, 3)
    bench.desk.command(bench.now, AlarmCommand.ACKNOWLEDGE, 2, 0, 30)
    assert [bench.alarms.points[n].first_out for n in (1, 2)] == [False, True], "its group still stands"
    bench.tell(1, False, 4)
    bench.desk.command(bench.now, AlarmCommand.ACKNOWLEDGE, 1, 0, 30)
    bench.tell(1, True, 5)
    assert [bench.alarms.points[n].first_out for n in (1, 2)] == [True, False]


def test_consequences_stay_silent_while_their_cause_stands_and_a_minute_longer() -> None:
    bench = AlarmBench(alarm(1), alarm(2, causes=(1,)), alarm(3, causes=(1,)))
    bench.tell(1, True, 1).tell(2, True, 2).tell(3, True, 3)
    assert (bench.state(2), bench.alarms.points[2].parent, bench.alarms.consequences(1)) == (SUPPRESSED, 1, 2)
    bench.tell(1, False, 10).tell(2, False, 20).run(100)
    assert bench.told() == [
        (1.0, 1, U), (2.0, 2, SUPPRESSED), (3.0, 3, SUPPRESSED), (10.0, 1, R), (20.0, 2, N), (70.0, 3, U),
    ]  # fmt: skip
    assert bench.alarms.kpis.total == 2


def test_a_cause_that_comes_back_within_the_minute_goes_on() -> None:
    bench = AlarmBench(alarm(1), alarm(2, causes=(1,)))
    bench.tell(1, True, 1).tell(2, True, 2).tell(1, False, 10).tell(1, True, 50).run(200)
    assert bench.state(2) is SUPPRESSED


def test_another_cause_takes_over() -> None:
    bench = AlarmBench(alarm(1), alarm(2), alarm(3, causes=(1, 2)))
    bench.tell(1, True, 1).tell(3, True, 2).tell(2, True, 3).tell(1, False, 4).run(100)
    assert (bench.state(3), bench.alarms.points[3].parent) == (SUPPRESSED, 2)


def test_what_stood_before_the_cause_is_no_consequence() -> None:
    bench = AlarmBench(alarm(1), alarm(2, causes=(1,)))
    bench.tell(2, True, 1).tell(1, True, 2)
    assert bench.state(2) is U


def test_a_latched_cause_explains_what_came_with_it_until_it_is_reset() -> None:
    bench = AlarmBench(alarm(1, latching=True), alarm(2, causes=(1,)), alarm(3, causes=(1,)))
    bench.tell(1, True, 1).tell(2, True, 2).tell(1, False, 3).run(400)
    bench.tell(3, True, 450).run(500)
    assert bench.state(3) is U, "it cannot follow from what was over long before"
    assert bench.state(2) is SUPPRESSED
    bench.desk.command(bench.now, AlarmCommand.ACKNOWLEDGE, 1, 0, 30)
    bench.desk.command(bench.now, AlarmCommand.RESET, 1, 0, 30)
    assert bench.run(559.99).state(2) is SUPPRESSED
    assert bench.run(560).state(2) is U


def test_a_cause_that_was_put_away_explains_nothing_new() -> None:
    bench = AlarmBench(alarm(1), alarm(2, causes=(1,)), alarm(3, causes=(1,)), alarm(4, causes=(1,)))
    bench.tell(1, True, 1).tell(2, True, 2)
    bench.desk.command(bench.now, AlarmCommand.SHELVE, 1, 2, 60)
    bench.tell(3, True, 3)
    bench.desk.service(bench.now, ServiceCommand.OUT_OF_SERVICE, 1)
    bench.tell(4, True, 4).run(1000)
    assert [bench.state(n) for n in (2, 3, 4)] == [SUPPRESSED, U, U]


# ---- how it behaves as a system
def test_a_flood_begins_with_the_eleventh_in_ten_minutes_and_ends_below_five() -> None:
    bench = AlarmBench(*(alarm(n) for n in range(1, 13)))
    kpis = bench.alarms.kpis
    flooded = [bench.tell(n, True, 10 * n).alarms.kpis.in_flood for n in range(1, 12)]
    assert flooded == [False] * 10 + [True]
    assert (kpis.rate(bench.now), kpis.peak) == (11, 11)
    # the seventh of eleven leaves the window: four are left
    assert [bench.run(at).alarms.kpis.in_flood for at in (669.99, 670)] == [True, False]
    assert (kpis.floods, kpis.flood_us) == (1, 560 * SECOND)


def test_a_flood_lasts_while_more_come() -> None:
    bench = AlarmBench(*(alarm(n) for n in range(1, 17)))
    for n in range(1, 17):
        bench.tell(n, True, 50 * n)
    bench.run(1199.99)
    assert bench.alarms.kpis.in_flood
    assert not bench.run(1200).alarms.kpis.in_flood


def test_three_within_a_minute_chatter_and_ten_minutes_of_calm_end_it() -> None:
    bench = AlarmBench(alarm(1))
    point = bench.alarms.points[1]
    for at in (0, 29, 61, 70):
        bench.tell(1, True, at).tell(1, False, at + 1)
        assert point.chattering == (at == 70)
    assert bench.run(669.99).alarms.points[1].chattering
    assert not bench.run(670).alarms.points[1].chattering


def test_what_stands_for_a_day_is_stale_acknowledged_or_not() -> None:
    bench = AlarmBench(alarm(1))
    bench.tell(1, True, 1)
    bench.desk.command(bench.now, AlarmCommand.ACKNOWLEDGE, 1, 0, 30)
    assert not bench.run(86_400).alarms.points[1].stale
    assert bench.run(86_401).alarms.points[1].stale
    assert not bench.tell(1, False, 90_000).alarms.points[1].stale


# ---- only when asked
_STRATEGY = st.lists(
    st.tuples(st.integers(0, 3000).map(lambda n: n * SCAN_US), st.sampled_from(("a1", "a2", "a3")), st.booleans()),
    max_size=30,
)


@settings(max_examples=60)
@given(_STRATEGY)
def test_scanning_when_asked_finds_what_scanning_always_finds(events: list[tuple[int, str, bool]]) -> None:
    alarms = (alarm(1, on_s=0.5, off_s=1), alarm(2, causes=(1,), on_s=0.5), alarm(3, off_s=0.02, latching=True))
    asked, always = (play(alarms, events, 45, always=every) for every in (False, True))
    assert asked.log == always.log
    assert asked.alarms.kpis.total == always.alarms.kpis.total
    assert always.scans == 4501
    assert asked.scans <= 10 * len(events) + 3
