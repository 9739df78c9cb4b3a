"""One alarm and its state, without any clock: events in, states out."""

from __future__ import annotations

from typing import ClassVar, Final

from protocols.alarms.alarm import (
    ACTIVE,
    CHATTERING,
    CONSEQUENCE,
    FIRST_OUT,
    STALE,
    Alarm,
    AlarmState,
    status_word,
)

# plain ints, as they are saved
NORMAL, UNACKNOWLEDGED, ACKNOWLEDGED, RETURNED, SHELVED, SUPPRESSED, OUT, LATCHED, LATCHED_ACKNOWLEDGED = map(
    int, AlarmState
)

#: Why an alarm is suppressed by design (bits): its station is not in Produce, its supply is not switched on, or a
#: cause of it stands.
IN_MAINTENANCE, SWITCHED_OFF, BY_CAUSE = 1, 2, 4

_ON: Final = {NORMAL: UNACKNOWLEDGED, RETURNED: UNACKNOWLEDGED, LATCHED: UNACKNOWLEDGED,
              LATCHED_ACKNOWLEDGED: UNACKNOWLEDGED}  # fmt: skip
_OFF: Final = {UNACKNOWLEDGED: RETURNED, ACKNOWLEDGED: NORMAL}
_OFF_LATCHING: Final = {UNACKNOWLEDGED: LATCHED, ACKNOWLEDGED: LATCHED_ACKNOWLEDGED}
_ACKNOWLEDGE: Final = {UNACKNOWLEDGED: ACKNOWLEDGED, RETURNED: NORMAL, LATCHED: LATCHED_ACKNOWLEDGED}
_RESET: Final = {LATCHED: RETURNED, LATCHED_ACKNOWLEDGED: NORMAL}
_HIDDEN: Final = (SHELVED, SUPPRESSED, OUT)


class Point:
    """The state machine of one alarm. An event that has no place in the present state changes nothing.

    An alarm may be out of service, suppressed and shelved at once; the first of these that holds is its state. When
    none holds any more it is Unacknowledged if its condition is there, else Normal. `parent` is the alarm that
    explains it, while it does. Times are us of plant time, -1: none.
    """

    __slots__ = (
        "active", "alarm", "chattering", "count", "first_out", "out", "parent", "pending_us", "reason",
        "recent", "shelved", "since_us", "stale", "state", "suppressed", "value",
    )  # fmt: skip
    STATE: ClassVar[tuple[str, ...]] = (
        "state", "active", "pending_us", "shelved", "reason", "suppressed", "out", "since_us", "value", "count",
        "recent", "chattering", "stale", "first_out", "parent",
    )  # fmt: skip

    def __init__(self, alarm: Alarm) -> None:
        self.alarm = alarm
        self.state = NORMAL
        #: The condition after its delays, and since when it waits for its on-delay.
        self.active = False
        self.pending_us = -1
        self.shelved = False
        self.reason = 0
        self.suppressed = 0
        self.out = False
        #: The last transition, and the value at it.
        self.since_us = -1
        self.value = 0
        #: How often it was annunciated, and when the last times.
        self.count = 0
        self.recent: list[int] = []
        self.chattering = False
        self.stale = False
        self.first_out = False
        self.parent = 0

    # ---- events
    def activate(self) -> None:
        """The condition is there and its on-delay is over."""
        self.active = True
        self.state = _ON.get(self.state, self.state)

    def clear(self) -> None:
        """The condition has gone and its off-delay is over."""
        self.active = False
        self.state = (_OFF_LATCHING if self.alarm.latching else _OFF).get(self.state, self.state)

    def acknowledge(self) -> bool:
        """Somebody has seen it. False: it does not wait for that."""
        return self._obey(_ACKNOWLEDGE)

    def reset(self) -> bool:
        """Somebody releases a latched alarm. False: it is none."""
        return self._obey(_RESET)

    def shelve(self, reason: int) -> bool:
        """Somebody lays it aside for a while. False: it is hidden already."""
        if self.state in _HIDDEN:
            return False
        self.shelved, self.reason = True, reason
        self._hide()
        return True

    def unshelve(self) -> bool:
        """The while is over. False: it was not shelved."""
        if not self.shelved:
            return False
        self.shelved, self.reason = False, 0
        self._hide()
        return True

    def suppress(self, why: int, on: bool) -> None:
        """The design begins or ends to suppress it for the reason `why`."""
        self.suppressed = self.suppressed | why if on else self.suppressed & ~why
        self._hide()

    def serve(self, out: bool) -> bool:
        """It is taken out of service, or back. False: it is there already."""
        if out == self.out:
            return False
        self.out = out
        self._hide()
        return True

    def _obey(self, table: dict[int, int]) -> bool:
        following = table.get(self.state)
        if following is None:
            return False
        self.state = following
        return True

    def _hide(self) -> None:
        if self.out:
            self.state = OUT
        elif self.suppressed:
            self.state = SUPPRESSED
        elif self.shelved:
            self.state = SHELVED
        elif self.state in _HIDDEN:
            self.state = UNACKNOWLEDGED if self.active else NORMAL

    # ---- what others see
    @property
    def word(self) -> int:
        """The status word (protocols.alarms.alarm)."""
        flags = (
            (FIRST_OUT if self.first_out else 0)
            | (CONSEQUENCE if self.parent else 0)
            | (CHATTERING if self.chattering else 0)
            | (STALE if self.stale else 0)
            | (ACTIVE if self.active else 0)
        )
        return status_word(self.state, self.alarm.priority, flags)
