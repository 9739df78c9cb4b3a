"""The log of the server is limited by kind, and says what it left out."""

from __future__ import annotations

import logging

import pytest

from protocols.modbus.log import LimitedLog


def test_a_flood_of_one_kind_is_cut_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    now = [100.0]
    log = LimitedLog(logging.getLogger("sector7.modbus"), burst=2, period_s=10, clock=lambda: now[0])
    for i in range(5):
        log.note("flood", str(i))
    log.note("other", "is not concerned")
    now[0] += 9.9
    log.note("flood", "still the same period")
    now[0] += 0.1
    log.note("flood", "a new period")
    assert caplog.messages == [
        "flood: 0",
        "flood: 1",
        "other: is not concerned",
        "flood: 4 more in 10 s",
        "flood: a new period",
    ]


def test_a_quiet_period_leaves_no_count(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    log = LimitedLog(logging.getLogger("sector7.modbus"), burst=2, period_s=10, clock=lambda: now[0])
    log.note("kind", "a")
    now[0] = 50
    log.note("kind", "b")
    assert caplog.messages == ["kind: a", "kind: b"]
