"""The file of users."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from protocols.roles import Role
from sector7.web.users import Users, UsersError

SECRET = "a long enough one"


def test_a_user_is_known_by_name_and_password(tmp_path: Path) -> None:
    users = Users(tmp_path / "deep" / "users.json")
    users.set("ada", Role.OPERATOR, SECRET)
    users.set("bob", Role.VIEWER, SECRET + "!")
    assert users.count() == 2
    assert users.role("ada", SECRET) is Role.OPERATOR
    assert users.role("bob", SECRET + "!") is Role.VIEWER
    assert users.role("ada", SECRET + "!") is None
    assert users.role("eve", SECRET) is None
    assert users.role("ada", "") is None
    users.set("ada", Role.ENGINEER, "another password")
    assert users.role("ada", SECRET) is None
    assert users.role("ada", "another password") is Role.ENGINEER
    users.remove("bob")
    assert users.role("bob", SECRET + "!") is None


def test_the_file_keeps_no_password_and_is_the_owners(tmp_path: Path) -> None:
    users = Users(tmp_path / "users.json")
    users.set("ada", Role.OPERATOR, SECRET)
    text = users.path.read_text("utf-8")
    assert SECRET not in text
    assert json.loads(text)["users"]["ada"]["hash"].startswith("$argon2id$")
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [users.path], "no draft is left behind"


@pytest.mark.parametrize(("name", "password", "problem"), [
    ("", SECRET, "no user name"), (" ada", SECRET, "no user name"), ("a\nb", SECRET, "no user name"),
    ("x" * 65, SECRET, "no user name"), ("ada", "short", "too short"), ("ada", "x" * 300, "too long"),
])  # fmt: skip
def test_bad_users_are_refused(tmp_path: Path, name: str, password: str, problem: str) -> None:
    users = Users(tmp_path / "users.json")
    with pytest.raises(UsersError, match=problem):
        users.set(name, Role.VIEWER, password)
    assert not users.path.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"users": {"ada": {"role": "king", "hash": "x"}}}'])
def test_a_damaged_file_is_told_and_left(tmp_path: Path, text: str) -> None:
    users = Users(tmp_path / "users.json")
    users.path.write_text(text, "utf-8")
    with pytest.raises(UsersError, match=r"is damaged.*sector7 web passwd"):
        users.role("ada", SECRET)
    with pytest.raises(UsersError, match="is damaged"):
        users.set("ada", Role.VIEWER, SECRET)
    assert users.path.read_text("utf-8") == text


def test_nobody_to_remove(tmp_path: Path) -> None:
    with pytest.raises(UsersError, match="has no user 'ada'"):
        Users(tmp_path / "users.json").remove("ada")
