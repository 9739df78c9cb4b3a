"""Commissioning as a screen: the ledger of all stations, and the guide through the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType

from hmi.desk import Desk
from hmi.draw.spans import Line
from hmi.frame import Frame, StationView
from hmi.link.evidence import Evidence
from hmi.link.input_watch import Check, InputWatch
from hmi.link.operation import Operation
from hmi.operations.commission import Commission, SubmitMap
from hmi.operations.commission_words import seen, seen_input, seen_reading
from hmi.panels.commissioning import Look, commissioning
from hmi.panels.commissioning_evidence import chosen_rows
from hmi.panels.commissioning_words import activity, check_under_way, reading
from hmi.screens.commissioning_menu import call_the_crew, open_commissioning, say_what_was_seen
from hmi.screens.guide import Guide
from hmi.screens.reading_screen import ReadingScreen
from hmi.widgets.key_bar import Key
from protocols.commissioning import LOW_ITEM, Activity, Command, Entry
from protocols.stations.io_table import BY_NUMBER

_CHECKED = (Activity.CHECKING, Activity.CONFIRM)


class CommissioningScreen(ReadingScreen):
    """The page follows the station at which something goes on until the operator chooses one."""

    heading = "M COMMISSIONING"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("home", "follow", show=False),
        Binding("enter", "evidence", "Evidence", show=False),
        Binding("escape", "back", "Back", show=False),
        Binding("pageup", "scroll(-8)", show=False),
        Binding("pagedown", "scroll(8)", show=False),
        Binding("f", "failed", "Only what failed", show=False),
        Binding("c", "commands", "Commands", show=False),
        Binding("s", "step", "Next step", show=False),
        Binding("y", "as_shown", "Confirm what is shown", show=False),
        Binding("v", "otherwise", "Say what was seen", show=False),
        Binding("k", "crew", "Call the crew", show=False),
        Binding("r", "release", "Release", show=False),
    ]

    def __init__(self, desk: Desk, guide: Guide) -> None:
        super().__init__(desk, guide)
        self._evidence = Evidence()
        self._rows = -1
        self._watch = InputWatch()
        self._look = Look(1)
        self._follows = True
        self._tried: dict[int, tuple[int, ...]] = {}

    async def read_bulk(self) -> None:
        """The rows of evidence that came since the last time."""
        await self._evidence.update(self.desk.acquisition, self.desk.frame().raw("Line.RunEpoch"))

    def paint(self, frame: Frame) -> None:
        """Follow the work, have the chosen station's board polled, and see how its inputs stand."""
        if self._follows:
            self._look = replace(self._look, number=busiest(frame, self._look.number))
        number = self._look.number
        self._note(frame, number)
        if self._rows != frame.raw("Line.EvidenceCount"):
            self._rows = frame.raw("Line.EvidenceCount")
            self.read_soon()
        super().paint(frame)

    def _note(self, frame: Frame, number: int) -> None:
        view = frame.station(number)
        if not (frame.live and view.board):
            return
        check = check_under_way(view) if activity(view) in _CHECKED else None
        bits = sum(bool(view.board.get(f"{view.code}.Board.{name}")) << n for n, name in enumerate(view.io.inputs))
        what = (check.stage, check.item) if check is not None else (-1, -1)
        self._watch.note(Check(frame.raw("Line.RunEpoch"), number, *what), frame.raw("Line.SimulatedTime"), bits)

    def body(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Ledger, guide, what was found, evidence."""
        look = replace(self._look, tried=self._tried.get(self._look.number, ()))
        return commissioning(frame, self._evidence.book, self._watch, look, width, height)

    def keys(self, frame: Frame) -> Sequence[Key]:
        """Choose a station, read its evidence."""
        number = self._look.number

        def can(operation: Commission) -> bool:
            return not self.desk.commander.refusal(operation)

        asked = can(seen(number, check_under_way(frame.station(number)), 0, "answer"))
        return [
            Key("escape", "Esc", "Ledger" if self._look.opened else "Back"),
            Key("down", "↑↓", "Station"),
            Key("enter", "Enter", "Ledger" if self._look.opened else "Evidence"),
            Key("c", "C", "Commands", not self.desk.commander.blocked()),
            Key("s", "S", "Step", can(Commission(Command.STEP, number))),
            Key("y", "Y", "As shown", asked),
            Key("v", "V", "Else", asked),
            Key("k", "K", "Crew", can(Commission(Command.REPAIR, number, words="crew"))),
            Key("r", "R", "Release", can(Commission(Command.RELEASE, number))),
            Key("question_mark", "?", "Help"),
            Key("f", "F", "All" if self._look.failed else "Failed only"),
            Key("home", "Home", "Follow", not self._follows),
        ]

    @property
    def board_unit(self) -> int:
        """The chosen station's."""
        return 10 + self._look.number

    def _choose(self, number: int) -> None:
        self._follows = False
        self._look = replace(self._look, number=number, offset=0)

    def action_move(self, step: int) -> None:
        """Another station; the page stays with it."""
        self._choose((self._look.number - 1 + step) % len(BY_NUMBER) + 1)
        self.repaint()

    def action_follow(self) -> None:
        """The station at which something goes on, from now on."""
        self._follows = True
        self.repaint()

    def action_evidence(self) -> None:
        """The chosen station's evidence on the whole page, and back."""
        self._look = replace(self._look, opened=not self._look.opened, offset=0)
        self.repaint()

    async def action_back(self) -> None:
        """From the evidence to the ledger, else to where the operator came from."""
        if self._look.opened:
            self.action_evidence()
        else:
            await self.run_action("app.leave")

    def action_scroll(self, step: int) -> None:
        """Older or newer evidence; where there is no room for any, the rest of the page."""
        if self._count > self._body.size.height:
            self.action_scroll_page(1 if step > 0 else -1)
            return
        rows = len(chosen_rows(self._evidence.book, self._look.number, self._look.failed))
        self._look = replace(self._look, offset=max(0, min(rows - 1, self._look.offset + step)))
        self.repaint()

    def action_failed(self) -> None:
        """Only what failed, or everything."""
        self._look = replace(self._look, failed=not self._look.failed, offset=0)
        self.repaint()

    # ---- commands
    def action_commands(self) -> None:
        """Everything that can be commanded, with what would refuse it."""
        if why := self.desk.commander.blocked():
            self.desk.commander.refuse("Commissioning commands", why)
            self.repaint()
        else:
            number = self._look.number
            open_commissioning(self, number, self._check, self._evidence.book.last_failed(number), self._tried)

    def action_step(self) -> None:
        """The next step of the chosen station, by hand."""
        self.ask(Commission(Command.STEP, self._look.number))

    def action_release(self) -> None:
        """The chosen station may produce."""
        self.ask(Commission(Command.RELEASE, self._look.number))

    def action_crew(self) -> None:
        """Somebody to repair what failed last."""
        if self.possible(Commission(Command.REPAIR, self._look.number, words="call the crew")):
            call_the_crew(self, self._look.number, self._evidence.book.last_failed(self._look.number))

    def action_as_shown(self) -> None:
        """What the page says under Found is what was seen; where it says nothing, choose."""
        check = self._check
        if not self.possible(seen(self._look.number, check, 0, "confirm")) or check is None:
            return
        answer = as_shown(self.desk.frame().station(self._look.number), check, self._watch)
        if answer is None:
            say_what_was_seen(self, self._look.number, check)
        else:
            self.ask(answer)

    def action_otherwise(self) -> None:
        """Choose what was seen."""
        if self.possible(seen(self._look.number, self._check, 0, "confirm")):
            say_what_was_seen(self, self._look.number, self._check)

    def _carry_out(self, operation: Operation, login: int, yes: bool | None) -> None:
        if yes and isinstance(operation, SubmitMap):
            self._tried[operation.number] = operation.sensors
        super()._carry_out(operation, login, yes)

    @property
    def _check(self) -> Entry | None:
        return check_under_way(self.desk.frame().station(self._look.number))


def as_shown(view: StationView, check: Entry, watch: InputWatch) -> Commission | None:
    """The answer that agrees with what stands under Found; None where that is not one thing."""
    if check.item >= LOW_ITEM:
        return seen_reading(view.number, check, check.low <= reading(view, check) <= check.high)
    changed = watch.changed if view.board else None
    if changed is None or changed & (changed - 1):
        return None
    return seen_input(view.number, check, changed.bit_length() - 1 if changed else None)


def busiest(frame: Frame, otherwise: int) -> int:
    """The station that waits for somebody, else the first at which something goes on, else the one looked at last."""
    by_activity = {activity(view): view.number for view in reversed(frame.stations) if view.fitted}
    order = (Activity.CONFIRM, Activity.CHECKING, Activity.CREW, Activity.DECIDE, Activity.GIVEN_UP)
    return next((by_activity[doing] for doing in order if doing in by_activity), otherwise)
