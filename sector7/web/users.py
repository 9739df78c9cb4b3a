"""Who may log in: a file of names, roles and argon2 hashes, never of passwords."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from protocols.errors import EmulatorError
from protocols.roles import Role

#: Shorter passwords are refused.
SHORTEST: Final = 10
#: Longer ones too: hashing must not be made to work on megabytes.
LONGEST: Final = 256


class UsersError(EmulatorError):
    """The file of users cannot be used, or not with what was asked; `remedy` says what helps."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem} ({remedy})")
        self.path = path
        self.problem = problem
        self.remedy = remedy


class _User(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    role: Role
    hash: str = Field(min_length=20)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    users: dict[str, _User] = {}


class Users:
    """The users of one file. It is read anew for every login, so a change counts at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._hasher = PasswordHasher()
        # Somebody who is unknown costs as much time as somebody who is known.
        self._nobody = self._hasher.hash("nobody has this password")

    def count(self) -> int:
        """How many there are. Raises UsersError."""
        return len(self._read().users)

    def set(self, name: str, role: Role, password: str) -> None:
        """Add a user, or give one another password and role. Raises UsersError."""
        if not (0 < len(name) <= 64 and name.isprintable() and name == name.strip()):
            raise UsersError(self.path, f"{name!r} is no user name", "1 to 64 printable characters")
        if not SHORTEST <= len(password) <= LONGEST:
            raise UsersError(self.path, "the password is too short or too long", f"{SHORTEST} to {LONGEST} characters")
        file = self._read()
        file.users[name] = _User(role=role, hash=self._hasher.hash(password))
        self._write(file)

    def remove(self, name: str) -> None:
        """Take a user out. Raises UsersError if there is none of this name."""
        file = self._read()
        if file.users.pop(name, None) is None:
            raise UsersError(self.path, f"has no user {name!r}", f"it has {', '.join(sorted(file.users)) or 'nobody'}")
        self._write(file)

    def role(self, name: str, password: str) -> Role | None:
        """The role of whoever gives this name and password, None if they do not match. Takes a tenth of a second of
        CPU and 64 MB by design. Raises UsersError if the file cannot be read."""
        user = self._read().users.get(name)
        try:
            self._hasher.verify(user.hash if user is not None else self._nobody, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return None
        return user.role if user is not None else None

    def _read(self) -> _File:
        try:
            return _File.model_validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return _File()
        except OSError as error:
            raise UsersError(self.path, "cannot be read", error.strerror or str(error)) from None
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"]) or "the whole file"
            raise UsersError(self.path, f"is damaged at {where}", "set the users anew: sector7 web passwd") from None

    def _write(self, file: _File) -> None:
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
                json.dump(file.model_dump(mode="json"), out, indent=1)
            draft.replace(self.path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise UsersError(self.path, "cannot be written", error.strerror or str(error)) from None


def default_path() -> Path:
    """Where the file stands if nobody says otherwise."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "sector7" / "web-users.json"
