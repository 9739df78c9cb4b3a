"""What must hold, judged sample by sample; the first failure is kept with its time and the values behind it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from sector7.scenario.expression import Expression, ExpressionError, Number
from sector7.scenario.model import Expect, us
from sector7.times import told


@dataclass
class Judgement(ABC):
    """One expectation and how it stands. `failed_us` is the plant time of its first failure."""

    expect: Expect
    condition: Expression
    failed_us: int | None = None
    problem: str = ""
    values: dict[str, Number] = field(default_factory=dict)

    @abstractmethod
    def look(self, now: int) -> None:
        """A sample: everything before `now` has happened."""

    @abstractmethod
    def finish(self, now: int) -> None:
        """The run is over, and the last sample was looked at."""

    @property
    def passed(self) -> bool:
        """True unless it failed."""
        return self.failed_us is None

    @property
    def text(self) -> str:
        """The expectation in words."""
        expect = self.expect
        if expect.kind == "within":
            event = f"{expect.of!r}" if expect.of else f"({expect.when})"
            holding = f" for {expect.holding}" if expect.holding else ""
            return f"within {expect.within} of {event}: {expect.that}{holding}"
        return f"{expect.kind.replace('_', ' ')}: {expect.condition}"

    def _true(self, now: int) -> bool | None:
        """The condition now; None (and failed) if it cannot be evaluated."""
        try:
            return self.condition.holds()
        except ExpressionError as error:
            self._fail(now, error.problem)
            return None

    def _fail(self, now: int, problem: str) -> None:
        if self.failed_us is None:
            self.failed_us = now
            self.problem = problem
            self.values = self.condition.values()


class AtEnd(Judgement):
    """The condition is true when the run is over."""

    def look(self, now: int) -> None:
        pass

    def finish(self, now: int) -> None:
        if self._true(now) is False:
            self._fail(now, "is false at the end")


class Throughout(Judgement):
    """The condition is true (`always`) or false (`never`) at every sample between `since` and `until`."""

    def look(self, now: int) -> None:
        expect = self.expect
        if self.failed_us is not None or now < us(expect.since or "0"):
            return
        if expect.until is not None and now > us(expect.until):
            return
        wanted = expect.kind == "always"
        if self._true(now) is (not wanted):
            self._fail(now, "became false" if wanted else "became true")

    def finish(self, now: int) -> None:
        pass


@dataclass
class Within(Judgement):
    """Soon after each event the condition becomes true, and stays so for `holding` if that is given.

    The instant of the event does not count: what it is to bring about cannot have happened yet.
    """

    event: Expression | None = None
    _before: bool = True
    _pending: list[int] = field(default_factory=list)
    _since: int = -1
    _happened: bool = False

    def happened(self, now: int) -> None:
        """The event takes place."""
        self._happened = True
        self._pending.append(now)
        self._since = -1

    def look(self, now: int) -> None:
        if self.event is not None:
            self._watch(now)
        if not self._pending or self.failed_us is not None:
            return
        first = self._pending[0]
        if now > first:
            true = self._true(now)
            self._since = -1 if not true else now if self._since < 0 else self._since
        deadline = first + us(self.expect.within or "0")
        holding = us(self.expect.holding or "0")
        if 0 <= self._since <= deadline:
            if now - self._since >= holding:
                self._pending = [event for event in self._pending if event >= now]
                self._since = -1
        elif now >= deadline:
            self._fail(now, f"did not become true within {self.expect.within} of the event at {told(first)}")

    def finish(self, now: int) -> None:
        if not self._happened:
            self._fail(now, "the event never happened")

    def _watch(self, now: int) -> None:
        assert self.event is not None
        try:
            true = self.event.holds()
        except ExpressionError as error:
            self._fail(now, f"{self.expect.when}: {error.problem}")
            return
        if true and not self._before:
            self.happened(now)
        self._before = true


def judgement(expect: Expect, condition: Expression, event: Expression | None) -> Judgement:
    """The judgement of an expectation. `event` is the compiled `when` of a `within`."""
    if expect.kind == "within":
        return Within(expect, condition, event=event)
    return AtEnd(expect, condition) if expect.kind == "at_end" else Throughout(expect, condition)
