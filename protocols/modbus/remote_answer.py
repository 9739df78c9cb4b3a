"""What a board behind another Modbus device tells. A file of its own: who only keeps it needs no client for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RemoteAnswer:
    """What the device told: the status image without LINK, its coils, analogue counts, axis position."""

    status: int
    coils: int
    counts: tuple[int, ...]
    axis: int
