"""The commander: asks whether an operation is possible, has it carried out, and notes what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from hmi.link.acquisition import Acquisition
from hmi.link.actions import ActionLog, Result
from hmi.link.exchange import Exchange
from hmi.link.operation import Operation
from hmi.link.snapshot import LinkState, Quality
from protocols.errors import LinkError, Refusal
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP


class Commander:
    """Gives operations over the acquisition's connection and notes them in the log.

    `looking` says why this console only looks, empty if it commands.
    """

    def __init__(
        self, acquisition: Acquisition, log: ActionLog, clock: Callable[[], float], looking: Callable[[], str]
    ) -> None:
        self._acquisition = acquisition
        self._read = Exchange(acquisition, clock).raw
        self._log = log
        self._clock = clock
        self._looking = looking

    def blocked(self, writes: Sequence[str] = ()) -> str:
        """Why nothing that writes these tags can be done from this console now; empty if it can."""
        if why := self._looking():
            return why
        snapshot = self._acquisition.snapshot
        if snapshot.state is LinkState.MISMATCH:
            return "the server has another register map"
        if snapshot.quality(self._clock()) is not Quality.GOOD:
            return "the link is lost"
        role = snapshot.session.role if snapshot.session is not None else None
        return forbidden(role, writes)

    def refusal(self, operation: Operation) -> str:
        """Why this cannot be done now; empty if nothing is known that speaks against it."""
        return self.blocked(operation.writes) or operation.refusal(self._read)

    def refuse(self, what: str, why: str) -> None:
        """Note that something was asked for and not done."""
        self._log.refuse(self._time_us(), what, why)

    @property
    def login(self) -> int:
        """Who is logged in, as a number that grows: what is asked for now is that one's order."""
        return self._acquisition.login

    async def give(self, operation: Operation, login: int | None = None) -> Result:
        """Have it carried out and judged, as an order of `login` (default: of who is logged in now).

        Never raises for what the link or the server does.
        """
        what = f"{operation.title}  {operation.change(self._read)}".rstrip()
        key = self._log.begin(self._time_us(), what)
        plant = Exchange(self._acquisition, self._clock, login, partial(self._log.progress, key))
        if why := self.refusal(operation):
            return self._end(key, Result.REFUSED, why)
        try:
            return self._end(key, *await operation.carry_out(plant))
        except Refusal as error:
            return self._end(key, Result.REFUSED, error.why)
        except LinkError as error:
            return self._end(key, Result.FAILED, error.problem)

    def _time_us(self) -> int:
        return self._read("Line.SimulatedTime")

    def _end(self, key: int, result: Result, note: str = "") -> Result:
        self._log.end(key, result, note)
        return result


def forbidden(role: Role | None, writes: Sequence[str]) -> str:
    """Why `role` may not write all of these tags; empty if it may, or if the server did not tell the role."""
    for name in writes:
        if not PLANT_MAP[name].may_write:
            return f"no master may write it: its value comes from the {PLANT_MAP[name].writer}"
    if role is None:
        return ""
    if role is Role.VIEWER:
        return "the role viewer may only look"
    for name in writes:
        allowed = PLANT_MAP[name].may_write
        if role not in allowed:
            others = " or ".join(r for r in Role if r in allowed and r is not Role.PLC)
            return f"the role {role} may not do this: {others} may"
    return ""
