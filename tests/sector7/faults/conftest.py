"""Fixture: a quiet line to break."""

from __future__ import annotations

import pytest

from tests.sector7.faults.bench import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench()
