"""The write log: who wrote what into the registers, to all tags or to one."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from hmi.draw.ink import LABEL
from hmi.draw.spans import Line, fit, rule
from hmi.frame import Frame
from hmi.link.writes import Written
from hmi.panels.operator_log import log_line


class Scope(StrEnum):
    """Which writes are shown."""

    ALL = "all"
    TAG = "this tag"
    OFF = "off"


def strip_height(height: int) -> int:
    """Lines that the log takes of a page of `height` lines."""
    return max(3, min(8, height // 4))


def write_log(
    frame: Frame, written: Sequence[Written], only: str, journaled: bool, width: int, height: int
) -> list[Line]:
    """A head and the newest writes in `height` lines; `only` names the tag that they shall be about, empty for all."""
    found = [one for one in written if not only or one.tag == only]
    source = "every value, kept by the journal" if journaled else "commands and settings of this run"
    lines = [rule(f"WRITES to {only or 'all tags'}", width, f"{source}   * this console")]
    lines += [log_line(frame, one.entry, one.text, width) for one in found[: height - 1]]
    if not found:
        lines.append(fit(((" Nothing was written.", LABEL),), width))
    return lines
