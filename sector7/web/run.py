"""Runs the site until it is stopped."""

from __future__ import annotations

import asyncio
import signal
import ssl
import sys
import time

from aiohttp import web

from protocols.errors import LinkError
from sector7.web.site import Options, Site
from sector7.web.users import Users

#: How often sessions that lasted too long are looked for (seconds).
_TIDY_S = 30.0


def run(users: Users, plant: str, host: str, port: int, tls: ssl.SSLContext | None) -> None:
    """Serve until SIGINT or SIGTERM. Raises LinkError if the port cannot be had."""
    asyncio.run(_serve(users, plant, host, port, tls))


async def _serve(users: Users, plant: str, host: str, port: int, tls: ssl.SSLContext | None) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    site = Site(users, Options(plant, secure=tls is not None), time.monotonic)
    runner = web.AppRunner(site.app(), access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port, ssl_context=tls).start()
        except OSError as error:
            raise LinkError(f"{host}:{port}", f"cannot be listened on: {error.strerror}", "another --port?") from None
        listening = runner.addresses[0][1]
        shown = f"[{host}]" if ":" in host else host
        sys.stdout.write(f"listening on {'https' if tls else 'http'}://{shown}:{listening}/\n")
        sys.stdout.flush()
        while not stop.is_set():
            site.tidy()
            try:
                await asyncio.wait_for(stop.wait(), _TIDY_S)
            except TimeoutError:
                pass
        site.close()
    finally:
        await runner.cleanup()
