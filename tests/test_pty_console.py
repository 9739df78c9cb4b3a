"""The terminal of the tests: what stands on it, and that no half of a picture ever does."""

from __future__ import annotations

import pytest

from tests.pty_console import PtyConsole, _whole

PICTURES = """\
import os, sys, termios, time, tty
tty.setraw(0)
os.write(1, b"\\x1b[?2026$p")
assert os.read(0, 100) == b"\\x1b[?2026;2$y"
for number in range(200):
    os.write(1, b"\\x1b[?2026h\\x1b[Hfirst %04d" % number)
    os.write(1, (b"\\x1b[5;1H" + b"." * 1000) * 6)
    os.write(1, b"\\x1b[20;1Hlast %04d\\x1b[?2026l" % number)
os.write(1, b"\\x1b[22;1Hno picture")
"""


@pytest.mark.parametrize(
    ("painted", "whole"),
    [
        (b"", b""),
        (b"words", b"words"),
        (b"before\x1b[?2026hhalf", b"before"),
        (b"\x1b[?2026hone\x1b[?2026l", b"\x1b[?2026hone\x1b[?2026l"),
        (b"\x1b[?2026hone\x1b[?2026l and\x1b[?2026htwo", b"\x1b[?2026hone\x1b[?2026l and"),
        (b"words\x1b[?20", b"words"),
        (b"words\x1b", b"words"),
        (b"words\x1b[?25h", b"words\x1b[?25h"),
    ],
)
def test_what_is_whole(painted: bytes, whole: bytes) -> None:
    assert painted[: _whole(painted)] == whole


async def test_no_half_of_a_picture_is_ever_seen() -> None:
    console = PtyConsole(80, 24)
    seen: set[tuple[str, str]] = set()

    def look() -> bool:
        lines = console.lines
        seen.add((lines[0][6:10], lines[19][5:9]))
        return lines[21].startswith("no picture")

    await console.launch("-c", PICTURES)
    await console.until(look, "the end")
    assert await console.ends() == 0
    await console.stop()
    assert ("0199", "0199") in seen
    assert {first for first, last in seen if first != last} == set()
