"""A session with a board behind another device is repeated without the device: its answers are on record."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from protocols.packml import State
from sector7.journal.folder import DATABASE
from sector7.journal.recovery import carry_on
from sector7.journal.replay import replay
from sector7.journal.rows import Told
from sector7.journal.store import Journal
from tests.sector7.boards.test_remote_board import NUMBER, take, with_remote
from tests.sector7.real_time import CASTLE, cabinet_of, recording, serving, true


async def test_the_far_board_is_not_needed_for_a_replay(tmp_path: Path, unused_tcp_port: int) -> None:
    async with serving(CASTLE, unused_tcp_port) as far:
        await true(lambda: far.rig.line.state is State.EXECUTE)
        await take(unused_tcp_port)
        async with recording(tmp_path, with_remote(unused_tcp_port)) as near:
            here = cabinet_of(near, NUMBER)
            await true(lambda: here.unit.step.name == "Press joint 1")
            await far.server.stop()
            await true(lambda: here.unit.state == State.HELD)
            await far.server.start()
            await true(lambda: here.unit.state == State.EXECUTE)
    journal = Journal(tmp_path / DATABASE)
    answers = [row for row, _ in journal.inputs() if isinstance(row, Told)]
    assert {row.station for row in answers} == {NUMBER}
    assert None in {row.answer for row in answers}
    assert all(a.answer != b.answer for a, b in pairwise(answers))
    outcome = replay(journal)
    assert outcome.sha256 == near.rig.trace.sha256()
    assert outcome.now_us == near.rig.now
    # and so does a server that carries on
    state = carry_on(tmp_path, with_remote(unused_tcp_port), 3)
    assert state.rig.trace.sha256() == outcome.sha256
    state.folder.close()
