"""How an operation talks to the plant: values as last read, writes, edges, and the wait for feedback."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hmi.link.acquisition import Acquisition
from protocols.errors import LinkError
from protocols.tags.plant_map import PLANT_MAP

#: How long a value that was written may take to read back, seconds.
READ_BACK_S = 2.0


def _nobody(_: str) -> None:
    pass


class Exchange:
    """Over the acquisition's connection, for one order of whoever was `login` (default: is logged in now).

    `clock` gives monotonic seconds. All waiting ends with the link, and when somebody else logs in.
    `tell` takes how far an operation has come, in words for the operator.
    """

    def __init__(
        self,
        acquisition: Acquisition,
        clock: Callable[[], float],
        login: int | None = None,
        tell: Callable[[str], None] = _nobody,
    ) -> None:
        self._acquisition = acquisition
        self._login = acquisition.login if login is None else login
        self.clock = clock
        self.tell = tell

    def raw(self, name: str) -> int:
        """A raw value of unit 1, or of the board that is polled, as read last; the tag's default if it never was."""
        snapshot = self._acquisition.snapshot
        value = snapshot.line.get(name)
        return snapshot.board.get(name, PLANT_MAP[name].default) if value is None else value

    async def write(self, name: str, raw: int) -> None:
        """Write one tag. Raises LinkError, or Refusal from the server."""
        await self._acquisition.write(name, raw, self._login)

    async def edge(
        self, request: str, arguments: Mapping[str, int], seen: Callable[[], bool], limit_s: float = READ_BACK_S
    ) -> bool:
        """Give a command: `arguments` and `request` = 1 with one request, so that no other console's come in between.

        Waits until a poll shows what `seen` looks for, then takes the request back. False if it was not seen in time.
        """
        await self._withdraw(request)
        if arguments:
            await self._acquisition.write_together({**arguments, request: 1}, self._login)
        else:
            await self.write(request, 1)
        found = await self.wait(seen, limit_s)
        await self.write(request, 0)
        return found

    async def wait(self, seen: Callable[[], bool], limit_s: float) -> bool:
        """Wait until a poll shows what `seen` looks for. Raises LinkError if the link is lost meanwhile."""
        end = self.clock() + limit_s
        while self.clock() < end:
            snapshot = await self._acquisition.next_poll()
            if snapshot.problem:
                raise LinkError("plant", f"the link was lost before feedback came: {snapshot.problem}")
            if self._acquisition.login != self._login:
                raise LinkError("plant", "whoever asked for it has logged out before feedback came")
            if seen():
                return True
        return False

    @property
    def pace(self) -> str:
        """Why feedback may be missing, to be put behind a note; empty if the plant runs."""
        return " (the plant is paused)" if self.raw("Line.SpeedFactor") == 0 else ""

    async def _withdraw(self, name: str) -> None:
        """Take back a request that someone left standing, and let a poll see it gone: else there is no edge."""
        if self.raw(name):
            await self.write(name, 0)
            await self.wait(lambda: not self.raw(name), READ_BACK_S)
