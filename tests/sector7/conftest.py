"""Fixtures: the command line in this process."""

from __future__ import annotations

import pytest

from tests.sector7.command_line import Command, runner


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return runner(monkeypatch, capsys)
