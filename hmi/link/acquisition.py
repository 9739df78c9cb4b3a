"""The acquisition: one task that polls the plant, keeps the newest snapshot and reconnects by itself."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from hmi.link.client import ClientFactory, PlantReader
from hmi.link.snapshot import LinkState, Snapshot
from protocols.errors import LinkError, Refusal
from protocols.tags.session_map import Session

LINE_UNIT = 1
FIRST_RETRY_S = 0.2
LAST_RETRY_S = 2.0


class Acquisition:
    """Polls unit 1 every `period_s` and, while `board_unit` is set, that board too.

    Reads and writes share the connection one at a time. `clock` gives monotonic seconds.
    """

    def __init__(self, new_client: ClientFactory, clock: Callable[[], float], period_s: float = 0.1) -> None:
        self._new_client = new_client
        self._clock = clock
        self._period_s = period_s
        self._client: PlantReader | None = None
        self._session: Session | None = None
        self._lock = asyncio.Lock()
        self._polled = asyncio.Event()
        self._ends: deque[float] = deque(maxlen=20)
        #: Grows when somebody logs in or out: what was asked for under another number is not sent.
        self.login = 0
        self.board_unit = 0
        self.snapshot = Snapshot(since_s=clock())

    async def run(self) -> None:
        """Poll until cancelled. Link failures end up in the snapshot, never here."""
        retry_s = FIRST_RETRY_S
        while True:
            try:
                await self._open()
                while True:
                    await self._poll()
                    retry_s = FIRST_RETRY_S
            except (LinkError, Refusal) as error:
                self._lost(error)
            finally:
                client, self._client = self._client, None
                if client is not None:
                    await client.close()
            await asyncio.sleep(retry_s)
            retry_s = min(LAST_RETRY_S, retry_s * 2)

    async def hand_over(self, new_client: ClientFactory, client: PlantReader, session: Session | None) -> None:
        """Go on as somebody else over `client`, which is connected, and with `new_client` whenever the link is lost.

        What was asked for before is not sent any more.
        """
        async with self._lock:
            old, self._client = self._client, client
            self._new_client = new_client
            self._session = session
            self.login += 1
            self._publish(replace(self.snapshot, session=session))
        if old is not None:
            await old.close()

    async def write(self, name: str, raw: int, login: int | None = None) -> None:
        """Write one tag now, if `login` (default: who is logged in when this is called) is still there.

        Raises LinkError while the link is down or when it fails, Refusal from the server.
        """
        login = self.login if login is None else login
        async with self._lock:
            await self._connected(login).write(name, raw)

    async def write_together(self, values: Mapping[str, int], login: int | None = None) -> None:
        """Write neighbouring registers with one request. Raises as `write` does."""
        login = self.login if login is None else login
        async with self._lock:
            await self._connected(login).write_together(values)

    def _connected(self, login: int) -> PlantReader:
        if login != self.login:
            raise LinkError("plant", "not sent: whoever asked for it has logged out")
        if self._client is None:
            raise LinkError("plant", "the link is down")
        return self._client

    async def read_file(self, file: int, parts: Sequence[tuple[int, int]]) -> list[list[int]]:
        """Read a file between two polls. Raises LinkError while the link is down or when it fails, Refusal."""
        if self._client is None:
            raise LinkError("plant", "the link is down")
        async with self._lock:
            return await self._connected(self.login).read_file(file, parts)

    async def next_poll(self) -> Snapshot:
        """Wait for the next snapshot (which may say that the link is lost)."""
        await self._polled.wait()
        return self.snapshot

    async def _open(self) -> None:
        """Connect, unless a connection has been handed over. Raises LinkError."""
        if self._client is not None:
            return
        client, login = self._new_client(), self.login
        try:
            await client.connect()
            session = await client.session()
        except BaseException as error:
            await client.close()
            if isinstance(error, LinkError) and login != self.login:
                return  # somebody has logged in meanwhile, over another connection
            raise
        if login != self.login:
            await client.close()
            return
        self._client, self._session = client, session
        self._ends.clear()

    async def _poll(self) -> None:
        began = self._clock()
        board_unit = self.board_unit
        async with self._lock:
            client = self._connected(self.login)
            line = await client.read(LINE_UNIT)
            line_took = self._clock() - began
            board = await self._read_board(client, board_unit) if board_unit else {}
            session = self._session
        ended = self._clock()
        self._ends.append(ended)
        before = self.snapshot
        self._publish(
            Snapshot(
                state=LinkState.OK,
                since_s=before.since_s if before.state is LinkState.OK else ended,
                line=line,
                board=board,
                board_unit=board_unit if board else 0,
                read_at_s=ended,
                latency_s=line_took,
                rate_hz=self._rate(),
                polls=before.polls + 1,
                session=session,
            )
        )
        await asyncio.sleep(max(0.005, self._period_s - (self._clock() - began)))

    async def _read_board(self, client: PlantReader, unit: int) -> Mapping[str, int]:
        try:
            return await client.read(unit)
        except (LinkError, Refusal):
            # A board unit that answers with an exception must not cost us the line.
            if client.connected:
                return {}
            raise

    def _rate(self) -> float:
        if len(self._ends) < 2:
            return 0.0
        return (len(self._ends) - 1) / max(1e-6, self._ends[-1] - self._ends[0])

    def _lost(self, error: LinkError | Refusal) -> None:
        before = self.snapshot
        state = LinkState.MISMATCH if "fingerprint" in str(error) else LinkState.LOST
        since = before.since_s if before.state is state else self._clock()
        self._publish(replace(before, state=state, since_s=since, rate_hz=0.0, problem=str(error)))

    def _publish(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        # Whoever waits is woken with this snapshot; the next waiter waits for the next one.
        self._polled.set()
        self._polled = asyncio.Event()
