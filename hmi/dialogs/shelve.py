"""Shelving an alarm: why, and for how long. Nothing is shelved without a reason, or for ever."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from hmi.desk import Desk
from hmi.dialogs.dialog import INNER, TIMEOUT_S, WIDTH, Dialog
from hmi.draw.ink import BAR, BAR_CURSOR, BAR_LABEL, BAR_STRONG
from hmi.draw.spans import Line, fit
from hmi.frame import Frame
from protocols.alarms.alarm import SHELVE_LIMIT_MIN, SHELVE_REASONS, Alarm

#: Minutes to choose from, as far as the priority allows.
_STEPS = (5, 10, 30, 60, 120, 240, 480)
_REASONS = SHELVE_REASONS[1:]


class ShelveDialog(Dialog[tuple[int, int]]):
    """Dismisses with (reason, minutes), or with None if the alarm shall stand."""

    DEFAULT_CSS = f"""
    ShelveDialog {{ align: center middle; background: transparent; }}
    ShelveDialog > #shelve {{
        width: {WIDTH}; height: {len(_REASONS) + 7}; padding: 0 1; border: heavy $foreground; background: $panel;
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "reason(-1)", show=False),
        Binding("down", "reason(1)", show=False),
        Binding("left", "time(-1)", show=False),
        Binding("right", "time(1)", show=False),
        Binding("y,Y", "confirm", show=False),
        Binding("escape,n,N", "cancel", show=False),
    ]

    def __init__(self, desk: Desk, alarm: Alarm) -> None:
        super().__init__(desk, "shelve")
        self._alarm = alarm
        self._touched_s = desk.clock()
        self._times = [step for step in _STEPS if step <= SHELVE_LIMIT_MIN[alarm.priority]]
        self._reason = 0
        self._time = min(2, len(self._times) - 1)

    def paint(self, frame: Frame) -> None:
        """Show the choice; give up when the operator went away or the link was lost."""
        if not self.is_current:
            return
        why = self.desk.commander.blocked(["Line.AlarmCommand"])
        if frame.now_s - self._touched_s > TIMEOUT_S:
            why = "not confirmed in time"
        if why:
            self.desk.commander.refuse(f"Shelve {self._alarm.tag}", why)
            self.dismiss(None)
            return
        self.view.show(self._lines())

    def _lines(self) -> list[Line]:
        lines: list[Line] = [
            ((f"Shelve {self._alarm.tag} ?", BAR_STRONG),),
            (
                ("for ", BAR_LABEL),
                (f"◂ {self._times[self._time]} min ▸", BAR_CURSOR),
                (", then it comes back", BAR_LABEL),
            ),
            (("because", BAR_LABEL),),
        ]
        for place, (_, text) in enumerate(_REASONS):
            lines.append(
                ((f" {'●' if place == self._reason else '○'} {text} ", BAR_CURSOR if place == self._reason else BAR),)
            )
        lines.append(())
        lines.append((("↑↓ reason  ← → time  Y shelve  Esc cancel", BAR_LABEL),))
        return [fit(line, INNER, BAR) for line in lines]

    def on_key(self, event: events.Key) -> None:
        """Every key shows that somebody is there."""
        self._touched_s = self.desk.clock()

    def action_reason(self, step: int) -> None:
        """Another reason."""
        self._reason = (self._reason + step) % len(_REASONS)
        self.repaint()

    def action_time(self, step: int) -> None:
        """Another time."""
        self._time = max(0, min(len(self._times) - 1, self._time + step))
        self.repaint()

    def action_confirm(self) -> None:
        """Shelve it."""
        if self.is_current:
            self.dismiss((_REASONS[self._reason][0], self._times[self._time]))

    def action_cancel(self) -> None:
        """Change nothing."""
        if self.is_current:
            self.dismiss(None)
