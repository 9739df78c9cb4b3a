"""A board on its terminal strip, and two hosts for it: one exchanges at every grid instant, one only when asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

from firmware_sim.board.board import SimulatedBoard
from firmware_sim.board.profile import EXCHANGE_US, Profile
from plant.signal import Signal
from protocols.ports import NEVER, NO_ANSWER, AnalogInput
from protocols.stations.images import LINK, SAFETY_OK

SECOND = 1_000_000


@dataclass
class Strip:
    """Port `Terminals`: what the board sees."""

    analogs: Sequence[AnalogInput] = ()
    inputs: int = SAFETY_OK
    carrier: int = 0


Happen = Callable[["EveryInstant", int], None]


@dataclass(order=True)
class Happening:
    """Something that happens to a host at `at`."""

    at: int
    text: str
    happen: Happen = field(compare=False, repr=False)


class EveryInstant:
    """A host that exchanges on the whole grid, with a board that samples.

    `seen` is every change of what the board shows: (instant, status, outputs, axis position).
    """

    def __init__(self, profile: Profile, analogs: Sequence[Signal] = (), *, sampling: bool = True) -> None:
        self.signals = analogs
        self.strip = Strip(analogs)
        self.board = SimulatedBoard(profile, self.strip, sampling=sampling)
        self.command = 0
        self.link_up = True
        self.heard_us = -EXCHANGE_US
        self.status = 0
        self.seen: list[tuple[int, int, int, int]] = []

    def run(self, script: Sequence[Happening], until: int) -> None:
        """Live through the script, which is in order of time."""
        left = deque(script)
        for now in range(0, until, EXCHANGE_US):
            while left and left[0].at <= now:
                event = left.popleft()
                event.happen(self, event.at)
            self.exchange(now)

    def exchange(self, now: int) -> None:
        """One exchange instant."""
        status = self.answer(now) if self.link_up else NO_ANSWER
        if status == NO_ANSWER:
            self.board.idle(now, self.heard_us)
            status = self.status & ~LINK
        else:
            self.heard_us = now
            status |= LINK
        self.status = status
        if not self.seen or self.seen[-1][1:3] != (status, self.board.outputs):
            self.seen.append((now, status, self.board.outputs, self.board.axis_position(now)))

    def answer(self, now: int) -> int:
        """The request, and what the board answers."""
        return self.board.exchange(now, self.command)

    def edge(self, now: int, bit: int) -> None:
        """An input changes."""
        self.strip.inputs ^= bit

    def carrier(self, now: int, word: int) -> None:
        """Another pallet is at the read head."""
        self.strip.carrier = word

    def link(self, now: int, up: bool) -> None:
        """The serial line is cut or mended."""
        self.link_up = up

    def supply(self, now: int, millivolts: int) -> None:
        """The supply voltage changes."""
        self.board.supply(now, millivolts)

    def write(self, now: int, command: int) -> None:
        """The PLC decided on another command image."""
        self.command = command


class WhenAsked(EveryInstant):
    """A host that exchanges only when the board or an event asked for it, as a control cabinet does."""

    def __init__(self, profile: Profile, analogs: Sequence[Signal] = ()) -> None:
        super().__init__(profile, analogs, sampling=False)
        self._asked = [0]
        self._silent = False
        for signal in analogs:
            signal.changed = lambda now: self.ask(self.board.signal_changed(now))

    def ask(self, at: int) -> None:
        """Exchange at `at`, or at the next grid instant after it."""
        if at < NEVER:
            heappush(self._asked, -(-at // EXCHANGE_US) * EXCHANGE_US)

    def run(self, script: Sequence[Happening], until: int) -> None:
        left = deque(script)
        done = -1
        while self._asked or left:
            now = self._asked[0] if self._asked else NEVER
            if left and left[0].at <= now:
                event = left.popleft()
                event.happen(self, event.at)
                continue
            heappop(self._asked)
            if now >= until:
                break
            if now == done:
                continue
            assert now > done, "the board asked for an exchange in the past"
            done = now
            self.exchange(now)

    def exchange(self, now: int) -> None:
        if not self.link_up and not self._silent:
            self.heard_us = now - EXCHANGE_US
        self._silent = not self.link_up
        super().exchange(now)
        trip = self.heard_us + self.board.watchdog_us
        if self._silent and now < trip:
            self.ask(trip)
        assert self.board.due_us > now, "the board asks for the instant that it has just been given"
        self.ask(self.board.due_us)

    def edge(self, now: int, bit: int) -> None:
        super().edge(now, bit)
        self.ask(self.board.notice(now, bit))

    def carrier(self, now: int, word: int) -> None:
        super().carrier(now, word)
        self.ask(self.board.notice(now, 0))

    def link(self, now: int, up: bool) -> None:
        super().link(now, up)
        self.ask(now)

    def supply(self, now: int, millivolts: int) -> None:
        self.ask(self.board.supply(now, millivolts))

    def write(self, now: int, command: int) -> None:
        super().write(now, command)
        self.ask(now)
