"""A PostgreSQL server of our own: Debian's binaries, a temporary folder, a Unix socket and nothing else."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from tests.pty_console import PATIENCE_S


def binaries() -> Path | None:
    """Where the newest installed server's programs are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


class Postgres:
    """A server that can be killed and started again. It does not run as root, even if the tests do."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        # not pytest's own folder: the server's user cannot get in there
        self.folder = Path(tempfile.mkdtemp(prefix="sector7-postgres-"))
        self._user: dict[str, Any] = {}
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self._user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        self._process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "plant", "-A", "trust", "--no-sync")

    @property
    def url(self) -> str:
        """How to get in."""
        return f"postgresql://plant@/postgres?host={self.folder}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        arguments = [
            "-D",
            str(self.folder / "data"),
            "-k",
            str(self.folder),
            "-c",
            "listen_addresses=",
            "-c",
            "fsync=off",
        ]
        self._process = subprocess.Popen(
            [self._programs / "postgres", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            cwd=self.folder, **self._user,
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                psycopg.connect(self.url).close()
                return
            except psycopg.OperationalError:
                assert self._process.poll() is None, "the server ended"
                assert time.monotonic() < deadline
                time.sleep(0.05)

    def stop(self) -> None:
        """End it at once; who is connected is thrown out."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(PATIENCE_S)
            self._process = None

    def remove(self) -> None:
        """Leave nothing behind."""
        self.stop()
        shutil.rmtree(self.folder)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query says."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(sql.encode()).fetchall()

    def execute(self, sql: str) -> None:
        """A statement."""
        with psycopg.connect(self.url) as connection:
            connection.execute(sql.encode())

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        done = subprocess.run(command, capture_output=True, cwd=self.folder, check=False, **self._user)
        assert done.returncode == 0, done.stderr.decode()
