"""An alarm engine on the bench: the test tells the conditions; it is scanned every 10 ms, or when asked."""

from __future__ import annotations

from collections.abc import Iterable

from firmware_sim.alarms.desk import AlarmDesk
from firmware_sim.alarms.engine import Alarms
from firmware_sim.plc.line import Line
from protocols.alarms.alarm import LOG_ALARM, Alarm, AlarmState, Priority, Told, state_of
from protocols.ports import NEVER

SCAN_US = 10_000
SECOND = 1_000_000
MINUTE = 60 * SECOND

Told3 = tuple[int, str, bool]


def alarm(number: int, *, on_s: float = 0, off_s: float = 0, causes: tuple[int, ...] = (), latching: bool = False,
          priority: Priority = Priority.LOW) -> Alarm:  # fmt: skip
    """An alarm a<number> of the line."""
    return Alarm(number, f"a{number}", f"Alarm {number}", Told("told"), priority, "cause", "consequence", "action", 5,
                 on_s, off_s, causes, latching, always=True)  # fmt: skip


class AlarmBench:
    """The engine, its clock and its log."""

    def __init__(self, *alarms: Alarm, always: bool = False) -> None:
        self.log: list[tuple[int, int, int]] = []
        self.now = 0
        self.scans = 0
        self._always = always
        self._asked = 0
        self.alarms = Alarms(alarms, Line([], self.log.append, boot=True), self.log.append, looking=always)
        self.alarms.ask = self._ask
        self.desk = AlarmDesk(self.alarms)

    def _ask(self, at: int) -> None:
        self._asked = min(self._asked, at)

    def run(self, until_s: float) -> AlarmBench:
        """Scan up to and including `until_s`: at every instant of the grid, or when asked."""
        until = round(until_s * SECOND)
        while True:
            timer = self.alarms.timers.wake_us
            at = self.now if self._always else min(self._asked, timer)
            if at > until:
                break
            assert at % SCAN_US == 0
            self.now = max(self.now, at)
            self._asked = NEVER
            self.alarms.scan(self.now)
            self.scans += 1
            if self._always:
                self.now += SCAN_US
        if not self._always:
            self.now = until
        return self

    def tell(self, number: int, on: bool, at_s: float | None = None) -> AlarmBench:
        """The condition of an alarm begins or ends (`at_s`: at that time; the bench runs up to it)."""
        if at_s is not None:
            self.run(at_s - SCAN_US / SECOND)
            self.now = round(at_s * SECOND)
        self.alarms.tell(self.now, f"a{number}", on)
        self.run(self.now / SECOND)
        return self

    def state(self, number: int) -> AlarmState:
        """The state of an alarm."""
        return AlarmState(self.alarms.points[number].state)

    def told(self) -> list[tuple[float, int, AlarmState]]:
        """What the log says: seconds, alarm, state."""
        return [(at / SECOND, number - LOG_ALARM, AlarmState(state_of(word))) for at, number, word in self.log]


def play(alarms: Iterable[Alarm], events: Iterable[Told3], until_s: float, *, always: bool) -> AlarmBench:
    """A bench that went through `events` (us on the grid, alarm, on)."""
    bench = AlarmBench(*alarms, always=always)
    for at, name, on in sorted(events, key=lambda event: event[0]):
        bench.run((at - SCAN_US) / SECOND)
        bench.now = max(bench.now, at)
        bench.alarms.tell(at, name, on)
    return bench.run(until_s)
