"""The command line in this process: what it writes and the code it ends with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sector7 import __main__ as entry


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Done]


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """`run("simulate", "--duration", "1h")` as a person types it, without a terminal."""

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["sector7", *arguments])
        capsys.readouterr()
        code: object = 0
        try:
            entry.main()
        except SystemExit as end:
            code = end.code or 0
        said = capsys.readouterr()
        assert isinstance(code, int)
        return Done(code, said.out, said.err)

    return run
