"""The site: login, the page with the terminal, the web socket behind it. Nothing on it comes from another host."""

from __future__ import annotations

import asyncio
import html
import importlib.resources
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final
from urllib.parse import urlsplit

import textual_serve
from aiohttp import web
from aiohttp.typedefs import Handler
from textual_serve.server import Server

from protocols.roles import Role
from sector7.web.attempts import Attempts
from sector7.web.sessions import MOST_CONSOLES, Session, Sessions
from sector7.web.users import LONGEST, Users, UsersError

COOKIE: Final = "sector7-session"
#: Columns or rows that a terminal in a page may have.
CELLS: Final = range(5, 501)
#: What may be fetched from textual-serve's own folder.
_STATIC: Final = ("js/textual.js", "css/xterm.css", "fonts/RobotoMono-VariableFont_wght.ttf")
_TYPES: Final = {"site.css": "text/css", "site.js": "text/javascript"}
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Options:
    """What the site serves: the plant that its consoles connect to; `secure` if it is reached by TLS."""

    plant: str
    secure: bool = False


class Site:
    """One site. `clock` gives monotonic seconds."""

    def __init__(self, users: Users, options: Options, clock: Callable[[], float]) -> None:
        self._users = users
        self._options = options
        self._attempts = Attempts(clock)
        self._sessions = Sessions(clock)
        self._hashing = asyncio.Semaphore(1)  # 64 MB each
        self._consoles = {role: Server(shlex.join(command(options.plant, role))) for role in Role}
        self._pages = {name: _page(name) for name in ("login.html", "console.html", *_TYPES)}

    def app(self) -> web.Application:
        """The application to run."""
        app = web.Application(middlewares=[self._guard], client_max_size=8192)
        app.router.add_get("/", self._index)
        app.router.add_get("/login", self._login_page)
        app.router.add_post("/login", self._login)
        app.router.add_post("/logout", self._logout)
        app.router.add_get("/ws", self._socket)
        app.router.add_get("/{name:site\\.(css|js)}", self._own)
        app.router.add_get("/static/{name:.+}", self._static)
        return app

    def tidy(self) -> None:
        """End sessions that lasted too long."""
        self._sessions.tidy()

    def close(self) -> None:
        """Log everybody out and close their consoles."""
        self._sessions.end_all()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """What changes something, and every web socket, must come from a page of this very site."""
        socket = request.headers.get("Upgrade", "").lower() == "websocket"
        if (request.method not in ("GET", "HEAD") or socket) and not _same_origin(request):
            raise web.HTTPForbidden(text="This request does not come from a page of this site.\n")
        try:
            response = await handler(request)
        except web.HTTPException as error:
            error.headers.update(self._headers(request))
            raise
        if not response.prepared:
            response.headers.update(self._headers(request))
        return response

    async def _index(self, request: web.Request) -> web.Response:
        session = self._session(request)
        if session is None:
            raise web.HTTPSeeOther("/login")
        size = request.query.get("fontsize", "")
        return self._html(
            "console.html",
            user=session.user,
            role=session.role.value,
            plant=self._options.plant,
            socket=f"{'wss' if self._options.secure else 'ws'}://{request.host}/ws",
            size=size if size in {str(points) for points in range(8, 41)} else "15",
        )

    async def _login_page(self, request: web.Request) -> web.Response:
        return self._html("login.html", problem="")

    async def _login(self, request: web.Request) -> web.Response:
        form = await request.post()
        user, password = str(form.get("user", "")), str(form.get("password", ""))
        keys = (f"address {request.remote}", f"user {user[:64]}")
        if (wait := self._attempts.wait_s(*keys)) > 0:
            page = self._html("login.html", 429, problem=f"Too many attempts. Try again in {wait / 60:.0f} min.")
            page.headers["Retry-After"] = f"{wait:.0f}"
            return page
        # Counted before it is judged: attempts at the same time are as many as attempts one after the other.
        self._attempts.failed(*keys)
        try:
            async with self._hashing:
                role = await asyncio.to_thread(self._users.role, user, password[: LONGEST + 1])
        except UsersError as error:
            sys.stderr.write(f"sector7 web: {error}\n")
            return self._html("login.html", 500, problem="The users cannot be read; the server's log says why.")
        if role is None:
            return self._html("login.html", 403, problem="User and password do not match.")
        self._attempts.succeeded(*keys)
        token = self._sessions.begin(user, role)
        if token is None:
            return self._html("login.html", 503, problem="Too many sessions are open.")
        answer = web.HTTPSeeOther("/")
        answer.set_cookie(COOKIE, token, httponly=True, samesite="Strict", secure=self._options.secure, path="/")
        return answer

    async def _logout(self, request: web.Request) -> web.Response:
        self._sessions.end(request.cookies.get(COOKIE, ""))
        answer = web.HTTPSeeOther("/login")
        answer.del_cookie(COOKIE, httponly=True, samesite="Strict", secure=self._options.secure, path="/")
        return answer

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        session = self._session(request)
        if session is None:
            raise web.HTTPForbidden(text="Log in first.\n")
        for side in ("width", "height"):
            cells = request.query.get(side, "")
            if not (cells.isascii() and cells.isdigit() and int(cells) in CELLS):
                raise web.HTTPBadRequest(text=f"{side} {cells!r} is no size of a terminal.\n")
        if self._sessions.consoles() >= MOST_CONSOLES:
            raise web.HTTPServiceUnavailable(text="Too many consoles are open.\n")
        console: asyncio.Task[object] = asyncio.ensure_future(self._consoles[session.role].handle_websocket(request))
        session.consoles.add(console)
        try:
            response = await console
        finally:
            session.consoles.discard(console)
            console.cancel()
        assert isinstance(response, web.StreamResponse)
        return response

    async def _own(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        return web.Response(text=self._pages[name].template, content_type=_TYPES[name])

    async def _static(self, request: web.Request) -> web.FileResponse:
        name = request.match_info["name"]
        if name not in _STATIC:
            raise web.HTTPNotFound
        return web.FileResponse(Path(textual_serve.__file__).parent / "static" / name)

    def _session(self, request: web.Request) -> Session | None:
        return self._sessions.find(request.cookies.get(COOKIE, ""))

    def _html(self, page: str, status: int = 200, **values: str) -> web.Response:
        safe = {name: html.escape(value) for name, value in values.items()}
        return web.Response(text=self._pages[page].substitute(safe), status=status, content_type="text/html")

    def _headers(self, request: web.Request) -> Mapping[str, str]:
        sockets = f"{'wss' if self._options.secure else 'ws'}://{request.host}"
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
            f"img-src 'self' data:; connect-src 'self' {sockets}; form-action 'self'; frame-ancestors 'none'; "
            "base-uri 'none'"
        )
        return {**_HEADERS, "Content-Security-Policy": policy}


def command(plant: str, role: Role) -> Sequence[str]:
    """The console that a role gets."""
    viewer = ("--read-only",) if role is Role.VIEWER else ()
    return (sys.executable, "-m", "sector7", "hmi", plant, *viewer)


def _same_origin(request: web.Request) -> bool:
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc.lower() == request.host.lower()


def _page(name: str) -> Template:
    return Template((importlib.resources.files("sector7.web") / "pages" / name).read_text("utf-8"))
