"""`sector7 web`: the operator's console in a browser."""

from __future__ import annotations

import ipaddress
import ssl
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from protocols.address import HERE
from protocols.errors import EmulatorError
from protocols.roles import Role
from sector7.commands.connection import host_and_port
from sector7.commands.options import Host, Port
from sector7.usage import UsageError

if TYPE_CHECKING:
    from sector7.web.users import Users

app = typer.Typer(invoke_without_command=True)

UsersFile = Annotated[
    Path | None,
    typer.Option("--users", help="The file of users (default: ~/.config/sector7/web-users.json).", metavar="FILE"),
]


class MissingExtraError(EmulatorError):
    """A package that only this command needs is not installed."""

    exit_code = 3


@app.callback()
def web(
    context: typer.Context,
    plant: Annotated[str, typer.Option(help="The plant that consoles connect to.", metavar="HOST:PORT")] = HERE,
    host: Host = "127.0.0.1",
    port: Port = 8020,
    users: UsersFile = None,
    tls_cert: Annotated[Path | None, typer.Option(help="Serve https with this certificate (PEM).")] = None,
    tls_key: Annotated[Path | None, typer.Option(help="Its key (PEM).")] = None,
) -> None:
    """Show the operator's screens in a browser, behind a login.

    The plant is another process (`sector7 serve`). Make users first: `sector7 web passwd NAME --role operator`.
    A viewer's console is read-only; what operators and engineers may do is decided by the plant's own door.
    """
    if context.invoked_subcommand is not None:
        return
    host_and_port(plant)
    context_tls = _tls(tls_cert, tls_key)
    known = _users(users)
    if not known.count():
        raise UsageError("--users", str(known.path), "a file with users: sector7 web passwd NAME --role operator")
    if not _loopback(host) and context_tls is None:
        sys.stderr.write(
            f"sector7 web: warning: passwords travel unencrypted to {host}: give --tls-cert and --tls-key\n"
        )
    from sector7.web.run import run

    run(known, plant, host, port, context_tls)


@app.command()
def passwd(
    user: Annotated[str, typer.Argument(help="The user's name.", metavar="USER")],
    role: Annotated[Role, typer.Option(help="What the user may do.")] = Role.VIEWER,
    users: UsersFile = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the user out instead.")] = False,
) -> None:
    """Add a user, or give one another password and role. The password is asked for, or read from standard input."""
    known = _users(users)
    if remove:
        known.remove(user)
        sys.stdout.write(f"{user} is no longer in {known.path}\n")
        return
    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    known.set(user, role, password)
    sys.stdout.write(f"{user} may log in as {role.value} ({known.path})\n")


def _users(path: Path | None) -> Users:
    try:
        from sector7.web.users import Users, default_path
    except ImportError as error:
        raise MissingExtraError(f"needs {error.name}: pip install 'sector7[web]'") from None
    return Users(path or default_path())


def _tls(cert: Path | None, key: Path | None) -> ssl.SSLContext | None:
    if cert is None and key is None:
        return None
    if cert is None or key is None:
        raise UsageError("--tls-cert", str(cert or ""), "complete: a certificate and its --tls-key")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(cert, key)
    except OSError as error:  # ssl.SSLError is one
        raise UsageError("--tls-cert", str(cert), f"a certificate that goes with {key} ({error})") from None
    return context


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
