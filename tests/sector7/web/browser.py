"""A real Chromium without a window, driven over its own debugging protocol."""

from __future__ import annotations

import asyncio
import base64
import itertools
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.pty_console import PATIENCE_S

_QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions",
    "--remote-debugging-port=0", "--window-size=1400,900", "about:blank",
)  # fmt: skip


class Page:
    """The browser's one page: `requests` are the addresses that it asked for, `painted` the bytes for its terminal."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._changed = asyncio.Event()
        self.requests: list[str] = []
        self.painted = b""
        self.complaints: list[str] = []

    async def listen(self) -> None:
        """Take what the browser tells, until it ends."""
        async for message in self._socket:
            told = message.json()
            if "id" in told:
                self._answers.pop(told["id"]).set_result(told)
                continue
            self._note(told["method"], told["params"])
            self._changed.set()

    def _note(self, method: str, what: dict[str, Any]) -> None:
        match method:
            case "Network.requestWillBeSent":
                self.requests.append(what["request"]["url"])
            case "Network.webSocketCreated":
                self.requests.append(what["url"])
            case "Network.webSocketFrameReceived" if what["response"]["opcode"] == 2:
                self.painted += base64.b64decode(what["response"]["payloadData"])
            case "Log.entryAdded":
                self.complaints.append(what["entry"]["text"])
            case "Runtime.exceptionThrown":
                self.complaints.append(str(what["exceptionDetails"]))

    async def call(self, method: str, **what: object) -> dict[str, Any]:
        """One call of the protocol; its result."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": what})
        async with asyncio.timeout(PATIENCE_S):
            told = await answer
        assert "error" not in told, told
        result: dict[str, Any] = told["result"]
        return result

    async def value(self, script: str) -> Any:
        """What an expression gives in the page."""
        result = await self.call("Runtime.evaluate", expression=script, returnByValue=True)
        return result["result"].get("value")

    async def until(self, script: str) -> None:
        """Wait until an expression is true in the page."""
        async with asyncio.timeout(PATIENCE_S):
            while not await self.value(script):
                self._changed.clear()
                try:
                    await asyncio.wait_for(self._changed.wait(), 0.2)
                except TimeoutError:
                    pass

    async def more(self) -> None:
        """Wait for something to happen."""
        self._changed.clear()
        await asyncio.wait_for(self._changed.wait(), PATIENCE_S)

    async def press(self, key: str, code: int, text: str = "") -> None:
        """A key, down and up."""
        for kind in ("keyDown", "keyUp"):
            await self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                **({"text": text} if text and kind == "keyDown" else {}),
            )  # fmt: skip

    async def picture(self) -> bytes:
        """A PNG of what is to be seen."""
        return base64.b64decode((await self.call("Page.captureScreenshot"))["data"])


@asynccontextmanager
async def page(folder: Path) -> AsyncIterator[Page]:
    """A browser with a profile of its own in `folder`."""
    program = shutil.which("chromium")
    assert program, "needs chromium (system-packages.txt)"
    process = await asyncio.create_subprocess_exec(
        program, *_QUIET, f"--user-data-dir={folder / 'profile'}", stderr=asyncio.subprocess.PIPE
    )
    try:
        assert process.stderr is not None
        line = b""
        async with asyncio.timeout(PATIENCE_S):
            while b"DevTools listening on" not in line:
                line = await process.stderr.readline()
                assert line, "chromium did not start"
        draining = asyncio.create_task(process.stderr.read())
        port = line.decode().split("127.0.0.1:")[1].split("/")[0]
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                target = next(one for one in await answer.json() if one["type"] == "page")
            async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                found = Page(socket)
                listening = asyncio.create_task(found.listen())
                for domain in ("Network", "Page", "Runtime", "Log"):
                    await found.call(f"{domain}.enable")
                yield found
                listening.cancel()
                draining.cancel()
                await asyncio.gather(listening, draining, return_exceptions=True)
    finally:
        process.kill()
        await process.wait()
