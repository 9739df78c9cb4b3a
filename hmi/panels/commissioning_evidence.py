"""The rows of the commissioning ledger as a table."""

from __future__ import annotations

from collections.abc import Sequence

from hmi.draw.ink import CAUTION, LABEL, PLAIN
from hmi.draw.spans import Line, clip, fit, rule
from hmi.draw.texts import clock
from hmi.link.evidence import Book
from protocols.commissioning import STAGE_TEXTS, By, Entry, expected, seen, what
from protocols.stations.io_table import BY_NUMBER

_BY = {By.PROGRAM: "program", By.OPERATOR: "operator"}


def chosen_rows(book: Book, number: int, failed: bool) -> Sequence[Entry]:
    """A station's rows, newest first; only those that failed."""
    return [row for row in book.rows if row.station == number and not (failed and row.passed)]


def evidence(book: Book, number: int, failed: bool, offset: int, width: int, height: int) -> list[Line]:
    """As many rows from `offset` on as there is room for."""
    rows = chosen_rows(book, number, failed)
    room = max(1, height - 2)
    first = max(0, min(offset, len(rows) - room))
    shown = rows[first : first + room]
    place = f"{first + 1} to {first + len(shown)} of {len(rows)}, newest first" if len(rows) > room else "newest first"
    title = f"EVIDENCE {BY_NUMBER[number].code}{', only what failed' if failed else ''}"
    lines = [rule(title, width, place), fit(((_head(width), LABEL),), width)]
    if not rows:
        why = "no check has failed here" if failed else "nothing was proved here in this run"
        return [*lines, fit(((f" {why}", LABEL),), width)]
    return [*lines, *(_row(row, width) for row in shown)]


def _row(row: Entry, width: int) -> Line:
    mark, ink = ("●", PLAIN) if row.passed else ("×", CAUTION)
    stage, name, wanted = (STAGE_TEXTS[row.stage], what(row), expected(row))
    if width < 110:
        return fit(((f" {clock(row.at_us):<9}", LABEL), (f"{mark} {clip(name, 22)} ", ink), (seen(row), ink)), width)
    return fit((
        (f" {clock(row.at_us):<12}{clip(stage, 14)}", LABEL),
        (f"{mark} {clip(name, 28)} ", ink),
        (clip(wanted, 34), LABEL),
        (f" {clip(seen(row), max(20, width - 102))}", ink),
        (_BY[By(row.by)], LABEL),
    ), width)  # fmt: skip


def _head(width: int) -> str:
    if width < 110:
        return f" {'plant':<9}  {'check':<22} seen"
    return f" {'plant':<12}{'step':<14}  {'check':<28} {'expected':<34} {'seen':<{max(20, width - 102)}}by"
