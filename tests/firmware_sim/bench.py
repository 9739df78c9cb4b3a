"""A board on the bench: inputs and outputs by name, analogue inputs in counts, time in milliseconds."""

from __future__ import annotations

from dataclasses import replace

from firmware_sim.board.profile import EXCHANGE_US, profile
from plant.signal import Signal
from protocols.stations.images import ACKNOWLEDGE, DUTY, OUTPUTS, SAFETY_OK, SPEED, TARGET, WORD, put, word
from protocols.stations.station_io import StationIO
from tests.firmware_sim.board.board_hosts import EveryInstant

MS = 1_000


class Bench(EveryInstant):
    """Exchanges at every instant of the grid; `now` is the next one."""

    def __init__(self, io: StationIO, *, debounce_us: int | None = None) -> None:
        settings = profile(io)
        if debounce_us is not None:
            settings = replace(settings, debounce_us=debounce_us)
        super().__init__(settings, [Signal(0.0, 1023.0) for _ in io.analogs])
        self.io = io
        self.now = 0

    # ---- time
    def pass_ms(self, ms: float) -> Bench:
        """Exchange at every instant from now on up to, not including, `ms` later."""
        until = self.now + int(ms * MS)
        while self.now < until:
            self.exchange(self.now)
            self.now += EXCHANGE_US
        return self

    def once(self) -> Bench:
        """A single exchange."""
        return self.pass_ms(EXCHANGE_US / MS)

    # ---- what acts on it
    def inputs(self, names: str = "", *, safe: bool = True) -> Bench:
        """Exactly these inputs are on from now on."""
        self.strip.inputs = sum(self.io.status(name) for name in names.split()) | (SAFETY_OK if safe else 0)
        return self

    def outputs(self, names: str = "") -> Bench:
        """Exactly these outputs are commanded from now on."""
        self.command = self.command & ~OUTPUTS | sum(self.io.output(name) for name in names.split())
        return self

    def register(self, index: int, value: int) -> Bench:
        """A command register gets another value."""
        self.command = self.command & ~(WORD << 16 * index) | put(value, index)
        return self

    def axis(self, target: int, speed: int) -> Bench:
        """The axis is commanded."""
        return self.register(TARGET, target).register(SPEED, speed)

    def acknowledge(self) -> Bench:
        """One edge of the acknowledge bit, 40 ms long."""
        self.command |= ACKNOWLEDGE
        self.pass_ms(40)
        self.command &= ~ACKNOWLEDGE
        return self

    def ready(self) -> Bench:
        """Booted, acknowledged, quiet."""
        self.pass_ms(100)
        return self.acknowledge().pass_ms(100)

    def silence(self, ms: float) -> Bench:
        """No exchange for so long."""
        self.link_up = False
        self.pass_ms(ms)
        self.link_up = True
        return self

    def power(self, millivolts: int) -> Bench:
        """The supply voltage changes now."""
        self.board.supply(self.now, millivolts)
        return self

    # ---- what it shows
    def shows(self, bits: int) -> bool:
        """Whether all these status bits are on."""
        return self.status & bits == bits

    @property
    def on(self) -> set[str]:
        """The outputs that are on."""
        return {name for name in self.io.outputs if self.board.outputs & self.io.output(name)}

    @property
    def duty(self) -> int:
        """The duty at the modulated output."""
        return word(self.board.outputs, DUTY)
