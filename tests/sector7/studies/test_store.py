"""Results on disk: nothing twice, nothing lost, and no other program's file is touched."""

from __future__ import annotations

import sqlite3
from math import isnan, nan
from pathlib import Path

import pytest

from sector7.studies.model import Result
from sector7.studies.store import Store, StoreError

RESULT = Result({"x": 1.5}, ("at 3 s: deadlock: no progress",), True, 60.0, False, 0.25)


def test_what_was_put_is_there_after_opening_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "r.db")
    store.put("k", 2**62, RESULT, "study")
    store.close()
    again = Store(tmp_path / "r.db")
    assert again.get("k", 2**62) == RESULT
    assert again.get("k", 1) is None
    assert again.get("l", 2**62) is None


def test_the_first_result_stays() -> None:
    store = Store(None)
    store.put("k", 1, RESULT)
    store.put("k", 1, Result({"x": 9.0}))
    assert store.count == 1
    assert store.get("k", 1) == RESULT


def test_what_is_no_number_comes_back_as_such() -> None:
    store = Store(None)
    store.put("k", 1, Result({"x": nan}))
    found = store.get("k", 1)
    assert found is not None
    assert isnan(found.responses["x"])


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    with sqlite3.connect(path) as theirs:
        theirs.execute("CREATE TABLE result (a)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program's database"):
        Store(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "text.db"
    path.write_text("hello " * 500)
    with pytest.raises(StoreError, match="--results"):
        Store(path)
    with pytest.raises(StoreError) as caught:
        Store(tmp_path / "no" / "such" / "folder.db")
    assert caught.value.exit_code == 3
