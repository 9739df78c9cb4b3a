"""The operator log of earlier sessions, from what the journal keeps of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from protocols.tags.line_map import UNIT as LINE_UNIT
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.session_map import ActionResult, LoggedAction
from sector7.journal.rows import DONE, Write
from sector7.masters.operator_log import LOGGED, counts, label_of, meaning, role_of
from sector7.rig.intake import Author


def recalled(rows: Iterable[Write]) -> Iterator[LoggedAction]:
    """The entries that these rows made, the oldest first. What became of them is not kept: they were taken."""
    values: dict[str, int] = {}

    def last(name: str) -> int:
        return values.get(name, PLANT_MAP[name].default)

    for row in rows:
        tag = LOGGED.get(row.tag)
        done = row.result == DONE
        if tag is not None and counts(tag, last(row.tag) if done else row.old, row.new):
            old, new, detail = meaning(row.tag, row.old, row.new, last)
            result = ActionResult.TAKEN if done else ActionResult.IGNORED
            who = label_of(Author(row.who, row.role))
            yield LoggedAction(
                0, row.at_us // 1000, int(row.wall_s), role_of(row.role), result, row.unit or LINE_UNIT, tag.table,
                tag.address, old, new, who, detail,
            )  # fmt: skip
        if done:
            values[row.tag] = row.new
