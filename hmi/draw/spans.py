"""Lines of styled text. A line is a tuple of spans, so comparing two lines says whether to repaint."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style

from hmi.draw.ink import LABEL, PLAIN, RULE

Span = tuple[str, Style]
Line = tuple[Span, ...]

#: Stands where text had to be cut: nothing disappears silently.
CUT = "…"


def length(line: Line) -> int:
    """Cells that `line` takes (every character used by the HMI is one cell wide)."""
    return sum([len(text) for text, _ in line])  # a list: this is asked thousands of times a second


def clip(text: str, width: int) -> str:
    """`text` in exactly `width` cells: padded on the right, or cut with an ellipsis."""
    if len(text) <= width:
        return text.ljust(width)
    return text[: width - 1] + CUT if width > 0 else ""


def shorten(text: str, width: int) -> str:
    """`text` in at most `width` cells, cut with an ellipsis."""
    return clip(text, width).rstrip() if len(text) > width else text


def fit(line: Line, width: int, paper: Style = PLAIN) -> Line:
    """`line` in exactly `width` cells: padded with `paper`, or cut with an ellipsis."""
    missing = width - length(line)
    if missing == 0:
        return line
    if missing > 0:
        return (*line, (" " * missing, paper))
    kept: list[Span] = []
    room = max(width, 0)
    for text, style in line:
        if len(text) >= room:
            kept.append((clip(text + " ", room), style))
            break
        kept.append((text, style))
        room -= len(text)
    return tuple(span for span in kept if span[0])


def spread(left: Line, right: Line, width: int, paper: Style = PLAIN) -> Line:
    """`left` and `right` at the two ends of `width` cells; `left` is cut first."""
    room = width - length(right)
    return (*fit(left, room, paper), *right) if room > 0 else fit(right, width, paper)


def rule(title: str, width: int, note: str = "") -> Line:
    """A section's head: a thin rule with a title and, if it fits, a note."""
    head: Line = (("─ ", RULE), (title, LABEL), (" ", RULE))
    if note and length(head) + len(note) + 2 < width:
        head = (*head, ("─ ", RULE), (note, RULE), (" ", RULE))
    return fit((*head, ("─" * max(0, width - length(head)), RULE)), width)


def beside(left: Sequence[Line], right: Sequence[Line], left_width: int, right_width: int) -> list[Line]:
    """Two blocks side by side with one cell between; the shorter one is padded."""
    lines = []
    for i in range(max(len(left), len(right))):
        a = fit(left[i], left_width) if i < len(left) else ((" " * left_width, PLAIN),)
        b = fit(right[i], right_width) if i < len(right) else ((" " * right_width, PLAIN),)
        lines.append((*a, (" ", PLAIN), *b))
    return lines


def pack(parts: Sequence[tuple[int, Line]], width: int, gap: int = 2, paper: Style = PLAIN) -> Line:
    """As many parts as fit into `width`, in their order; the least important ones (highest number) give way.

    A dropped part leaves an ellipsis at the end of the line.
    """
    chosen = list(range(len(parts)))

    def room() -> int:
        return sum(length(parts[i][1]) + gap for i in chosen) - gap

    dropped = False
    while len(chosen) > 1 and room() + (2 if dropped else 0) > width:
        chosen.remove(max(chosen, key=lambda i: (parts[i][0], i)))
        dropped = True
    line: list[Span] = []
    for k, i in enumerate(chosen):
        line += [(" " * gap, paper)] if k else []
        line += parts[i][1]
    if dropped and length(tuple(line)) + 2 <= width:
        line.append((" " + CUT, paper))
    return fit(tuple(line), width, paper)


def flowed(parts: Sequence[Line], width: int, gap: int = 3) -> list[Line]:
    """All parts on as many lines as they need, one cell from the left edge."""
    lines: list[Line] = []
    line: Line = ((" ", PLAIN),)
    empty = True
    for part in parts:
        if not empty and length(line) + gap + length(part) > width:
            lines.append(fit(line, width))
            line, empty = ((" ", PLAIN),), True
        line = (*line, *part) if empty else (*line, (" " * gap, PLAIN), *part)
        empty = False
    return [*lines, fit(line, width)]
