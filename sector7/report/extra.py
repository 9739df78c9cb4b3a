"""What a page needs that not every installation has."""

from __future__ import annotations

from importlib.util import find_spec

from protocols.errors import EmulatorError

_NEEDED = ("jinja2", "plotly")


class MissingExtra(EmulatorError):
    """A page cannot be made on this machine: the packages that are missing, and the remedy."""

    exit_code = 3

    def __init__(self, missing: list[str]) -> None:
        are = "is" if len(missing) == 1 else "are"
        super().__init__(f"--html: {' and '.join(missing)} {are} not installed (pip install 'sector7[report]')")
        self.missing = missing


def require() -> None:
    """Raises MissingExtra if a page cannot be made: ask before the run."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise MissingExtra(missing)
