"""One board on the bench in a test's hands, without a plant around it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pydantic import ValidationError

from protocols.stations.images import SAFETY_OK
from protocols.stations.station_io import COUNTS, StationIO
from sector7.board_check.runner import compare, show
from sector7.board_check.specimen import Drive, Seen, Specimen
from sector7.board_check.vector import EXCHANGE_US, Command, Expect, status_bit, status_names
from sector7.testing.expectation import UnknownName, WrongValue

_SECOND: Final = 1_000_000


class BoardUnderTest:
    """Gives a board inputs and commands, exchanges, and looks.

    It begins as after a start: tripped, safety chain closed, all inputs off. Its clock goes on by 20 ms with each
    exchange and stands still in between.
    """

    def __init__(self, specimen: Specimen) -> None:
        self.io: StationIO = specimen.io
        self._specimen = specimen
        self._inputs = SAFETY_OK
        self._counts = [0] * len(self.io.analogs)
        self._command = 0
        self._now_us = 0
        self._seen: Seen = specimen.exchange(0, self._drive())

    # ---- what is done to it
    def set(self, **inputs: bool) -> None:
        """Switch digital inputs (and `safety_ok`): `board.set(clamped=True)`. It sees them at the next exchange."""
        for name, on in inputs.items():
            if name != "safety_ok":
                _known("input", name, self.io.inputs)
            bit = status_bit(self.io, name)
            self._inputs = self._inputs | bit if on else self._inputs & ~bit

    def set_counts(self, **counts: int) -> None:
        """Set analogue inputs, 0 to 1023 counts: `board.set_counts(oil_pressure=600)`."""
        for name, value in counts.items():
            _known("analogue input", name, [analog.name for analog in self.io.analogs])
            if not 0 <= value <= COUNTS:
                raise WrongValue(name, value, f"0 to {COUNTS} counts")
            self._counts[self.io.analog(name)] = value

    def command(
        self,
        *outputs: str,
        acknowledge: bool = False,
        target: int = 0,
        speed: int = 0,
        duty: int = 0,
        limits: Iterable[int] = (),
    ) -> None:
        """Write a whole command image: the outputs that shall be on, and registers in the units of the board's map. It
        gets it at the next exchange. A trip is acknowledged by an edge of `acknowledge`."""
        for name in outputs:
            _known("output", name, self.io.outputs)
        words: dict[str, Any] = {"target": target, "speed": speed, "duty": duty, "limits": list(limits)}
        try:
            command = Command(outputs=list(outputs), acknowledge=acknowledge, **words)
        except ValidationError as error:
            first = error.errors()[0]
            raise WrongValue(str(first["loc"][0]), first["input"], f"what the register takes: {first['msg']}") from None
        self._command = command.image(self.io)

    def exchange(self) -> None:
        """One exchange, 20 ms after the one before."""
        self._now_us += EXCHANGE_US
        self._seen = self._specimen.exchange(self._now_us, self._drive())

    def run(self, seconds: float) -> None:
        """Exchanges for so long."""
        for _ in range(round(seconds * _SECOND / EXCHANGE_US)):
            self.exchange()

    def silence(self, exchanges: int) -> None:
        """So many exchanges do not take place."""
        for _ in range(exchanges):
            self._now_us += EXCHANGE_US
            self._specimen.silence(self._now_us, self._drive())

    def start(self, *outputs: str) -> None:
        """Acknowledge the trip, then ask for these outputs."""
        self.command()
        self.exchange()
        self.command(*outputs, acknowledge=True)
        self.exchange()

    # ---- what it shows
    @property
    def now(self) -> float:
        """The board's time, s since its first exchange."""
        return self._now_us / _SECOND

    @property
    def status(self) -> frozenset[str]:
        """What its status showed at the last exchange: inputs, `at_...` comparators, `tripped` and so on."""
        return frozenset(show(self.io, self._seen)["status"])

    @property
    def outputs(self) -> frozenset[str]:
        """The outputs that it drove at the last exchange."""
        return frozenset(show(self.io, self._seen)["outputs"])

    @property
    def position(self) -> int:
        """The axis by step count, 0.1 mm (0.1 degree)."""
        return self._seen.position

    @property
    def target(self) -> int:
        """The axis target in effect, 0.1 mm."""
        return self._seen.target

    @property
    def duty(self) -> int:
        """The duty in effect, 1/1024."""
        return self._seen.duty

    def expect(self, *on: str, off: Iterable[str] = (), within: float = 0.0, **exactly: int | list[str]) -> None:
        """Exchange until all of `on` and none of `off` (names of status or outputs) are there, and `status`, `outputs`
        (complete), `position`, `target`, `speed`, `duty` are as given. An AssertionError if `within` seconds of the
        board's time pass before."""
        __tracebackhide__ = True
        for key in exactly:
            _known("reading", key, Expect.model_fields)
        names, exact = (*status_names(self.io), *self.io.outputs), Expect(**exactly)  # type: ignore[arg-type]
        for name in (*on, *(off := tuple(off))):
            _known("status or output", name, names)
        end = self._now_us + round(within * _SECOND)
        while wrong := self._wrong(on, off, exact):
            if self._now_us + EXCHANGE_US > end:
                in_time = f" within {within:g} s of the board's time" if within else ""
                code, all_wrong = self.io.code, "; ".join(wrong)
                raise AssertionError(f"board of {code}: {all_wrong}{in_time} (at {self.now:.2f} s)")
            self.exchange()

    def _wrong(self, on: Iterable[str], off: Iterable[str], exact: Expect) -> list[str]:
        shown = self.status | self.outputs
        wrong = [f"{name}: expected on, got off" for name in on if name not in shown]
        wrong += [f"{name}: expected off, got on" for name in off if name in shown]
        return wrong + compare(self.io, exact, self._seen)

    def _drive(self) -> Drive:
        return Drive(self._inputs, tuple(self._counts), self._command)


def _known(kind: str, name: str, names: Iterable[str]) -> None:
    if name not in names:
        raise UnknownName(kind, name, names)
