"""A frame: one snapshot seen at one instant, with everything a screen needs to draw itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from hmi.draw.marks import Mark, mark
from hmi.link.actions import Action
from hmi.link.history import History
from hmi.link.snapshot import LinkState, Quality, Snapshot
from protocols.packml import State
from protocols.reasons import Reason
from protocols.roles import Role
from protocols.stations.io_table import BY_NUMBER, STATIONS
from protocols.stations.station_io import StationIO
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.session_map import LoggedAction
from protocols.tags.tag import Tag


@dataclass(frozen=True)
class Frame:
    """What a screen draws. `now_s` is monotonic; `actions` are the operator's latest at this console,
    `logged` those of all consoles as the plant remembers them, both newest first. What blinks is `lit` now or not.
    `unanswered` tells for how many seconds outputs of the polled board have been commanded in vain, longer than their
    device takes, by their tags. A console that is `logged_out` commands nothing; `notice` is what its operator must be
    told at once."""

    snapshot: Snapshot
    now_s: float
    history: History
    actions: tuple[Action, ...] = ()
    read_only: bool = False
    logged: tuple[LoggedAction, ...] = ()
    lit: bool = True
    unanswered: Mapping[str, float] = field(default_factory=dict)
    logged_out: bool = False
    notice: str = ""

    @cached_property
    def quality(self) -> Quality:
        """The quality of all values of unit 1."""
        return self.snapshot.quality(self.now_s)

    @property
    def live(self) -> bool:
        """True while values are to be trusted."""
        return self.quality is Quality.GOOD

    @property
    def can_command(self) -> bool:
        """True while commands may be given at all."""
        session = self.snapshot.session
        may = session is None or session.role is not Role.VIEWER
        return self.live and self.snapshot.state is LinkState.OK and may and not (self.read_only or self.logged_out)

    @property
    def role_text(self) -> str:
        """Who sits here, as the server knows it: role, and the name on the certificate."""
        session = self.snapshot.session
        if self.read_only:
            return "READ-ONLY"
        if self.logged_out:
            return "VIEWER (logged out)"
        return f"{session.role.upper()} {session.holder}".rstrip() if session is not None else "ROLE ?"

    def raw(self, name: str) -> int:
        """A raw value of unit 1, or of the board that is polled; the tag's default if it was never read (then `live` is
        False as well)."""
        value = self.snapshot.line.get(name)
        return self.snapshot.board.get(name, PLANT_MAP[name].default) if value is None else value

    def scaled(self, name: str) -> float:
        """A value in its unit."""
        return self.raw(name) / float(10 ** PLANT_MAP[name].decimals)

    def text(self, name: str) -> str:
        """A value as text with its unit, a dash if it was never read."""
        if self.quality is Quality.NONE:
            return "—"
        tag: Tag = PLANT_MAP[name]
        return f"{tag.text(self.raw(name))} {tag.unit}".rstrip()

    @property
    def line_mark(self) -> Mark:
        """The line's state."""
        return mark(self.raw("Line.StateCurrent"))

    def station(self, number: int) -> StationView:
        """One station, 1..12."""
        return StationView(self, BY_NUMBER[number])

    @cached_property
    def stations(self) -> tuple[StationView, ...]:
        """All stations in the order of production."""
        return tuple(StationView(self, io) for io in STATIONS)


class StationView:
    """One station in a frame."""

    def __init__(self, frame: Frame, io: StationIO) -> None:
        self.frame = frame
        self.io = io
        self.number = io.number
        self.code = io.code

    def tag(self, name: str) -> Tag:
        """The declaration of `name` without its station prefix."""
        return PLANT_MAP[f"{self.code}.{name}"]

    def raw(self, name: str) -> int:
        """A raw value of the station."""
        return self.frame.raw(f"{self.code}.{name}")

    def scaled(self, name: str) -> float:
        """A value in its unit."""
        return self.frame.scaled(f"{self.code}.{name}")

    @property
    def step(self) -> str:
        """The step of the sequence by its name, or by its number where the map has no name for it."""
        raw = self.raw("StepNumber")
        return dict(self.tag("StepNumber").labels).get(raw, f"Step {raw}")

    @property
    def fitted(self) -> bool:
        """False if the recipe does not have this station."""
        return bool(self.raw("Fitted")) or self.frame.quality is Quality.NONE

    @property
    def mark(self) -> Mark:
        """The station's state with its shape."""
        found = mark(self.raw("StateCurrent"), bool(self.raw("Starved")), bool(self.raw("Blocked")))
        # Held because the line was told to hold is as intended: no colour, no heavy frame.
        return found.as_intended() if self.by_command and found.level == 2 else found

    @property
    def state(self) -> int:
        """StateCurrent."""
        return self.raw("StateCurrent")

    @property
    def elapsed_s(self) -> int:
        """Seconds in the current state."""
        return self.raw("StateElapsed")

    @property
    def reason(self) -> str:
        """Why the station stopped, or does not start; empty if it has no stop reason."""
        raw = self.raw("StopReason")
        if raw == Reason.NONE:
            return "not commissioned yet" if self.unreleased else ""
        return self.tag("StopReason").text(raw)

    @property
    def unreleased(self) -> bool:
        """True if the plant commissions its stations and has not released this one: it must not produce."""
        return not self.frame.snapshot.line.get(f"{self.code}.Released", 1)

    @property
    def by_command(self) -> bool:
        """Stopped because the line was commanded to."""
        return self.raw("StopReason") == Reason.LINE and self.state != State.EXECUTE

    @property
    def troubled(self) -> bool:
        """Stopped for a reason of its own."""
        own = self.raw("StopReason") not in (Reason.NONE, Reason.LINE) and self.state != State.EXECUTE
        return own or (self.mark.level >= 2 and not self.by_command)

    @property
    def forced(self) -> frozenset[str]:
        """Names of the digital inputs and outputs that an engineer has forced."""
        inputs, outputs = self.raw("ForcedInputs"), self.raw("ForcedOutputs")
        names = [name for i, name in enumerate(self.io.inputs) if inputs >> i & 1]
        return frozenset(names + [name for i, name in enumerate(self.io.outputs) if outputs >> i & 1])

    @property
    def injected(self) -> frozenset[str]:
        """Names of the digital inputs and transmitters at which a fault is injected."""
        bits = self.raw("InjectedTerminals")
        names = [name for i, name in enumerate(self.io.inputs) if bits >> i & 1]
        return frozenset(names + [analog.name for i, analog in enumerate(self.io.analogs) if bits >> 8 + i & 1])

    @property
    def board_good(self) -> bool:
        """True while the station's board answers its controller."""
        return self.frame.live and bool(self.raw("LinkOk"))

    @property
    def board(self) -> Mapping[str, int]:
        """Raw values of the station's board unit by full tag name, empty unless its page is polled."""
        return self.frame.snapshot.board_of(self.number)
