"""One table for all measurements, printed when they are done. Nothing here judges a time."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field

import pytest


@dataclass
class Figures:
    """Rows of the table: under a title, what was measured, the figure, a remark."""

    sections: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)

    def row(self, section: str, what: str, figure: str, remark: str = "") -> None:
        """Add one figure."""
        self.sections.setdefault(section, []).append((what, figure, remark))

    def note(self, section: str, text: str) -> None:
        """Say what a section's figures mean."""
        self.notes.setdefault(section, []).append(text)

    def lines(self) -> list[str]:
        """The table as text."""
        out = [f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} CPUs"]
        for section, rows in self.sections.items():
            out += ["", section]
            first = max(len(what) for what, _, _ in rows)
            second = max(len(figure) for _, figure, _ in rows)
            out += [f"  {what:<{first}}  {figure:>{second}}  {remark}".rstrip() for what, figure, remark in rows]
            out += [f"  . {text}" for text in self.notes.get(section, ())]
        return out


_FIGURES = Figures()


@pytest.fixture(scope="session")
def figures() -> Figures:
    """Where measurements are noted."""
    return _FIGURES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table behind pytest's own report."""
    if _FIGURES.sections:
        terminalreporter.section("measured")
        for line in _FIGURES.lines():
            terminalreporter.write_line(line)
