"""The polls of remote boards end when they are told to, whatever they are about to hear."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from sector7.boards.remotes import Remotes
from sector7.recipe import RemoteRecipe
from sector7.rig.intake import Direct
from sector7.rig.rig import Rig
from tests.pty_console import PATIENCE_S
from tests.sector7.real_time import CASTLE


def polls_of(port: int) -> Remotes:
    """Polls of station 5 there."""
    remote = RemoteRecipe(host="127.0.0.1", port=port, unit=15)
    rows = [row.model_copy(update={"remote": remote}) if row.number == 5 else row for row in CASTLE.station]
    rig = Rig(CASTLE.model_copy(update={"station": rows}), 3)
    return Remotes(rig, Direct(rig))


async def steps(count: int) -> None:
    """Let the loop go round so often."""
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.mark.parametrize("later", range(12))
async def test_a_cancellation_that_comes_with_an_exception_is_heeded(later: int) -> None:
    """The device refuses the first request; so many rounds of the loop after its answer went out the poll is cancelled.

    Up to Python 3.11 `asyncio.wait_for` forgets a cancellation that arrives together with its result: one of these.
    """
    polling: list[asyncio.Task[None]] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            while True:
                head = await reader.readexactly(7)
                pdu = await reader.readexactly(int.from_bytes(head[4:6], "big") - 1)
                writer.write(head[:4] + b"\0\3" + head[6:] + bytes([pdu[0] | 0x80, 2]))
                await steps(later)
                polling[0].cancel()
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    polling.append(asyncio.create_task(polls_of(server.sockets[0].getsockname()[1]).run()))
    done, _ = await asyncio.wait(polling, timeout=PATIENCE_S)
    server.close()
    for task in polling:
        task.cancel()
    assert done
    assert polling[0].cancelled()
