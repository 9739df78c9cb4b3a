"""What somebody wants of a historian, checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sector7.historian.sqlite_sink import Limits
from sector7.usage import UsageError

_SCHEMES = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class HistoryOptions:
    """Limits of the file in a state folder; and for a database that many plants share its `url` and the `plant`'s name
    in it. Raises UsageError."""

    limits: Limits = field(default_factory=Limits)
    url: str = ""
    plant: str = ""

    def __post_init__(self) -> None:
        if self.url and not self.url.startswith(_SCHEMES):
            raise UsageError("--history", self.url, "a URL such as postgresql://user@host/database")
        if self.plant and not self.url:
            raise UsageError("--plant", self.plant, "--history URL beside it: the plant's name in that database")
        if self.plant and not re.fullmatch(r"[\w .-]{1,60}", self.plant):
            raise UsageError("--plant", self.plant, "up to 60 letters, digits, spaces, dots, dashes and underscores")
