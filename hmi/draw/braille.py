"""Trends in braille dots: two samples and four levels per cell."""

from __future__ import annotations

from collections.abc import Sequence

_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))


def buckets(samples: Sequence[float | None], count: int, span: int) -> list[float | None]:
    """The last `span` samples as `count` means, right-aligned; None where nothing is known."""
    recent = samples[-span:]
    missing = span - len(recent)
    result: list[float | None] = []
    for i in range(count):
        first, last = i * span // count - missing, (i + 1) * span // count - missing
        known = [v for v in recent[max(0, first) : max(0, last)] if v is not None]
        result.append(sum(known) / len(known) if known else None)
    return result


def trend(points: Sequence[float | None], low: float, high: float, height: int) -> list[str]:
    """A curve through `points` (two per cell) between `low` and `high`, as `height` lines of text, top first."""
    levels = 4 * height
    width = (len(points) + 1) // 2
    cells = [[0] * width for _ in range(height)]
    before: int | None = None
    for x, point in enumerate(points):
        if point is None:
            before = None
            continue
        share = (point - low) / (high - low) if high > low else 0.0
        level = min(levels - 1, max(0, round(share * (levels - 1))))
        # Steps are joined by a vertical stroke, or a curve of few samples falls apart into dots.
        first, last = (level, level) if before is None else (min(before, level), max(before, level))
        for y in range(first, last + 1):
            row, dot = divmod(levels - 1 - y, 4)
            cells[row][x // 2] |= _DOTS[x % 2][dot]
        before = level
    return ["".join(chr(0x2800 + bits) if bits else " " for bits in row) for row in cells]
