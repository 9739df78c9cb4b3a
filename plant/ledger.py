"""The plant's book of robots: who was started, completed, scrapped; recent histories."""

from __future__ import annotations

from collections import deque
from typing import ClassVar, Final

from plant.pallet import Robot

#: Finished robots whose history stays at hand.
KEPT: Final = 64


class Ledger:
    """Counts that conservation is checked against: started = completed + scrapped + in process, at any instant."""

    __slots__ = ("completed", "finished", "scrapped", "started")
    STATE: ClassVar[tuple[str, ...]] = ("started", "completed", "scrapped", "finished")

    def __init__(self) -> None:
        self.started = 0
        self.completed = 0
        self.scrapped = 0
        self.finished: deque[Robot] = deque(maxlen=KEPT)

    def start(self, now: int) -> Robot:
        """A new robot with the next serial number."""
        self.started += 1
        return Robot(self.started, now)

    def complete(self, robot: Robot) -> None:
        """A good robot leaves the plant."""
        self.completed += 1
        self.finished.append(robot)

    def scrap(self, robot: Robot) -> None:
        """A rejected robot is removed."""
        self.scrapped += 1
        self.finished.append(robot)

    @property
    def in_process(self) -> int:
        """Robots that should be on the line."""
        return self.started - self.completed - self.scrapped
