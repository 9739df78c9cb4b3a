"""What a station's I/O declaration is. The declarations themselves are in `io_table`."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.errors import MapError
from protocols.stations.images import IN_POSITION, INTERLOCK, LEVEL, SAFETY_OK

#: Full scale of an analogue input: the 10-bit converter of an ATmega328P.
COUNTS = 1023

COMMON_INPUTS = ("pallet_present", "outfeed_clear")
COMMON_OUTPUTS = ("stopper_open", "infeed_motor")


@dataclass(frozen=True, slots=True)
class Analog:
    """One analogue input: a transmitter with a linear range `low..high` in `unit` over 0..1023 counts.

    `low`, `high` and `normal` are raw values with `decimals` digits behind the point.
    """

    name: str
    unit: str
    low: int
    high: int
    normal: tuple[int, int]
    decimals: int = 0
    doc: str = ""

    def counts(self, raw: int) -> int:
        """The converter counts at which the input reads `raw` or just above."""
        return -(-(raw - self.low) * COUNTS // (self.high - self.low))

    def raw(self, counts: int) -> int:
        """The engineering value of `counts`, rounded to the nearest raw step (halves up)."""
        return self.low + (2 * counts * (self.high - self.low) + COUNTS) // (2 * COUNTS)


@dataclass(frozen=True, slots=True)
class Target:
    """The aim of a set point: where the analogue input `of` shall go."""

    of: str


@dataclass(frozen=True, slots=True)
class Lowest:
    """The least that is accepted of the analogue input `of`."""

    of: str


@dataclass(frozen=True, slots=True)
class Highest:
    """The most that is accepted of the analogue input `of`."""

    of: str


@dataclass(frozen=True, slots=True)
class Within:
    """How far the analogue input `of` may lie to either side of its target, or of zero if it has none."""

    of: str


Aim = Target | Lowest | Highest | Within


@dataclass(frozen=True, slots=True)
class Setpoint:
    """A value the operator chooses, raw with `decimals`; it moves to a new target by at most `ramp` per second (0: at once).

    `aim` says for which analogue input of the same unit and decimals it is, and as what; None: for none of them.
    """

    name: str
    unit: str
    low: int
    high: int
    default: int
    decimals: int = 0
    ramp: int = 0
    doc: str = ""
    aim: Aim | None = None


@dataclass(frozen=True, slots=True)
class AxisIO:
    """The step/dir axis of a station: stroke in 0.1 `unit`, acceleration in 0.1 `unit`/s^2."""

    stroke: int
    acceleration: int
    unit: str = "mm"


@dataclass(frozen=True, slots=True)
class StationIO:
    """One station's share of the I/O table. It fits an Arduino Uno: at most 6 DI, 5 DO, 4 AI, one axis, one e-stop input.

    `modulated` names the output that carries the PWM duty; `forbid` lists the firmware's interlock rules
    (output, input): the output is withheld from when the input is off until it is commanded anew; `keep` names outputs
    that stay as they are when the board goes to its safe state (all others go off). `rest` names the inputs that are on
    while the station stands at home without a pallet; only `outfeed_clear` may be either.
    """

    number: int
    name: str
    title: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    analogs: tuple[Analog, ...]
    setpoints: tuple[Setpoint, ...]
    axis: AxisIO | None = None
    modulated: str = ""
    forbid: tuple[tuple[str, str], ...] = ()
    keep: tuple[str, ...] = ()
    design_cycle_ds: int = 500
    rest: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (
            len(self.inputs) <= 6 and len(self.outputs) <= 5 and len(self.analogs) <= 4 and len(self.setpoints) <= 4
        ):
            raise MapError(self.name, "does not fit one board (6 DI, 5 DO, 4 AI, 4 setpoints)")
        if self.inputs[:2] != COMMON_INPUTS or self.outputs[:2] != COMMON_OUTPUTS:
            raise MapError(self.name, "must begin with the common inputs and outputs")
        measured = {analog.name: (analog.unit, analog.decimals) for analog in self.analogs}
        for point in self.setpoints:
            if point.aim and measured.get(point.aim.of) != (point.unit, point.decimals):
                raise MapError(
                    f"{self.name}.{point.name}", f"aims at no {point.aim.of} in {point.unit} with its decimals"
                )

    @property
    def code(self) -> str:
        """The station's tag prefix, ST01..ST12."""
        return f"ST{self.number:02d}"

    @property
    def sensors(self) -> dict[str, int]:
        """The sensor channels by name: inputs 0 to 5, the safety chain 6, analogue inputs 7 to 10."""
        names = {name: i for i, name in enumerate(self.inputs)}
        return names | {"safety_ok": 6} | {a.name: 7 + i for i, a in enumerate(self.analogs)}

    def output(self, name: str) -> int:
        """The bit of a digital output in command word 0."""
        return 1 << self._index(self.outputs, name)

    def analog(self, name: str) -> int:
        """The channel number of an analogue input."""
        return self._index(tuple(a.name for a in self.analogs), name)

    def setpoint(self, name: str) -> int:
        """The index of a setpoint."""
        return self._index(tuple(s.name for s in self.setpoints), name)

    def status(self, name: str) -> int:
        """The bit of a condition in status word 0: an input, `in_position`, `safety_ok`, or `at_<analogue input>`."""
        fixed = {"in_position": IN_POSITION, "safety_ok": SAFETY_OK, "interlock": INTERLOCK}
        if name in fixed:
            return fixed[name]
        if name.startswith("at_"):
            return LEVEL[self.analog(name[3:])]
        return 1 << self._index(self.inputs, name)

    def _index(self, names: tuple[str, ...], name: str) -> int:
        try:
            return names.index(name)
        except ValueError:
            raise MapError(f"{self.code}.{name}", f"is not one of {', '.join(names)}") from None
