"""What an operator can ask of the plant: one class for each kind in `hmi/operations/`, all given by the commander."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar

from hmi.link.actions import Result
from hmi.link.exchange import Exchange

#: Gives the raw value of a tag as it was read last.
Read = Callable[[str], int]
#: How it ended, and a note that explains it.
Outcome = tuple[Result, str]


class Operation(ABC):
    """One thing that is asked for, in two steps: `facts` before it is confirmed, `carry_out` afterwards.

    Operations hold no value of the plant: everything is read when it is needed, so a question stays true while it is
    open.
    """

    #: What stands on the button that confirms.
    verb: ClassVar[str] = "Confirm"

    @property
    @abstractmethod
    def title(self) -> str:
        """What is asked for, with its target: "ST05 Unhold"."""

    @property
    def question(self) -> str:
        """The head of the dialog, without its question mark."""
        return self.title

    @property
    @abstractmethod
    def writes(self) -> Sequence[str]:
        """Tags that will be written: they say which roles may."""

    @abstractmethod
    def change(self, read: Read) -> str:
        """Old and new for the log: "5.40 -> 5.50 N·m"."""

    @abstractmethod
    def facts(self, read: Read) -> Sequence[str]:
        """At most four lines for the question: target, old → new, what to mind."""

    def refusal(self, read: Read) -> str:
        """Why the plant would refuse it now, as far as can be seen; empty if nothing speaks against it."""
        return ""

    @abstractmethod
    async def carry_out(self, plant: Exchange) -> Outcome:
        """Do it and judge by what comes back. Raises LinkError and Refusal: the commander tells the operator."""


def old_and_new(name: str, old: str, new: str) -> str:
    """One line of facts."""
    return f"{name:<8} {old} → {new}"
