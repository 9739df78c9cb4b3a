"""The responses that every study can have, in the language of scenario conditions."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

#: The name of the response that is 1 for a replication whose invariants and expectations all held, else 0.
PASSED: Final = "passed"


class Definition(NamedTuple):
    """`over` the window behind the warm-up: the gain of `value` (divided by that of `per`), its mean, or an extreme."""

    value: str
    per: str = ""
    over: Literal["gain", "mean", "end", "max", "min"] = "gain"
    unit: str = ""


_HOUR: Final = "time / 3600"

#: The takt of 60 s is what effectiveness and OEE are counted against.
MEASURES: Final[dict[str, Definition]] = {
    "robots": Definition("robots"),
    "rate": Definition("robots", _HOUR, unit="/h"),
    "scrapped": Definition("scrapped", "robots + scrapped"),
    "oee": Definition("robots * 60", "time"),
    "availability": Definition("availability * time", "time"),
    "effectiveness": Definition("(robots + scrapped) * 60", "availability * time"),
    "quality": Definition("robots", "robots + scrapped"),
    "wip": Definition("in_process", over="mean"),
    "energy": Definition("energy", unit="kWh"),
    "energy_per_robot": Definition("energy", "robots", unit="kWh"),
    "alarms": Definition("alarms"),
    "alarm_rate": Definition("alarms", _HOUR, unit="/h"),
    PASSED: Definition("1", over="end"),
}
