"""The one family of errors: facts as attributes, the message made from them."""

from __future__ import annotations


class EmulatorError(Exception):
    """Root of everything sector7 raises on purpose. `exit_code` is what the command line ends with."""

    exit_code = 2


class MapError(EmulatorError):
    """A tag declaration contradicts the register map (overlap, hole, range, double name)."""

    def __init__(self, tag: str, problem: str) -> None:
        super().__init__(f"tag {tag}: {problem}")
        self.tag = tag
        self.problem = problem


class RecipeError(EmulatorError):
    """A recipe or scenario file is wrong: names the file, the key and what was expected there."""

    def __init__(self, file: str, key: str, expected: str) -> None:
        super().__init__(f"{file}: {key}: {expected}" if key else f"{file}: {expected}")
        self.file = file
        self.key = key
        self.expected = expected


class LinkError(EmulatorError):
    """A partner cannot be reached or answered wrongly (Modbus server, serial board)."""

    exit_code = 3

    def __init__(self, partner: str, problem: str, remedy: str = "") -> None:
        super().__init__(f"{partner}: {problem}" + (f" ({remedy})" if remedy else ""))
        self.partner = partner
        self.problem = problem
        self.remedy = remedy


class Refusal(EmulatorError):
    """A well-formed request that must not be carried out: who asked, what for, and why not."""

    def __init__(self, who: str, what: str, why: str) -> None:
        super().__init__(f"{who}: {what} refused: {why}")
        self.who = who
        self.what = what
        self.why = why
