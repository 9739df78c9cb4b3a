"""The heater controller of a board: PI with anti-windup, integers only, on its own sample time."""

from __future__ import annotations

from typing import ClassVar, Final

from protocols.ports import NEVER

SAMPLE_US: Final = 10_000_000
_GAIN: Final = 20  # duty steps per count
_INTEGRAL_SHARE: Final = 8  # integral action: gain / 8 per sample
_FULL: Final = 1024


class Regulator:
    """Duty (0..1024) from set point (0..1024) and reading (0..1023), both in counts.

    Bounds: |error| <= 1024; the integral moves only while the duty is not saturated, or out of saturation, so it stays
    within 0..8602 (8 * (1024 + 20 * 1024) / 20); 20 * 8602 + 20 * 1024 < 2^18: 32 bits are enough, 16 are not.
    """

    __slots__ = ("_integral", "due_us", "duty", "next_us")
    STATE: ClassVar[tuple[str, ...]] = ("_integral", "due_us", "duty", "next_us")

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Nothing is known of the chamber."""
        self._integral = 0
        self.off()

    def off(self) -> None:
        """The output is switched off; the integral is kept, the chamber will want the same again."""
        self.duty = 0
        self.due_us = 0
        self.next_us = NEVER

    def sample(self, now: int, set_point: int, reading: int) -> None:
        """One controller step; the next is due a sample time later."""
        error = set_point - reading
        integral = self._integral + error
        raw = _GAIN * error + _GAIN * integral // _INTEGRAL_SHARE  # C rounds a negative sum differently: off in both
        if 0 <= raw <= _FULL or (raw < 0) == (error > 0):
            self._integral = integral
        self.duty = min(max(raw, 0), _FULL)
        self.due_us = self.next_us = now + SAMPLE_US
