"""Which station holds the line up, found in two ways that should agree: who waits least, and who is active longest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sector7.report.active_period import ActivePeriods
from sector7.report.activity import Activity


@dataclass(frozen=True, slots=True)
class Row:
    """A station, with its title; all shares are of the whole run. `turning` is true where those before it are rather
    blocked and those behind it rather starved."""

    station: int
    name: str
    blocked: float
    starved: float
    sole: float
    shifting: float
    turning: bool

    @property
    def code(self) -> str:
        """ST05."""
        return f"ST{self.station:02d}"

    @property
    def waiting(self) -> float:
        """Blocked or starved."""
        return self.blocked + self.starved

    @property
    def bottleneck(self) -> float:
        """Share of the run in which it was the bottleneck, alone or while that shifted."""
        return self.sole + self.shifting


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """Every station, and the two findings."""

    rows: tuple[Row, ...]

    @property
    def least_waiting(self) -> Row:
        """Blocked and starved for the shortest time."""
        return min(self.rows, key=lambda row: row.waiting)

    @property
    def active_period(self) -> Row:
        """The bottleneck for the longest time by the active period method."""
        return max(self.rows, key=lambda row: row.bottleneck)

    def figures(self) -> dict[str, object]:
        """For JSON."""
        return {
            "least_waiting": self.least_waiting.code,
            "active_period": self.active_period.code,
            "stations": [
                {
                    "station": row.station,
                    "blocked": round(row.blocked, 4),
                    "starved": round(row.starved, 4),
                    "sole": round(row.sole, 4),
                    "shifting": round(row.shifting, 4),
                }
                for row in self.rows
            ],
        }


def find(
    names: Mapping[int, str], totals: Mapping[int, Sequence[int]], periods: ActivePeriods, length_us: int
) -> Bottleneck:
    """From the time of each station by Activity (us) and the closed active periods of a run."""
    blocked = {number: own[Activity.BLOCKED] / length_us for number, own in totals.items()}
    starved = {number: own[Activity.STARVED] / length_us for number, own in totals.items()}
    lean = [blocked[number] - starved[number] for number in names]
    rows = tuple(
        Row(
            number,
            name,
            blocked[number],
            starved[number],
            periods.sole[number] / length_us,
            periods.shifting[number] / length_us,
            turning=all(each > 0 for each in lean[:place]) and all(each < 0 for each in lean[place + 1 :]),
        )
        for place, (number, name) in enumerate(names.items())
    )
    return Bottleneck(rows)
