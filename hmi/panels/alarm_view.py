"""How the alarm summary is looked at: which alarms it lists, which it rolls up, which one is selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hmi.draw.texts import holds
from hmi.frame import Frame
from hmi.panels.alarm_rows import PRIORITIES, STATES, TAGGED, Row, standing
from protocols.alarms.alarm import ANNUNCIATED, AlarmState, Priority, state_of


class Shown(StrEnum):
    """Which alarms the summary lists."""

    ALL = "all that stand, then those set aside"
    WAITING = "unacknowledged"
    ASIDE = "shelved and out of service"
    BEHIND = "suppressed by design, consequences among them"


@dataclass(frozen=True, slots=True)
class Summary:
    """What the summary lists, what was typed, the selected alarm, health instead of the list, and whether it keeps
    low priorities apart also in a flood."""

    shown: Shown = Shown.ALL
    typed: str = ""
    number: int = 0
    health: bool = False
    unrolled: bool = False

    @property
    def narrowed(self) -> bool:
        """True if it does not list everything."""
        return bool(self.typed) or self.shown is not Shown.ALL


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows to list, and those that a flood rolls up into one line."""

    rows: Sequence[Row]
    rolled: Sequence[Row] = ()

    def selected(self, number: int) -> Row | None:
        """The row of alarm `number`, else the first."""
        return next((row for row in self.rows if row.alarm.number == number), self.rows[0] if self.rows else None)


def listing(frame: Frame, view: Summary) -> Listing:
    """What to list. In a flood the alarms of low priority are rolled up, so that the urgent ones are seen one by one;
    not while somebody looks for something."""
    found = rows(frame, view.shown, view.typed)
    if not frame.raw("Line.AlarmFlood") or view.unrolled or view.typed or view.shown not in (Shown.ALL, Shown.WAITING):
        return Listing(found)
    apart: list[Row] = []
    rolled: list[Row] = []
    for row in found:
        (rolled if row.priority is Priority.LOW and row.state in ANNUNCIATED else apart).append(row)
    return Listing(apart, rolled) if len(rolled) > 1 else Listing(found)


def rows(frame: Frame, shown: Shown = Shown.ALL, typed: str = "") -> list[Row]:
    """The alarms to list that hold what was typed: as the plant orders them, then those that are set aside."""
    found = [row for row in _listed(frame, shown) if not typed or holds(typed, _said(row))]
    if shown is Shown.WAITING:
        return [row for row in found if row.unacknowledged]
    return found


def _said(row: Row) -> str:
    alarm = row.alarm
    return f"{alarm.tag} {alarm.title} {alarm.group} {STATES.get(row.state, '')} {PRIORITIES[row.priority]}"


def _listed(frame: Frame, shown: Shown) -> list[Row]:
    if shown is Shown.BEHIND:
        return _in_states(frame, (AlarmState.SUPPRESSED,))
    aside = _in_states(frame, (AlarmState.SHELVED, AlarmState.OUT_OF_SERVICE))
    return aside if shown is Shown.ASIDE else standing(frame) + aside


def _in_states(frame: Frame, states: tuple[AlarmState, ...]) -> list[Row]:
    words = [(alarm, frame.raw(tag)) for alarm, tag in TAGGED]
    return [Row(alarm, word) for alarm, word in words if state_of(word) in states]
