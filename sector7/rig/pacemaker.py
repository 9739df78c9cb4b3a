"""The one clock that drives a rig: as fast as possible, or paced by wall time with a factor, pause and single steps.

Every mode executes the same events in the same order; a slice may end anywhere. Time that the machine could not keep
up with slips and is counted, never caught up.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

from protocols.errors import Refusal
from protocols.ports import NEVER
from sector7.rig.engine import SCAN_US
from sector7.rig.rig import Rig

SLOWEST: Final = 0.1
FASTEST: Final = 1000.0
#: Wall time a slice of plant work may take, so that Modbus stays responsive in the same loop.
SLICE_S: Final = 0.002
_BEAT_S: Final = 0.01
#: Wall time the plant may be late before it slips.
_SLACK_S: Final = 0.25
#: The same while a real partner is there, which cannot catch up: two exchanges.
_TIGHT_S: Final = 0.04

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[object]]


class Pacemaker:
    """Runs `rig` at `factor` plant seconds per wall second. `look` is called before every slice, to take what has come
    from outside by then; `beat` after every slice, and in a pause. The plant goes no further than `horizon` says (us of
    plant time), and where `stop` says a slice ends, so that there is a beat."""

    def __init__(
        self,
        rig: Rig,
        *,
        factor: float = 1.0,
        beat: Callable[[], None],
        look: Callable[[], None] = lambda: None,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        horizon: Callable[[], int] = lambda: NEVER,
        stop: Callable[[], int] = lambda: NEVER,
    ) -> None:
        self.rig = rig
        self._beat = beat
        self._look = look
        self.clock = clock
        self._sleep = sleep
        self._horizon = horizon
        self._stop = stop
        self.factor = check_factor(factor)
        self.paused = False
        self.lag_ms = 0
        #: Why the plant must run at the speed of the wall clock; empty while it need not.
        self.partner = ""
        self._chunk_us = SCAN_US
        self._wall = clock()
        self._plant_us = rig.now

    def set_factor(self, factor: float) -> None:
        """Change the speed from now on. Raises Refusal outside 0.1..1000, and for any but 1 with a real partner."""
        factor = check_factor(factor)
        if self.partner and factor != 1.0:
            raise Refusal("pacemaker", f"speed x{factor:g}", self.partner)
        # what was due at the old speed stays due
        self._anchor(self.rig.now if self.paused else self._target())
        self.factor = factor

    def lock(self, partner: str) -> None:
        """Keep to the speed of the wall clock because of `partner`; with "" any speed may be had again."""
        if partner and not self.partner:
            self.set_factor(1.0)
        self.partner = partner

    def pause(self) -> None:
        """Stand still; requests of masters wait for the next scan."""
        self.paused = True

    def resume(self) -> None:
        """Go on from here."""
        if self.paused:
            self._anchor(self.rig.now)
            self.paused = False

    def step(self, plant_us: int = SCAN_US) -> None:
        """While paused: run one PLC scan (or `plant_us`). Raises Refusal while running, and with a real partner."""
        if self.partner:
            raise Refusal("pacemaker", "single step", self.partner)
        if not self.paused:
            raise Refusal("pacemaker", "single step", "the plant is running; pause it first")
        end = self.rig.now + plant_us
        if self._horizon() < end:
            raise Refusal("pacemaker", "single step", "the journal has not caught up; try again in a moment")
        while self.rig.now < end:
            self.rig.run(min(end, max(self._stop(), self.rig.now + 1)))
            self._beat()

    async def run(self, until_us: int | None = None) -> None:
        """Pace the rig until `until_us` of plant time (for ever without it), or until cancelled."""
        self._anchor(self.rig.now)
        while until_us is None or self.rig.now < until_us:
            behind = self._advance(until_us)
            await self._sleep(0 if behind else _BEAT_S)

    def _advance(self, until_us: int | None) -> bool:
        """One slice; True while there is more to do at once."""
        if self.paused:
            self._beat()  # real partners live on
            return False
        now = self.clock()
        target = self._target()
        if until_us is not None:
            target = min(target, until_us)
        rig = self.rig
        if target <= rig.now:
            return False
        if self.partner and target - rig.now > _TIGHT_S * 1e6:
            # its clock is the exchange: it is not led through more of them at once than it can miss
            self.lag_ms += (target - rig.now) // 1000 - int(_TIGHT_S * 1000)
            target = rig.now + int(_TIGHT_S * 1e6)
            self._anchor(target)
        self._look()
        end = min(target, rig.now + self._chunk_us, self._horizon(), max(self._stop(), rig.now + 1))
        if end <= rig.now:
            return False
        rig.run(end)
        took = self.clock() - now
        # aim at slices of SLICE_S, changing by no more than a factor of two at a time
        if took > SLICE_S:
            self._chunk_us = max(SCAN_US, self._chunk_us // 2)
        elif took < SLICE_S / 2 and end < target:
            self._chunk_us *= 2
        self._beat()
        late = (target - rig.now) / 1e6 / self.factor
        if late > _SLACK_S:
            self.lag_ms += int(late * 1000)
            self._anchor(rig.now)
            return True
        return rig.now < target

    def _target(self) -> int:
        """Where the plant should be by now."""
        return self._plant_us + int((self.clock() - self._wall) * self.factor * 1e6)

    def _anchor(self, plant_us: int) -> None:
        """Now is when the plant should be at `plant_us`."""
        self._wall = self.clock()
        self._plant_us = plant_us


def check_factor(factor: float) -> float:
    """A speed that can be paced. Raises Refusal outside 0.1..1000."""
    if not SLOWEST <= factor <= FASTEST:
        raise Refusal("pacemaker", f"speed x{factor:g}", f"it must lie between x{SLOWEST:g} and x{FASTEST:g}")
    return factor
