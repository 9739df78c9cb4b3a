"""Fixtures: the command line in this process, and a plant that is served."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from sector7.recipe import load
from sector7.rig.rig import Rig
from sector7.serve import PlantService
from tests.sector7.command_line import Command, runner
from tests.sector7.real_time import running


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return runner(monkeypatch, capsys)


@pytest.fixture
async def service() -> AsyncIterator[PlantService]:
    """A castle line at real speed on a free port."""
    plant = PlantService(Rig(load("castle"), 3), "127.0.0.1", 0, 1.0, epoch=1)
    async with running(plant):
        yield plant
