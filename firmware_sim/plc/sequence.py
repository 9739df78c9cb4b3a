"""The language of station sequences: steps with outputs, conditions, dwell, limits, measurements and branches.

A sequence reads like a procedure sheet. Building it turns names into masks once, so that a scan compares one word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from protocols.errors import MapError
from protocols.stations.images import DONE, DUTY, IN_PROCESS, LIMIT, MARK_REWORK, PROGRAM, SPEED, TARGET, put
from protocols.stations.station_io import COUNTS, Analog, StationIO

SECOND: Final = 1_000_000
#: How long an external wait (for a pallet, for room) lasts before the unit is Suspended.
PATIENCE_US: Final = 2 * SECOND

STARVED, BLOCKED = 1, 2
_JUDGES: Final = -1


@dataclass(frozen=True, slots=True)
class Branch:
    """Go to `goto` if `status & mask == value`."""

    mask: int
    value: int
    goto: str


@dataclass(frozen=True, slots=True)
class Route:
    """Which robots are a station's work: those that have passed `previous`.

    While it does the operation of that station too, those that have only passed the one `before` it are its work as
    well, and stay `extra_s` longer (before -1: it does not).
    """

    previous: int
    before: int = -1
    extra_s: float = 1.0


@dataclass(slots=True)
class Step:
    """One row of a sequence, constant once built. Times in us, windows in counts.

    The step ends when `status & mask == value` has been true for `dwell_us`; a branch that matches ends it at once.
    After `limit_us` it is overdue: an external wait (`waits`) suspends the unit, any other faults it. `record` is the
    analogue input measured at the end (-1: none), judged against `low..high`. `mark` is written to the carrier while
    the step is active (MARK_REWORK), or the verdict if `judges`. `rejects` makes the verdict a failure. A step with
    `every` counts its passes and goes to `when_due` at each `every`-th. After a hold the unit goes on with `again`: the
    step itself, or the one that brings about what this step takes for granted.

    Derived: `care` masks every status bit the step looks at, `marks` tells steps apart that write to the carrier,
    `pure_dwell` that only time can end the step.
    """

    index: int
    name: str
    out: int
    hold: int
    mask: int
    value: int
    dwell_us: int
    limit_us: int
    waits: int
    branches: tuple[tuple[int, int, Step], ...]
    record: int
    low: int
    high: int
    judges: bool
    starts: bool
    rejects: bool
    every: int
    mark: int
    following: Step = field(init=False)
    again: Step = field(init=False)
    when_failed: Step | None = None
    when_due: Step | None = None
    care: int = 0
    marks: int = 0
    pure_dwell: bool = False


class Builder:
    """Collects the steps of one station. Register values (target, speed, duty, program) stay until changed."""

    def __init__(self, io: StationIO, settings: Mapping[str, int]) -> None:
        self.io = io
        self.settings = settings
        self._steps: list[Step] = []
        self._links: list[tuple[str, tuple[Branch, ...], str, str, str]] = []
        self._labels: dict[str, int] = {}
        self._registers = {TARGET: 0, SPEED: 0, DUTY: 0, PROGRAM: 0}

    def step(
        self,
        name: str,
        *,
        on: str = "",
        until: str = "",
        dwell_s: float = 0.0,
        limit_s: float = 10.0,
        target: int | None = None,
        speed: int | None = None,
        duty: int | None = None,
        program: int | None = None,
        reach: Mapping[str, int] | None = None,
        record: str = "",
        window: tuple[int, int] | None = None,
        waits: int = 0,
        branches: Sequence[Branch] = (),
        label: str = "",
        goto: str = "",
        when_failed: str = "",
        judges: bool = False,
        starts: bool = False,
        rejects: bool = False,
        every: int = 0,
        when_due: str = "",
        mark: int = 0,
        again: str = "",
    ) -> None:
        """Add a step.

        `on`: outputs that are on (all others are off). `until`: conditions, `!` in front for false. `reach`: raw
        values that set the comparators behind `at_<input>`. `record` and `window` (raw): measure at the end and
        judge. `label`, `goto`: jumps; the next row follows otherwise. `starts`/`judges`: the cycle begins / its
        verdict is written to the carrier. `every`, `when_due`: service after so many robots.
        `again`: where a hold in this step goes on, if not here.
        """
        for register, value in ((TARGET, target), (SPEED, speed), (DUTY, duty), (PROGRAM, program)):
            if value is not None:
                self._registers[register] = value
        image = sum(put(value, register) for register, value in self._registers.items())
        for analog, raw in (reach or {}).items():
            channel = self.io.analog(analog)
            image |= put(max(1, self.io.analogs[channel].counts(raw)), LIMIT[channel])
        outputs = sum(self.io.output(output) for output in on.split())
        kept = sum(self.io.output(output) for output in on.split() if output in self.io.keep)
        mask, value = self.condition(until)
        channel = self.io.analog(record) if record else -1
        low, high = window or (-(1 << 30), 1 << 30)
        if window:
            low, high = accepted(self.io.analogs[channel], low, high)
        dwell = int(dwell_s * SECOND)
        limit = PATIENCE_US if waits else int(limit_s * SECOND) + dwell
        step = Step(
            len(self._steps), name, image | outputs, image | kept, mask, value, dwell, limit, waits, (), channel, low,
            high, judges, starts, rejects, every, mark,
        )  # fmt: skip
        if label:
            self._labels[label] = step.index
        self._steps.append(step)
        self._links.append((goto, tuple(branches), when_failed, when_due, again))

    def condition(self, text: str) -> tuple[int, int]:
        """Mask and value of a list of conditions such as `"clamped !robot_done"`."""
        mask = value = 0
        for word in text.split():
            bit = self.io.status(word.lstrip("!"))
            mask |= bit
            if word[0] != "!":
                value |= bit
        return mask, value

    def build(self) -> tuple[Step, ...]:
        """The linked steps; a row without `goto` leads to the next, the last to the first."""
        steps = self._steps
        for step, (goto, branches, when_failed, when_due, again) in zip(steps, self._links, strict=True):
            step.following = self._find(goto) if goto else steps[(step.index + 1) % len(steps)]
            step.branches = tuple((b.mask, b.value, self._find(b.goto)) for b in branches)
            step.again = self._find(again) if again else step
            step.when_failed = self._find(when_failed) if when_failed else None
            step.when_due = self._find(when_due) if when_due else None
            step.care = step.mask
            for mask, _, _ in step.branches:
                step.care |= mask
            step.marks = _JUDGES if step.judges else step.mark
            step.pure_dwell = step.dwell_us > 0 and not step.care
        return tuple(steps)

    def _find(self, label: str) -> Step:
        if label not in self._labels:
            raise MapError(f"{self.io.code} sequence", f"jumps to the unknown label {label!r}")
        return self._steps[self._labels[label]]

    # ---- the frame that most stations share
    def receive(
        self, route: Route, *, on: str = "", otherwise: str = "room", first: Sequence[Branch] = (),
        also: Sequence[Branch] = (),
    ) -> None:  # fmt: skip
        """Wait for a pallet and read its tag: work on robots that are this station's by its route, let others pass.

        `first` are branches that go before that, `also` some that come after it.
        """
        self.step("Wait for pallet", on=on, until="pallet_present", waits=STARVED, label="next")
        work = [Branch(IN_PROCESS | DONE, IN_PROCESS | route.previous << 28, "work")]
        if route.before >= 0:
            work.append(Branch(IN_PROCESS | DONE, IN_PROCESS | route.before << 28, "both"))
        self.step("Read carrier", on=on, branches=(*first, *work, *also), goto=otherwise)

    def take_over(self, route: Route, name: str) -> None:
        """The last row of a station that can do the work of the one before it: that comes first."""
        self._links[-1] = ("next", *self._links[-1][1:])
        self.step(name, dwell_s=route.extra_s, label="both", starts=True, goto="work")

    def dispatch(self, *, on: str = "") -> None:
        """Write the verdict, wait for room behind the station and let the pallet go."""
        self.step("Write verdict", on=on, dwell_s=0.06, judges=True)
        self.step("Wait for room", on=on, until="outfeed_clear", waits=BLOCKED, label="room")
        self.step("Release pallet", on=f"{on} stopper_open", until="!pallet_present")


def accepted(analog: Analog, low: int, high: int) -> tuple[int, int]:
    """The first and the last reading whose displayed value lies in `low..high`: what the operator sees is judged."""
    span = 2 * (analog.high - analog.low)
    first = -(-COUNTS * (2 * (low - analog.low) - 1) // span)
    behind = -(-COUNTS * (2 * (high - analog.low) + 1) // span)
    return max(0, first), behind - 1


@dataclass(frozen=True, slots=True)
class Program:
    """A station's program: its linked steps and the way back to its home position."""

    steps: tuple[Step, ...]
    home_out: int
    home_mask: int
    home_value: int
    home_limit_us: int
    idle_out: int


def program(builder: Builder, *, home: str, home_on: str = "", home_speed: int = 0, idle_on: str = "") -> Program:
    """Finish a builder. `home`: conditions of the home position; `home_on`: outputs that lead there; `idle_on`:
    outputs that stay on whatever the state (a heater)."""
    io = builder.io
    registers = put(builder._registers[DUTY], DUTY) if idle_on else 0
    idle = sum(io.output(name) for name in idle_on.split()) | registers
    going_home = sum(io.output(name) for name in home_on.split()) | put(home_speed, SPEED) | idle
    mask, value = builder.condition(home)
    return Program(builder.build(), going_home, mask, value, 25 * SECOND, idle)


#: Sent back to joint assembly.
REWORK: Final = MARK_REWORK
