"""State folders that cannot be used: one clear line each, and nothing in them is touched."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from sector7.journal.errors import FolderInUse, JournalError, JournalUnwritable
from sector7.journal.folder import DATABASE, LOCK, StateFolder
from sector7.journal.recovery import carry_on
from sector7.journal.replay import replay
from sector7.journal.store import Journal
from sector7.recipe import Recipe
from sector7.rig.rig import Rig
from tests.sector7.command_line import Command
from tests.sector7.lines import small
from tests.sector7.served import serving

SEED = 4
MINUTE = 60_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A state folder with a journal whose lease ends after a minute."""
    carried = carry_on(tmp_path, small(), SEED)
    carried.folder.close()
    change(tmp_path, f"UPDATE lease SET until_us = {MINUTE}")
    return tmp_path


def change(folder: Path, sql: str) -> None:
    connection = sqlite3.connect(folder / DATABASE)
    connection.execute(sql)
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def insert(folder: Path, tag: str, new: int) -> None:
    change(folder, f"INSERT INTO write VALUES (1, 0, 0, 'x', 'x', 1, '{tag}', 0, {new}, 'done', 0)")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but the lock and what SQLite needs to read."""
    return {
        p.name: p.read_bytes()
        for p in folder.iterdir()
        if p.name == DATABASE or not p.name.startswith((DATABASE, LOCK))
    }


def truncate(folder: Path) -> None:
    path = folder / DATABASE
    path.write_bytes(path.read_bytes()[:-5000])


def overwrite(folder: Path) -> None:
    path = folder / DATABASE
    data = bytearray(path.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    path.write_bytes(data)


#: What was done to the folder, and what is said of it.
BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (lambda f: (f / DATABASE).write_text("no database\n" * 500), "is damaged: file is not a database"),
    "nothing": (lambda f: (f / DATABASE).write_bytes(b""), "is not a journal of sector7"),
    "somebody else's": (lambda f: change(f, "PRAGMA application_id = 7"), "is not a journal of sector7"),
    "later version": (lambda f: change(f, "PRAGMA user_version = 99"), "has version 99, this program reads 2"),
    "cut short": (truncate, "is damaged"),
    "zeros": (overwrite, "is damaged"),
    "no header": (lambda f: change(f, "DELETE FROM header"), "is damaged: it has no header"),
    "no table": (lambda f: change(f, "DROP TABLE write"), "is damaged: no such table"),
    "another map": (lambda f: change(f, "UPDATE header SET fingerprint = 1"), "another register map"),
    "another seed": (lambda f: change(f, "UPDATE header SET seed = 9"), "seed 9, not 4 .start it with --seed 9"),
    "no such tag": (lambda f: insert(f, "No.Such", 1), "is damaged: write 1, No.Such = 1 at .* is no value of a tag"),
    "no such value": (lambda f: insert(f, "Line.CntrlCmd", 99), "is damaged: write 1, Line.CntrlCmd = 99"),
    "an edited write": (lambda f: insert(f, "Line.CntrlCmd", 2), "cannot be repeated: the trace is equal; write 1"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_journal_that_cannot_be_used_is_told_and_left_alone(folder: Path, name: str) -> None:
    damage, says = BROKEN[name]
    damage(folder)
    before = contents(folder)
    with pytest.raises(JournalError, match=says) as caught:
        carry_on(folder, small(), SEED)
    assert str(caught.value).startswith(f"state folder {folder}: ")
    assert "\n" not in str(caught.value)
    assert caught.value.remedy in str(caught.value)
    assert contents(folder) == before
    StateFolder(folder).close()  # and nobody holds it


def test_another_recipe_is_refused_with_the_remedy(folder: Path) -> None:
    with pytest.raises(
        JournalError, match=r"another recipe: 'test' .* \(start it with the recipe that it was begun with"
    ):
        carry_on(folder, small(crews=2), SEED)
    assert carry_on(folder, small(), SEED).rig.now == MINUTE


def test_a_checkpoint_that_is_damaged_is_not_needed(folder: Path) -> None:
    change(folder, "INSERT INTO checkpoint VALUES (1000, 0, x'00')")
    carried = carry_on(folder, small(), SEED)
    expected = Rig(small(), SEED)
    expected.run(MINUTE)
    assert carried.rig.trace.sha256() == expected.trace.sha256()
    assert "60.0 s of it repeated" in carried.recovered


def test_two_servers_cannot_have_one_folder(folder: Path) -> None:
    first = carry_on(folder, small(), SEED)
    first.folder.announce("127.0.0.1:5020")
    with pytest.raises(FolderInUse, match=rf"is in use by process {os.getpid()} \(127\.0\.0\.1:5020\) \(stop it first"):
        carry_on(folder, small(), SEED)
    first.folder.close()
    carry_on(folder, small(), SEED).folder.close()


async def test_the_second_server_says_who_was_first(tmp_path: Path) -> None:
    async with serving("--state", str(tmp_path), "--quiet") as first:
        await first.listen()
        async with serving("--state", str(tmp_path)) as second:
            code, out, err = await second.ends()
    assert (code, out) == (3, "")
    where = f"process {first.process.pid} ({first.host}:{first.port})"
    assert err.startswith(f"sector7: state folder {tmp_path}: is in use by {where} (stop it first")


async def test_run_has_a_state_folder_too(tmp_path: Path) -> None:
    async with serving("--state", str(tmp_path / "new" / "state"), verb="run") as served:
        await served.listen()
        served.send(signal.SIGTERM)
        assert (await served.ends())[0] == 0
    journal = Journal(tmp_path / "new" / "state" / DATABASE)
    assert journal.snapshots()[0].at_us == journal.lease_us


async def test_a_server_without_its_port_leaves_the_folder_to_others(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        async with serving("--state", str(tmp_path), port=taken.getsockname()[1]) as served:
            code, out, err = await served.ends()
    assert (code, out) == (3, "")
    assert "cannot listen here" in err
    assert "Traceback" not in err
    StateFolder(tmp_path).close()


def test_a_file_is_no_folder(tmp_path: Path, command: Command) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match="is a file"):
        StateFolder(tmp_path / "file")
    assert command("serve", "--state", str(tmp_path / "file")).code == 2


def test_a_folder_that_cannot_be_made_is_told() -> None:
    with pytest.raises(JournalUnwritable, match="cannot be used"):
        StateFolder(Path("/proc/sector7/state"))


def test_an_empty_journal_is_replayed(folder: Path) -> None:
    outcome = replay(Journal(folder / DATABASE))
    expected = Rig(small(), SEED)
    expected.run(MINUTE)
    assert (outcome.now_us, outcome.sha256) == (MINUTE, expected.trace.sha256())
    assert (outcome.inputs, outcome.blocks) == (0, 0)


def test_the_recipe_is_kept_as_it_was(folder: Path) -> None:
    journal = Journal(folder / DATABASE)
    assert Recipe.model_validate_json(journal.header.recipe) == small()
    assert journal.header.seed == SEED
