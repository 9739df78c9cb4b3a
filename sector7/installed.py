"""What is installed in this Python, read from package metadata: requirements, versions, owners of import names."""

import importlib.metadata
import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DISTRIBUTION = "sector7"
IMPORT_NAMES = ("plant", "firmware_sim", "hmi", "protocols", "hil", "sector7")
"""Every top-level name this project installs."""

_IMPORT_NAME_OF = {"pyserial": "serial"}
"""Where the import name is not the distribution's."""
_CHILD_LIMIT_S = 60

_TRY_IMPORTS = """
import importlib, json, sys
errors = {}
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except Exception as error:
        errors[name] = f"{type(error).__name__}: {error}"
json.dump(errors, sys.stdout)
"""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One package that sector7 needs: `specifier` as in pyproject.toml, e.g. `==3.16.1` or `<5,>=4.1`."""

    name: str
    specifier: str

    @property
    def import_name(self) -> str:
        """The name it is imported by."""
        return _IMPORT_NAME_OF.get(self.name, self.name.replace("-", "_"))

    @property
    def exact(self) -> bool:
        """Whether one version is accepted and no other."""
        return self.specifier.startswith("==")

    def accepts(self, version: str) -> bool:
        """Judge a version by its numbers (`1.2rc1` counts as 1.2). Knows ==, >=, > , <= and <; others accept all."""
        if self.exact:
            return version == self.specifier.removeprefix("==").strip()
        seen = _numbers(version)
        for operator, bound in re.findall(r"(>=|<=|>|<)\s*([^,\s]+)", self.specifier):
            limit = _numbers(bound)
            kept = {">=": seen >= limit, "<=": seen <= limit, ">": seen > limit, "<": seen < limit}[operator]
            if not kept:
                return False
        return True


def parse_requirement(line: str) -> Requirement | None:
    """Read one metadata line such as `textual==8.2.8`; None for one that only an extra asks for."""
    text, _, marker = line.partition(";")
    match = re.match(r"([A-Za-z0-9._-]+)\s*(?:\[[^]]*\])?\s*\(?([^)]*)\)?\s*$", text.strip())
    if match is None or "extra" in marker:
        return None
    return Requirement(match[1].lower(), match[2].strip())


def requirements() -> tuple[Requirement, ...]:
    """Read what sector7 needs at run time from its own metadata, sorted by name; empty if it is not installed."""
    try:
        lines = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        return ()
    found = (parse_requirement(line) for line in lines)
    return tuple(sorted((each for each in found if each is not None), key=lambda each: each.name))


def version_of(distribution: str) -> str | None:
    """Tell the installed version of a distribution; None if there is none."""
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None


def compiled() -> bool:
    """Whether the loop of the simulation is machine code here, as scripts/compiled_wheel.py packs it."""
    spec = importlib.util.find_spec("sector7.rig.engine")
    return spec is not None and spec.origin is not None and not spec.origin.endswith(".py")


def import_errors(names: Sequence[str]) -> Mapping[str, str]:
    """Import each name in one child process; map those that fail to the error's own words.

    A child keeps this process free of what it looks at, and a crash in compiled code from taking it down.
    """
    command = [sys.executable, "-P", "-c", _TRY_IMPORTS, *names]
    try:
        child = subprocess.run(command, capture_output=True, text=True, timeout=_CHILD_LIMIT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return dict.fromkeys(names, f"the import test did not finish: {error}")
    try:
        errors: dict[str, str] = json.loads(child.stdout)
    except ValueError:
        return dict.fromkeys(names, f"the import test died with exit code {child.returncode}")
    return errors


def owners() -> Mapping[str, frozenset[str]]:
    """Map each of our import names to the distributions that install it (lower-case names).

    An editable install lists no files, so it counts as owner of all of our names.
    """
    installed = importlib.metadata.packages_distributions()
    ours = frozenset({DISTRIBUTION}) if _is_editable() else frozenset[str]()
    return {name: ours | {each.lower() for each in installed.get(name, ())} for name in IMPORT_NAMES}


def folder_of(name: str) -> Path | None:
    """Tell the folder in which Python would find a top-level package now, without importing it; None if nowhere."""
    spec = importlib.util.find_spec(name)
    return None if spec is None or spec.origin is None else Path(spec.origin).resolve().parent


def _is_editable() -> bool:
    try:
        text = importlib.metadata.distribution(DISTRIBUTION).read_text("direct_url.json")
    except importlib.metadata.PackageNotFoundError:
        return False
    return bool(text and json.loads(text).get("dir_info", {}).get("editable"))


def _numbers(version: str) -> tuple[int, ...]:
    """The release numbers of a version without trailing zeros, so that 4.1 equals 4.1.0."""
    release = re.match(r"\d+(\.\d+)*", version)
    numbers = [int(part) for part in release[0].split(".")] if release else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
