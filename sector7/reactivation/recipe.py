"""The part of a recipe that says what the dormant years have done. It counts only with `start = "dormant"`."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from protocols.stations.io_table import STATIONS

_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)
_CODES = {io.code: io for io in STATIONS}

DefectKind = Literal[
    "seized_axis", "drifted_sensor", "swapped_inputs", "inverted_input", "corroded_contact", "dead_board",
    "lost_calibration",
]  # fmt: skip
#: What each kind strikes.
_INPUT = ("swapped_inputs", "inverted_input", "corroded_contact")
_ANALOG = ("drifted_sensor", "lost_calibration")


class DefectRecipe(BaseModel):
    """One hidden defect: what is wrong, and where (`ST05.clamped`; of a board `ST05`)."""

    model_config = _STRICT

    kind: DefectKind
    on: str
    other: str | None = None
    amount: Annotated[float | None, Field(ge=-1_000_000, le=1_000_000)] = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        code, _, name = self.on.partition(".")
        io = _CODES.get(code)
        if io is None:
            raise ValueError(f"{self.on!r} is at no station (ST01 to ST12)")
        known = io.inputs if self.kind in _INPUT else tuple(a.name for a in io.analogs) if self.kind in _ANALOG else ()
        for each in filter(None, (self.on, self.other)):
            if known and each not in [f"{code}.{n}" for n in known]:
                raise ValueError(f"{self.kind} strikes one of {', '.join(f'{code}.{n}' for n in known)}, not {each!r}")
        if self.kind == "dead_board" and name:
            raise ValueError(f"dead_board strikes a station such as {code}, not {self.on!r}")
        if (self.kind == "swapped_inputs") is not (self.other is not None) or self.other == self.on:
            raise ValueError("other names the second input of swapped_inputs, and goes with no other kind")
        if (self.kind in _ANALOG) is not (self.amount is not None):
            raise ValueError(
                "amount goes with drifted_sensor (what is added, in the unit) and lost_calibration (a factor)"
            )
        if self.kind == "lost_calibration" and not 0.01 <= (self.amount or 0.0) <= 100:
            raise ValueError(f"the amount of lost_calibration is a factor 0.01..100, not {self.amount}")
        return self


class DormantRecipe(BaseModel):
    """What is wrong with a dormant plant: defects that the seed deals, those listed, stations without drawings.
    Nothing is wrong with one that is `commissioned`: it was only switched off."""

    model_config = _STRICT

    commissioned: bool = False
    defects: Literal["random", "listed"] = "random"
    defect: list[DefectRecipe] = []
    unknown_maps: list[Annotated[int, Field(ge=1, le=12)]] = []
