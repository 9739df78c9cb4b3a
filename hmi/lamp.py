"""The lamp: what blinks on this console blinks with it, so everything blinks in phase."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Lamp:
    """One lamp for all marks of unacknowledged alarms: half a second lit, half a second not.

    A lamp that stands `still` is always lit: for eyes that do not bear blinking, and for terminals behind slow lines.
    """

    still: bool = False

    def lit(self, now_s: float) -> bool:
        """True while marks are to be painted lit; `now_s` in seconds of any clock that all painters share."""
        return self.still or int(now_s * 2) % 2 == 0
