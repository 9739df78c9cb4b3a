"""Writes the files that are generated from the register map and kept under version control.

`python -m protocols.exports.everything` renews them. Where they differ from the declarations a test fails.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from protocols.exports import alarm_list as export_alarms
from protocols.exports import c_header as export_c
from protocols.exports import csv_table as export_csv
from protocols.exports import markdown_page as export_markdown
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import PlantMap

#: Path below the top of the source tree, and what is in the file.
FILES: Final[dict[str, Callable[[PlantMap], str]]] = {
    "docs/register-map.md": export_markdown.render,
    "docs/alarm-list.md": export_alarms.render,
    "docs/register-map.csv": export_csv.render,
    "hil/firmware/generated/sector7_map.h": export_c.render,
}


def write_all(top: Path) -> list[Path]:
    """Render every file below `top`, making folders as needed; returns those that changed."""
    changed = []
    for name, render in FILES.items():
        path, text = top / name, render(PLANT_MAP)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


if __name__ == "__main__":
    write_all(Path(__file__).resolve().parents[2])
