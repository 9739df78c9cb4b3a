"""Build hook: `make wheel COMPILED=1` packs the loop of the simulation as machine code beside its sources.

mypyc compiles the very modules that run as they are everywhere else, so there is one program, not two: the trace has
the same hash, at more than twice the speed (docs/performance.md). Such a wheel fits one Python on one kind of machine,
and says so in its name. Why it is not the usual one: docs/decisions/0031-the-loop-may-be-compiled.md.
"""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Iterator
from contextlib import chdir
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree, which
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: What runs for every event, and what that calls. Everything else is as good as idle while a plant is simulated.
MODULES: Final = (
    "plant/**/*.py",
    "firmware_sim/alarms/*.py",
    "firmware_sim/board/*.py",
    "firmware_sim/plc/*.py",
    "protocols/stations/images.py",
    "sector7/rig/cabinet.py",
    "sector7/rig/engine.py",
    "sector7/rig/trace.py",
)
#: No multiplication and addition may be fused where processors can: the last bit would differ, and so the trace.
EXACT: Final = "-ffp-contract=off"


def sources(root: Path) -> list[str]:
    """The modules that are compiled, as paths relative to `root`, in a fixed order."""
    found = {path for pattern in MODULES for path in root.glob(pattern) if path.name != "__init__.py"}
    return sorted(str(path.relative_to(root)) for path in found)


def missing() -> str:
    """What this machine lacks to compile, and the remedy; empty if nothing."""
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    if which(compiler) is None:
        return f"no C compiler {compiler!r} here: on Debian: apt-get install gcc"
    if not Path(sysconfig.get_path("include"), "Python.h").exists():
        return "no headers of this Python here: on Debian: apt-get install python3-dev"
    if find_spec("mypyc") is None or find_spec("setuptools") is None:
        return "no mypyc here: make dev   (or: pip install 'mypy[mypyc]')"
    return ""


def translate(root: Path, target: Path) -> list[Any]:
    """Write the modules as C to `target`; returns what setuptools is to build of it. Raises SystemExit with mypyc's
    words where a module uses what it cannot translate."""
    from mypyc.build import mypycify

    arguments = ["--config-file=pyproject.toml", *sources(root)]
    with chdir(root):
        return mypycify(arguments, target_dir=str(target), group_name="sector7", debug_level="0")


def compile_to(root: Path, target: Path) -> Iterator[tuple[Path, str]]:
    """Compile into `target`; yields each library with its place in the package. Takes a minute or two."""
    extensions = translate(root, target / "c")
    from setuptools import Distribution

    for extension in extensions:
        extension.extra_compile_args.append(EXACT)
    distribution = Distribution({"name": "sector7", "ext_modules": extensions})
    command = distribution.get_command_obj("build_ext")
    command.build_lib, command.build_temp = str(target / "lib"), str(target / "temp")
    with chdir(root):
        distribution.run_command("build_ext")
    for library in sorted((target / "lib").rglob("*.so")):
        yield library, str(library.relative_to(target / "lib"))


class CompiledWheel(BuildHookInterface[Any]):
    """Adds the libraries to the wheel if the environment variable SECTOR7_COMPILED says so (any value but 0)."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it packs anything."""
        if version != "standard" or os.environ.get("SECTOR7_COMPILED", "0") in ("", "0"):
            return
        if lacks := missing():
            raise SystemExit(f"compiled wheel: {lacks}")
        root = Path(self.root)
        target = root / "build" / "compiled"
        rmtree(target, ignore_errors=True)
        self.app.display_waiting(f"compiling {len(sources(root))} modules: a minute or two")
        for library, place in compile_to(root, target):
            build_data["force_include"][str(library)] = place
        build_data["pure_python"], build_data["infer_tag"] = False, True
