"""A whole line in a test's hands, on plant time: nothing happens but while the test lets it run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from protocols.packml import Command
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Writer
from sector7.masters.values import PlantValues
from sector7.rig.cabinet import Cabinet
from sector7.rig.rig import Rig
from sector7.testing.expectation import UnknownName, Value, WrongValue, in_words, raw_of, tag_of, value_of, wanted
from sector7.testing.rig_board import RigBoard

_SECOND: Final = 1_000_000
#: Expectations are looked at on the grid of the boards.
_LOOK_US: Final = 20_000


class LineUnderTest:
    """Runs, reads, commands and expects; everything in seconds of plant time and by tag names."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self._values = PlantValues(rig, epoch=1)
        self._cabinets = {cabinet.station.number: cabinet for cabinet in rig.cabinets}

    # ---- time
    @property
    def now(self) -> float:
        """Plant time, s."""
        return self.rig.now / _SECOND

    def run(self, seconds: float) -> None:
        """Let plant time go on."""
        self.rig.run(self.rig.now + round(seconds * _SECOND))

    # ---- tags
    def read(self, tag: str) -> Value:
        """The value of a tag now, in its unit (`ST05.StateCurrent`, `ST02.Board.ram_force_counts`)."""
        return value_of(tag_of(tag), self._raw(tag))

    def text(self, tag: str) -> str:
        """The same in words: `Execute`, `12.4 kN`, `on`."""
        return in_words(tag_of(tag), self._raw(tag))

    def write(self, tag: str, value: Value | str) -> None:
        """Write a tag as a master does (set points, orders, requests); it takes effect at the next scan."""
        found = tag_of(tag)
        if found.writer is not Writer.MASTER:
            raise WrongValue(tag, value, f"a thing to write: the {found.writer} gives this tag its value")
        raw = raw_of(found, value)
        low, high = found.bounds
        if not low <= raw <= high:
            raise WrongValue(tag, value, f"within {in_words(found, low)} to {in_words(found, high)}")
        self.rig.request(tag, raw)

    def command(self, owner: str, command: Command | str) -> None:
        """A PackML command to `Line` or to a station (`ST05`), as a master gives it: number, then the edge."""
        number = raw_of(tag_of(f"{owner}.CntrlCmd"), command if isinstance(command, str) else int(command))
        for item, raw in (("CmdChangeRequest", 0), ("CntrlCmd", number), ("CmdChangeRequest", 1)):
            self.rig.request(f"{owner}.{item}", raw)

    def expect(
        self,
        tag: str,
        value: Value | str | None = None,
        *,
        above: float | None = None,
        below: float | None = None,
        within: float = 0.0,
    ) -> None:
        """Run until the tag has the value (a number in its unit, or a label such as "Held"), is at least `above` or at
        most `below`. An AssertionError if `within` seconds of plant time pass before."""
        __tracebackhide__ = True
        want = wanted(tag_of(tag), value, above, below)
        begin = self.rig.now
        if not self._until(lambda: want.met(self._raw(tag)), begin + round(within * _SECOND)):
            in_time = f" within {within:g} s of plant time" if within else ""
            got = in_words(want.tag, self._raw(tag))
            raise AssertionError(f"{tag}: expected {want.words()}{in_time}, got {got} (at {self.now:.2f} s)")

    def station(self, number: int) -> StationUnderTest:
        """One station of this line."""
        if number not in self._cabinets:
            raise UnknownName("station", str(number), map(str, self._cabinets))
        return StationUnderTest(self, self._cabinets[number])

    @property
    def trace_sha256(self) -> str:
        """The hash of everything that has happened: the same on every kind of board."""
        return self.rig.trace.sha256()

    # ---- its parts
    def _until(self, holds: Callable[[], bool], end: int) -> bool:
        rig = self.rig
        while not holds():
            if rig.now >= end:
                return False
            rig.run(min(end, (rig.now // _LOOK_US + 1) * _LOOK_US))
        return True

    def _raw(self, tag: str) -> int:
        unit = PLANT_MAP.by_name[tag][0].unit
        values = {**self._values.values(unit), **self._told(unit, tag)}
        return int(values.get(tag, PLANT_MAP[tag].default))

    def _told(self, unit: int, tag: str) -> Mapping[str, int]:
        """What only the board behind a port can say of itself."""
        cabinet = self._cabinets.get(unit - 10)
        if cabinet is None or not isinstance(cabinet.board, RigBoard):
            return {}
        code, item = cabinet.unit.io.code, tag.rpartition(".")[2]
        return {f"{code}.Board.{item}": value for name, value in cabinet.board.diagnostics().items() if name == item}


class StationUnderTest:
    """One station of a line; tags without its prefix (`StateCurrent`, `Board.clamp`)."""

    def __init__(self, line: LineUnderTest, cabinet: Cabinet) -> None:
        self.line = line
        self.cabinet = cabinet
        self.number = cabinet.station.number
        self.code = cabinet.unit.io.code

    def run(self, seconds: float) -> None:
        """Let plant time go on (for the whole line)."""
        self.line.run(seconds)

    def read(self, tag: str) -> Value:
        """See `LineUnderTest.read`."""
        return self.line.read(f"{self.code}.{tag}")

    def text(self, tag: str) -> str:
        """See `LineUnderTest.text`."""
        return self.line.text(f"{self.code}.{tag}")

    def write(self, tag: str, value: Value | str) -> None:
        """See `LineUnderTest.write`."""
        self.line.write(f"{self.code}.{tag}", value)

    def command(self, command: Command | str) -> None:
        """See `LineUnderTest.command`."""
        self.line.command(self.code, command)

    def expect(
        self,
        tag: str,
        value: Value | str | None = None,
        *,
        above: float | None = None,
        below: float | None = None,
        within: float = 0.0,
    ) -> None:
        """See `LineUnderTest.expect`."""
        __tracebackhide__ = True
        self.line.expect(f"{self.code}.{tag}", value, above=above, below=below, within=within)

    def cut_link(self) -> None:
        """Pull the cable between the PLC and the station's board."""
        self.cabinet.link(self.line.rig.now, False)

    def mend_link(self) -> None:
        """Plug it in again."""
        self.cabinet.link(self.line.rig.now, True)
