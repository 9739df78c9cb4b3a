"""The file that a console remembers things in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmi.comfort.memory import Memory, Preset, load, save

_NAMES = st.text(max_size=8)
_SETTINGS = st.dictionaries(
    _NAMES, st.one_of(st.integers(), st.text(max_size=5), st.lists(_NAMES, max_size=3)), max_size=3
)
_MEMORIES = st.builds(
    Memory, _NAMES, _NAMES, st.dictionaries(_NAMES, _SETTINGS, max_size=3),
    st.dictionaries(st.integers(1, 9), st.builds(Preset, _NAMES, _SETTINGS), max_size=3),
    st.booleans(),
)  # fmt: skip
_GOOD = {"version": 1, "page": "trends", "theme": "light", "pages": {}, "presets": {}}


@given(_MEMORIES)
def test_what_is_saved_is_loaded(tmp_path_factory: pytest.TempPathFactory, memory: Memory) -> None:
    path = tmp_path_factory.mktemp("memory") / "deep" / "hmi.json"
    assert save(path, memory) == ""
    assert load(path) == (memory, "")
    assert list(path.parent.iterdir()) == [path], "no draft is left behind"


def test_no_file_is_no_news(tmp_path: Path) -> None:
    assert load(tmp_path / "none") == (Memory(), "")


@pytest.mark.parametrize("text", [
    "", "{", "[]", "3", "null", json.dumps({**_GOOD, "version": 2}), json.dumps({**_GOOD, "page": 5}),
    json.dumps({**_GOOD, "pages": []}), json.dumps({**_GOOD, "pages": {"trends": 3}}),
    json.dumps({**_GOOD, "presets": {"one": {}}}), json.dumps({**_GOOD, "presets": {"1": {"page": "x"}}}),
    "[" * 100_000, "\x00" * 20, "9" * (1 << 20) + "0",
])  # fmt: skip
def test_a_damaged_file_is_ignored_with_a_note(tmp_path: Path, text: str) -> None:
    path = tmp_path / "hmi.json"
    path.write_text(text, "utf-8")
    memory, note = load(path)
    assert memory == Memory()
    assert str(path) in note


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert "cannot be written" in save(tmp_path / "file" / "hmi.json", Memory())
