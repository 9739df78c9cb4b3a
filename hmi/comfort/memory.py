"""What a console remembers from one day to the next: a small file in the user's state folder."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

#: What a page wants kept: JSON values by name.
Settings = Mapping[str, Any]
PRESETS: Final = range(1, 10)
#: A file larger than this was not written by us (bytes).
_LARGEST: Final = 1 << 20
_VERSION: Final = 1


@dataclass(frozen=True)
class Preset:
    """A page with its settings, under a number."""

    page: str
    settings: Settings


@dataclass(frozen=True)
class Memory:
    """The page looked at last, the theme, the settings of every page, numbered presets, whether marks stand still."""

    page: str = ""
    theme: str = ""
    pages: Mapping[str, Settings] = field(default_factory=dict)
    presets: Mapping[int, Preset] = field(default_factory=dict)
    still: bool = False


def default_path() -> Path:
    """The file of this user."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "sector7" / "hmi.json"


def load(path: Path) -> tuple[Memory, str]:
    """What is remembered, and a note on why it is nothing (empty if all is well, or if there is no file yet)."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        return (_memory(json.loads(data)), "") if len(data) <= _LARGEST else (Memory(), f"{path} is too large")
    except FileNotFoundError:
        return Memory(), ""
    except OSError as error:
        return Memory(), f"cannot be read ({error.strerror}): {path}"
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Memory(), f"damaged and ignored: {path}"


def save(path: Path, memory: Memory) -> str:
    """Write it whole or not at all; why it could not be written, empty if it was."""
    told = {
        "version": _VERSION,
        "page": memory.page,
        "theme": memory.theme,
        "still": memory.still,
        "pages": {name: dict(settings) for name, settings in memory.pages.items()},
        "presets": {
            str(number): {"page": preset.page, "settings": dict(preset.settings)}
            for number, preset in memory.presets.items()
        },
    }
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(told, indent=1), "utf-8")
        draft.replace(path)
    except OSError as error:
        return f"{path} cannot be written: {error.strerror}"
    return ""


def _memory(told: Any) -> Memory:
    if told["version"] != _VERSION:
        raise ValueError(told["version"])
    return Memory(
        _text(told["page"]),
        _text(told["theme"]),
        {_text(name): _settings(settings) for name, settings in told["pages"].items()},
        {
            int(number): Preset(_text(preset["page"]), _settings(preset["settings"]))
            for number, preset in told["presets"].items()
            if int(number) in PRESETS
        },
        told.get("still") is True,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _settings(value: Any) -> Settings:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value
