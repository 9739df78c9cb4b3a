"""The ground everything stands on: lock files, packaging, the entry point, the import rules."""

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from sector7 import __main__ as entry
from sector7 import installed
from tests.wheels import build_wheel

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(lock: Path) -> dict[str, list[str]]:
    """Map each locked package to its versions (more than one where Pythons differ)."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", lock.read_text(encoding="utf-8"), re.MULTILINE):
        found.setdefault(name, []).append(version)
    return found


def test_there_are_lock_files() -> None:
    assert [lock.name for lock in LOCKS] == ["build.txt", "dev.txt", "run.txt"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_a_version_and_a_hash(lock: Path) -> None:
    for block in re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip()):
        assert re.match(r"[a-z0-9._-]+==\S+", block), block
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", block), block


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_file_names_a_place(lock: Path) -> None:
    assert not re.search(r"://|index-url|find-links|trusted-host", lock.read_text(encoding="utf-8"))


def test_the_tests_run_on_what_is_shipped() -> None:
    run, dev = (pins(ROOT / "requirements" / name) for name in ("run.txt", "dev.txt"))
    assert {name: dev.get(name) for name in run} == run


def test_the_lock_covers_every_requirement_at_its_pin() -> None:
    locked = pins(ROOT / "requirements" / "run.txt")
    for line in PROJECT["project"]["dependencies"]:
        requirement = installed.parse_requirement(line)
        assert requirement is not None
        assert all(requirement.accepts(version) for version in locked[requirement.name]), line


def test_the_wheel_lists_every_import_name() -> None:
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == list(installed.IMPORT_NAMES)


def test_every_package_says_in_one_line_what_it_is() -> None:
    for name in installed.IMPORT_NAMES:
        tree = ast.parse((ROOT / name / "__init__.py").read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), name


@pytest.mark.parametrize("minor", [6, 8, 10])
def test_old_pythons_can_read_the_entry_point(minor: int) -> None:
    source = (ROOT / "sector7" / "__main__.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, minor))
    imports = [node for node in ast.parse(source).body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["import sys"]


def test_an_old_python_is_told_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13, "final", 0))
    with pytest.raises(SystemExit) as stop:
        entry.main()
    assert stop.value.code == 3
    assert re.fullmatch(r"sector7: needs Python 3\.11 or newer, this is 3\.10: .+\n", capsys.readouterr().err)


def test_the_set_up_refuses_an_old_python_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    setup = tmp_path / "scripts" / "setup"
    setup.write_bytes((ROOT / "scripts" / "setup").read_bytes())
    old = tmp_path / "python3-old"
    old.write_text('#!/bin/sh\ncase "$2" in *write*) printf 3.9 ;; *) exit 1 ;; esac\n', encoding="utf-8")
    old.chmod(0o755)
    environ = {"PATH": "/usr/bin:/bin", "PYTHON": str(old)}
    done = subprocess.run(["sh", setup], env=environ, capture_output=True, text=True)
    assert done.returncode == 3
    assert done.stdout == ""
    assert re.fullmatch(r"set-up: needs Python 3\.11 or newer, '.*' is 3\.9: .*\n", done.stderr)
    assert not (tmp_path / ".venv").exists()


def test_an_import_in_the_wrong_place_breaks_the_contract(tmp_path: Path) -> None:
    """The rule import-linter does not have is ours: see that it bites, and says where."""
    package = tmp_path / "ours"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "port.py").write_text("import json\n", encoding="utf-8")
    (package / "other.py").write_text("\nimport json.decoder\n", encoding="utf-8")
    config = tmp_path / "rules.toml"
    rule = 'name = "r"\ntype = "only_imported_by"\nimported = ["json", "absent"]\nimporters = ["ours.p*"]\n'
    config.write_text(
        '[tool.importlinter]\nroot_packages = ["ours"]\ninclude_external_packages = true\n'
        'contract_types = ["only_imported_by: scripts.import_contracts.OnlyImportedBy"]\n'
        f"[[tool.importlinter.contracts]]\n{rule}",
        encoding="utf-8",
    )
    code = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(tmp_path)!r}]; from importlinter.cli import lint_imports; "
    code += f"sys.exit(lint_imports(config_filename={str(config)!r}, no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "ours.other:2 imports json" in done.stdout
    assert "ours.port" not in done.stdout


def test_the_wheel_ships_every_file_of_every_package(tmp_path: Path) -> None:
    file = build_wheel(tmp_path)
    assert file.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(file) as wheel:
        shipped = set(wheel.namelist())
    tracked = subprocess.run(
        ["git", "ls-files", *installed.IMPORT_NAMES], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [name for name in tracked if (ROOT / name).is_file() and name not in shipped] == []
    assert not [name for name in shipped if name.startswith("tests/") or "__pycache__" in name]


def test_pytest_finds_the_plugin_and_the_vectors_in_the_unpacked_wheel(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    with zipfile.ZipFile(build_wheel(tmp_path)) as wheel:
        wheel.extractall(packages)
    (tmp_path / "test_my_station.py").write_bytes((ROOT / "examples" / "test_my_station.py").read_bytes())
    environ = {**os.environ, "PYTHONPATH": str(packages)}
    target = ["--target", "simulated"]
    for command in (
        ["pytest", "-q", "-p", "no:cacheprovider", "-p", "no:asyncio", *target], ["sector7", "boards", "check", *target]
    ):  # fmt: skip
        run = [sys.executable, "-m", *command]
        done = subprocess.run(run, cwd=tmp_path, env=environ, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    which = [sys.executable, "-c", "import sector7.pytest_plugin; print(sector7.pytest_plugin.__file__)"]
    done = subprocess.run(which, cwd=tmp_path, env=environ, capture_output=True, text=True)
    assert done.stdout.startswith(str(packages))


@pytest.mark.nightly
def test_the_wheel_installs_and_imports_in_a_fresh_environment(tmp_path: Path) -> None:
    def run(*command: str | Path) -> str:
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    wheel = build_wheel(tmp_path)
    run(sys.executable, "-m", "venv", tmp_path / "fresh")
    python = tmp_path / "fresh" / "bin" / "python"
    run(python, "-m", "pip", "install", "--no-deps", "--require-hashes", "-r", ROOT / "requirements" / "run.txt")
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", wheel)
    assert (tmp_path / "fresh" / "bin" / "sector7").exists()
    code = "from sector7 import doctor; print(doctor.render(doctor.examine(), color=False))"
    assert "fit to run" in run(python, "-P", "-c", code)
    (tmp_path / "test_my_station.py").write_bytes((ROOT / "examples" / "test_my_station.py").read_bytes())
    assert "4 passed" in run(python, "-m", "pytest", "-q", "test_my_station.py")
    assert "passed: 12 checks" in run(python, "-m", "sector7", "boards", "check", "--target", "simulated")
