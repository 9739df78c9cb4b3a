"""What shows that an output has done its work: the inputs that must follow it, and how long a sound device takes.

Outputs that nothing senses (stopper, tray lock, camera, heater) are not here: of them only the command is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from protocols.errors import MapError
from protocols.stations.io_table import BY_NUMBER


@dataclass(frozen=True, slots=True)
class Feedback:
    """The input that goes on (`!` in front: off) within `on_s` after `output` was commanded on, and the one that does
    within `off_s` after it was commanded off; plant time. An empty name: nothing tells. `by_step`: a device that is
    started again so soon after it was done that a poll may miss it; the sequence has gone on to another step then."""

    output: str
    on: str
    off: str
    on_s: float
    off_s: float
    by_step: bool = False

    def due_s(self, commanded: bool) -> float:
        """How long the input may take."""
        return self.on_s if commanded else self.off_s

    def wanted(self, commanded: bool) -> tuple[str, bool]:
        """The input that tells, and what it must be; an empty name if none does."""
        name = self.on if commanded else self.off
        return name.removeprefix("!"), not name.startswith("!")


def _moves(output: str, sensor: str, within_s: float) -> Feedback:
    return Feedback(output, sensor, f"!{sensor}", within_s, within_s)


def _runs(output: str, done: str, within_s: float) -> Feedback:
    """A device that says when it is done, and takes that back when its start goes off."""
    return Feedback(output, done, f"!{done}", within_s, 3.0, by_step=True)


_CLAMP: Final = _moves("clamp", "clamped", 3)

#: By station number.
FEEDBACK: Final[dict[int, tuple[Feedback, ...]]] = {
    1: (_moves("gripper_lower", "gripper_down", 2), _moves("gripper_close", "part_gripped", 2)),
    2: (
        _moves("die_clamp", "die_clamped", 3),
        Feedback("ram_advance", "!ram_top", "", 2, 0),
        Feedback("ram_return", "ram_top", "", 8, 0),
    ),
    3: (_CLAMP, _runs("robot_start", "robot_done", 30), _moves("gas_valve", "gas_ok", 3)),
    4: (_CLAMP, _moves("coolant", "coolant_ok", 3)),
    5: (
        _CLAMP,
        Feedback("press_advance", "!press_home", "press_home", 2, 4),
        _runs("nutrunner_start", "nutrunner_done", 15),
    ),
    6: (
        _CLAMP,
        _moves("connector_mate", "connector_mated", 3),
        Feedback("high_voltage", "!discharged", "discharged", 2, 6),
    ),
    7: (Feedback("lift", "lift_up", "lift_down", 9, 9), _moves("contactor", "contactor_closed", 2)),
    8: (_moves("gripper", "limb_gripped", 2), _runs("slide_start", "slide_done", 30)),
    9: (Feedback("needles", "needles_down", "needles_up", 3, 3), _runs("flash_start", "flash_done", 35)),
    10: (_CLAMP, _runs("bench_start", "bench_done", 28)),
    11: (_runs("index", "index_done", 10), Feedback("eject", "!ejector_home", "ejector_home", 2, 3)),
    12: (
        _moves("gripper", "robot_gripped", 3),
        Feedback("lift", "lift_up", "lift_down", 13, 13),
        _runs("label_start", "label_done", 12),
    ),
}


def _check() -> None:
    for number, rows in FEEDBACK.items():
        io = BY_NUMBER[number]
        for row in rows:
            wrong = [
                name for name in (row.on.removeprefix("!"), row.off.removeprefix("!")) if name and name not in io.inputs
            ]
            if row.output not in io.outputs or wrong:
                raise MapError(
                    f"{io.code}.{row.output}", f"has no such feedback: {', '.join(wrong) or 'no such output'}"
                )


_check()
