"""The console in a real browser."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from urllib.parse import urlsplit

import pyte

from tests.hmi.toy_plant import ToyPlant
from tests.pty_console import PATIENCE_S
from tests.sector7.web.browser import Page, page
from tests.sector7.web.conftest import PASSWORDS, Running


async def log_in(browser: Page, password: str) -> None:
    """Fill in the form as a person does."""
    await browser.until("document.querySelector('input[name=password]') !== null")
    await browser.value("document.querySelector('input[name=user]').focus()")
    await browser.call("Input.insertText", text="ada")
    await browser.value("document.querySelector('input[name=password]').focus()")
    await browser.call("Input.insertText", text=password)
    await browser.press("Enter", 13, "\r")


class Terminal:
    """What the terminal in the page has been told to paint."""

    def __init__(self, browser: Page) -> None:
        self._browser = browser
        self._fed = 0
        query = next(urlsplit(url).query for url in browser.requests if url.startswith("ws"))
        columns, rows = (int(number) for number in re.findall(r"\d+", query))
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)

    def text(self) -> str:
        new, self._fed = self._browser.painted[self._fed :], len(self._browser.painted)
        self._stream.feed(re.sub(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]", b"", new))
        return "\n".join(self._screen.display)

    async def shows(self, *parts: str) -> None:
        """Wait until all parts stand there."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not all(part in self.text() for part in parts):
                    await self._browser.more()
        except TimeoutError:
            raise AssertionError(f"{parts} not painted:\n{self.text()}\n{self._browser.complaints}") from None


async def test_the_line_is_run_from_a_browser(site: Running, plant: ToyPlant, tmp_path: Path) -> None:
    """A wrong password is refused, the right one paints the overview, keys reach the plant, no request leaves."""
    async with page(tmp_path) as browser:
        await browser.call("Page.navigate", url=f"{site.url}/")
        await log_in(browser, "a wrong password")
        await browser.until("document.querySelector('[role=alert]').textContent.includes('do not match')")
        await log_in(browser, PASSWORDS["ada"])
        await browser.until("document.body && document.body.classList.contains('-first-byte')")
        terminal = Terminal(browser)
        await terminal.shows("1 OVERVIEW", "LINK OK", "12 Pack-out", "HELD 3m31s")
        await browser.until("document.querySelectorAll('canvas').length > 0")
        overview = await browser.picture()
        await browser.press("F9", 120)
        await terminal.shows("Line Hold ?", "EXECUTE → HOLDING")
        await browser.press("y", 89, "y")
        await terminal.shows("LINE ■ HELD", "Line Hold  from Execute  OK")
        assert ("Line.CntrlCmd", 4) in plant.writes
        assert await browser.picture() != overview
        hosts = {urlsplit(url).netloc for url in browser.requests if not url.startswith("data:")}
        assert hosts == {urlsplit(site.url).netloc}, "no request leaves the host"
        assert await browser.value("document.fonts.check('15px \"Roboto Mono\"')"), "the font is our own"
        assert not any("Content Security Policy" in said or "Error" in said for said in browser.complaints)
        (tmp_path / "overview.png").write_bytes(overview)
