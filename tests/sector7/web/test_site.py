"""The site over real HTTP: who gets in, how often one may try, what a page may load, what reaches the console."""

from __future__ import annotations

import asyncio
import re
import signal
from pathlib import Path

import aiohttp
import pyte
import pytest

from protocols.modbus.server import PlantServer
from sector7.web.attempts import MOST_FAILURES
from tests.hmi.toy_plant import ToyPlant
from tests.pty_console import PATIENCE_S
from tests.sector7.web.conftest import PASSWORDS, Running, running


def client() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


async def log_in(browser: aiohttp.ClientSession, url: str, user: str, password: str, origin: str | None = None) -> int:
    headers = {"Origin": origin if origin is not None else url}
    form = {"user": user, "password": password}
    async with browser.post(f"{url}/login", data=form, headers=headers, allow_redirects=False) as answer:
        await answer.read()
        return answer.status


class Terminal:
    """What the web socket paints."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.screen = pyte.Screen(140, 42)
        self.stream = pyte.ByteStream(self.screen)

    async def shows(self, *parts: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not all(part in "\n".join(self.screen.display) for part in parts):
                    message = await self.socket.receive()
                    assert message.type not in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSE), "it was closed"
                    if message.type is aiohttp.WSMsgType.BINARY:
                        self.stream.feed(re.sub(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]", b"", message.data))
        except TimeoutError:
            raise AssertionError(f"{parts} not painted:\n" + "\n".join(self.screen.display)) from None

    async def press(self, keys: str) -> None:
        await self.socket.send_json(["stdin", keys])


async def test_nothing_without_a_login(site: Running) -> None:
    async with client() as browser:
        async with browser.get(f"{site.url}/", allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, "/login")
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await browser.ws_connect(f"{site.url}/ws?width=80&height=24", headers={"Origin": site.url})
        assert refused.value.status == 403
        for path in ("/static/js/../../server.py", "/static/images/background.png", "/download/1", "/nothing"):
            async with browser.get(site.url + path) as answer:
                assert answer.status == 404, path
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert await log_in(browser, site.url, "ada", "wrong") == 403
        assert await log_in(browser, site.url, "eve", PASSWORDS["ada"]) == 403
        assert not list(browser.cookie_jar)


async def test_attempts_are_limited_also_for_the_right_password(site: Running) -> None:
    async with client() as browser:
        codes = await asyncio.gather(
            *(log_in(browser, site.url, "ada", f"guess {number}") for number in range(MOST_FAILURES + 3))
        )
        assert sorted(codes) == [403] * MOST_FAILURES + [429] * 3, "at the same time they count as well"
        assert await log_in(browser, site.url, "ada", PASSWORDS["ada"]) == 429


async def test_other_sites_cannot_use_a_login(site: Running) -> None:
    async with client() as browser:
        assert await log_in(browser, site.url, "ada", PASSWORDS["ada"], origin="http://evil.example") == 403
        assert await log_in(browser, site.url, "ada", PASSWORDS["ada"], origin="") == 403
        assert await log_in(browser, site.url, "ada", PASSWORDS["ada"]) == 303
        cookie = next(iter(browser.cookie_jar))
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        for origin in ("http://evil.example", "null", ""):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await browser.ws_connect(f"{site.url}/ws?width=80&height=24", headers={"Origin": origin})
            assert refused.value.status == 403
        async with browser.get(f"{site.url}/") as answer:
            page = await answer.text()
        assert "ada, operator, plant 127.0.0.1:" in page
        assert not [
            found for found in re.findall(r'(?:src|href)="([^"]*)"', page) if not found.startswith(("/", "data:"))
        ]


async def test_an_operator_commands_and_a_viewer_looks(site: Running, plant: ToyPlant) -> None:
    for user in ("ada", "vic"):
        async with client() as browser:
            assert await log_in(browser, site.url, user, PASSWORDS[user]) == 303
            async with browser.ws_connect(f"{site.url}/ws?width=140&height=42", headers={"Origin": site.url}) as socket:
                terminal = Terminal(socket)
                await terminal.shows("1 OVERVIEW", "LINK OK", "12 Pack-out")
                await terminal.press("\x1b[20~")
                if user == "vic":
                    await terminal.shows("READ-ONLY", "REFUSED")
                    assert ("Line.CmdChangeRequest", 1) not in plant.writes
                    continue
                await terminal.shows("Line Hold ?")
                await terminal.press("y")
                await terminal.shows("LINE ■ HELD")
                assert ("Line.CntrlCmd", 4) in plant.writes
                plant.writes.clear()


async def test_logging_out_closes_the_console(site: Running) -> None:
    async with client() as browser:
        assert await log_in(browser, site.url, "ada", PASSWORDS["ada"]) == 303
        async with browser.ws_connect(f"{site.url}/ws?width=140&height=42", headers={"Origin": site.url}) as socket:
            await Terminal(socket).shows("LINK OK")
            async with browser.post(
                f"{site.url}/logout", headers={"Origin": site.url}, allow_redirects=False
            ) as answer:
                assert answer.status == 303
            async with asyncio.timeout(PATIENCE_S):
                while (await socket.receive()).type not in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED):
                    pass
        async with browser.get(f"{site.url}/", allow_redirects=False) as answer:
            assert answer.status == 303


@pytest.mark.parametrize("size", ["width=80", "width=1000000&height=24", "width=-5&height=24", "width=x&height=24"])
async def test_absurd_sizes_are_refused(site: Running, size: str) -> None:
    async with client() as browser:
        assert await log_in(browser, site.url, "ada", PASSWORDS["ada"]) == 303
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await browser.ws_connect(f"{site.url}/ws?{size}", headers={"Origin": site.url})
        assert refused.value.status == 400


async def test_ctrl_c_ends_it_with_its_consoles(site: Running) -> None:
    async with client() as browser:
        assert await log_in(browser, site.url, "ada", PASSWORDS["ada"]) == 303
        async with browser.ws_connect(f"{site.url}/ws?width=140&height=42", headers={"Origin": site.url}) as socket:
            await Terminal(socket).shows("LINK OK")
            site.process.send_signal(signal.SIGINT)
            async with asyncio.timeout(PATIENCE_S):
                while (await socket.receive()).type not in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED):
                    pass
    async with asyncio.timeout(PATIENCE_S):
        _, err = await site.process.communicate()
    assert site.process.returncode == 0
    assert b"Traceback" not in err


async def test_other_addresses_warn(server: PlantServer, users_file: Path) -> None:
    async with running(server.port, users_file, "--host", "0.0.0.0") as site:
        assert site.process.stderr is not None
        line = await site.process.stderr.readline()
        assert b"passwords travel unencrypted to 0.0.0.0" in line
