"""The board behind a port as the board of a simulated station: port `Board` over a bench line.

The plant waits for each exchange, so plant time goes on as fast as the line lets it, and no test depends on how busy
the machine is: the board's clock is in the exchange.
"""

from __future__ import annotations

from typing import Final

from hil import bench, rtu
from protocols.errors import LinkError
from protocols.ports import NEVER, Terminals
from protocols.stations.images import ANDON, DUTY, LIMIT, MARK, OUTPUTS, PROGRAM, SAFETY_OK, SPEED, TARGET, WORD, put
from protocols.stations.station_io import StationIO
from protocols.tags.station_map import DIAGNOSTICS
from sector7.board_check.serial_target import SerialSpecimen, SerialTarget
from sector7.board_check.specimen import Drive
from sector7.board_check.vector import EXCHANGE_US

_LIMITS: Final = (1 << 16 * (LIMIT[3] + 1)) - (1 << 16 * LIMIT[0])
_FIGURES: Final = 21  # input registers 0 to 20
_PASSED: Final = WORD << 16 * PROGRAM
_AXIS: Final = WORD << 16 * TARGET | WORD << 16 * SPEED


class RigBoard:
    """Exchanges when the cabinet asks, and in between only often enough to keep the board's watchdog quiet."""

    def __init__(self, specimen: SerialSpecimen, target: SerialTarget, terminals: Terminals) -> None:
        self.io: StationIO = specimen.io
        self._specimen = specimen
        self._target = target
        self._terminals = terminals
        self._pause_us = target.pause_us
        self.watchdog_us = target.pause_us + EXCHANGE_US
        self._keep = sum(self.io.output(name) for name in self.io.keep)
        self._last_us = 0
        self._drive = Drive()
        self._carrier = 0
        self._begun = False
        self._silent = False
        self.outputs = 0
        self.due_us = 0

    def exchange(self, now_us: int, command: int) -> int:
        """See port `Board`. Raises LinkError when the real board does not answer."""
        self._keep_alive(now_us)
        self._silent = False
        counts = tuple(signal.counts(now_us) for signal in self._terminals.analogs)
        self._drive = Drive(self._terminals.inputs, counts, command)
        self._carrier = self._terminals.carrier
        return self._exchange(now_us)

    def idle(self, now_us: int, heard_us: int) -> None:
        """See port `Board`: the line is cut. What the dead-man will do by the wall clock happens here at its instant
        of plant time."""
        if not self._silent:
            self._keep_alive(heard_us + 1)
            self._silent = True
            self._target.line.drop()
            self.due_us = NEVER
        if now_us - heard_us >= self.watchdog_us:
            self.outputs = self.outputs & ~(OUTPUTS | _AXIS) | self.outputs & self._keep

    def notice(self, now_us: int, bit: int) -> int:
        """See port `Board`: a real board finds edges by looking."""
        return -(-now_us // EXCHANGE_US) * EXCHANGE_US

    def signal_changed(self, now_us: int) -> int:
        """See port `Board`."""
        return self.notice(now_us, 0) if self._drive.command & _LIMITS else NEVER

    def measured(self, channel: int, now_us: int) -> int:
        """See port `Board`: the counts that the board was given at the last exchange instant."""
        return self._terminals.analogs[channel].counts(max(0, (now_us - 1) // EXCHANGE_US * EXCHANGE_US))

    def diagnostics(self) -> dict[str, int]:
        """The board's own figures by the names of the register map."""
        words = self._target.line.registers(rtu.read(self._target.line.slave, rtu.READ_INPUT, 0, _FIGURES))
        return {
            name: words[address] << 16 | words[address + 1] if kind.words == 2 else words[address]
            for address, name, kind, _, _ in DIAGNOSTICS
        } | {"axis_position": words[6], "reset_cause": words[9]}

    def _keep_alive(self, before: int) -> None:
        """The exchanges of the past that the watchdog needs, with everything as it was then."""
        while self._begun and not self._silent and self._last_us + self._pause_us < before:
            self._exchange(self._last_us + self._pause_us)

    def _exchange(self, now: int) -> int:
        seen = self._specimen.exchange(now, self._drive, self._carrier)
        self._begun, self._last_us = True, now
        read = self._specimen.words
        said = read[bench.OUTPUTS]
        if seen.outputs != said & OUTPUTS and self._drive.inputs & SAFETY_OK:
            raise LinkError(
                self._target.name, f"says that it drives outputs {said & OUTPUTS:05b}, its pins show {seen.outputs:05b}"
            )
        self.outputs = said & (OUTPUTS | MARK | ANDON) | self._drive.command & _PASSED
        for index, value in ((TARGET, seen.target), (SPEED, seen.speed), (DUTY, seen.duty)):
            self.outputs |= put(value, index)
        limited = self._drive.command & _LIMITS
        self.due_us = min(seen.due_us, now + EXCHANGE_US) if limited else seen.due_us
        return read[0] | read[1] << 16
