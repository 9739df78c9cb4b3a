"""What a timeline does: each action checked against the plant beforehand, then done at its instant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from firmware_sim.plc.degraded import possible
from hil.emulated_board import EmulatedBoard
from protocols.commissioning import Command as Commission
from protocols.packml import Command, Mode
from protocols.tags.degraded_map import Degrade
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Tag, Writer
from sector7.faults.fault import Fault, FaultError, make, suggest
from sector7.rig.rig import Rig
from sector7.scenario.model import Action, us

#: Does something at plant time `now`; `who` is recorded.
Deed = Callable[[int, str], None]


class ActionError(Exception):
    """An action that this plant cannot take: its key, and what was expected there."""

    def __init__(self, key: str, expected: str) -> None:
        super().__init__(f"{key}: {expected}")
        self.key = key
        self.expected = expected


class Hands:
    """Turns actions into deeds upon one rig. `entries` are the names that faults can be cleared by."""

    def __init__(self, rig: Rig, entries: list[str], *, hidden: bool = False) -> None:
        """`hidden`: nobody on the line is told of the faults."""
        self._rig = rig
        self._hide = hidden
        self._entries = entries
        #: Faults by the timeline entry that injected them.
        self.injected: dict[str, list[int]] = {name: [] for name in entries}
        self._codes: Final = [f"ST{number:02d}" for number in rig.plant.stations]

    def deed(self, action: Action, entry: str) -> Deed:
        """The deed of an action of the timeline entry named `entry`. Raises ActionError."""
        kinds: dict[str, Callable[[Action, str], Deed]] = {
            "fault": self._fault, "clear": self._clear, "command": self._command, "mode": self._mode,
            "set": self._write, "write": self._write, "jam_clear": self._jam_clear, "e_stop": self._e_stop,
            "configure": self._configure, "commission": self._commission, "degrade": self._degrade,
        }  # fmt: skip
        return kinds[action.kind](action, entry)

    # ---- faults
    def _fault(self, action: Action, entry: str) -> Deed:
        fault = self._made(action)
        faults = self._rig.faults

        def deed(now: int, who: str) -> None:
            record = faults.inject(now, fault, who, action.why, hidden=self._hide)
            self.injected.setdefault(entry, []).append(record.number)

        return deed

    def _made(self, action: Action) -> Fault:
        try:
            fault = make(
                action.fault or "", action.on or "", action.parameters, other=action.with_ or "",
                lasts_us=us(action.for_) if action.for_ else 0,
                on_us=us(action.random.on) if action.random else 0,
                off_us=us(action.random.off) if action.random else 0,
            )  # fmt: skip
            self._rig.faults.check(fault)
        except FaultError as error:
            key = {"target": "on", "fault": "fault"}.get(error.what.partition(" ")[0], "parameters")
            raise ActionError(key, str(error)) from None
        return fault

    def _clear(self, action: Action, entry: str) -> Deed:
        which = action.clear or ""
        faults = self._rig.faults
        if which != "all" and which not in self._entries:
            known = suggest(which, self._entries)
            raise ActionError("clear", f"{which!r} is neither all nor a name in the timeline{known}")

        def deed(now: int, who: str) -> None:
            numbers = [r.number for r in faults.shown] if which == "all" else self.injected[which]
            for number in numbers:
                faults.clear(now, number, who)

        return deed

    # ---- what an operator does
    def _owner(self, action: Action) -> str:
        to = action.to or ""
        known = ["Line", *self._codes]
        if to not in known:
            raise ActionError("to", f"{to!r} is neither Line nor a station here{suggest(to, known)}")
        return to

    def _command(self, action: Action, entry: str) -> Deed:
        owner, number = self._owner(action), int(Command[(action.command or "").upper()])
        return self._edge(f"{owner}.CmdChangeRequest", (f"{owner}.CntrlCmd", number))

    def _mode(self, action: Action, entry: str) -> Deed:
        owner, number = self._owner(action), int(Mode[(action.mode or "").upper()])
        return self._edge(f"{owner}.UnitModeChangeRequest", (f"{owner}.UnitMode", number))

    def _degrade(self, action: Action, entry: str) -> Deed:
        numbers = []
        for key, code in (("to", action.to or ""), ("donor", action.donor or "")):
            if code and code not in self._codes:
                raise ActionError(key, f"{code!r} is no station here{suggest(code, self._codes)}")
            numbers.append(int(code[2:]) if code else 0)
        station, donor = numbers
        mode = Degrade[(action.degrade or "").upper()]
        if not possible(station, mode):
            raise ActionError("degrade", f"{action.degrade} is not possible at {action.to}")
        return self._edge(
            "Line.DegradeChangeRequest", ("Line.DegradeStation", station), ("Line.DegradeMode", int(mode)),
            ("Line.DegradeDonor", donor),
        )  # fmt: skip

    def _jam_clear(self, action: Action, entry: str) -> Deed:
        which = action.jam_clear or ""
        if which == "all":
            return self._edge("Line.JamClearAll")
        if which not in self._codes:
            raise ActionError("jam_clear", f"{which!r} is neither all nor a station here{suggest(which, self._codes)}")
        return self._edge(f"{which}.JamClear")

    def _commission(self, action: Action, entry: str) -> Deed:
        """The whole line: commissioned up to the release, or on to production, or no further."""
        words = {"release": Commission.AUTOMATIC, "produce": Commission.PRODUCE, "stop": Commission.STOP}
        command = int(words[action.commission or ""])
        asked = (("Line.CommissionStation", 0), ("Line.CommissionCommand", command))
        return self._edge("Line.CommissionChangeRequest", *asked)

    def _edge(self, request: str, *values: tuple[str, int]) -> Deed:
        """Values, then a request bit from 0 to 1."""
        rig = self._rig

        def deed(now: int, who: str) -> None:
            for name, raw in ((request, 0), *values, (request, 1)):
                rig.request(name, raw, now)

        return deed

    def _e_stop(self, action: Action, entry: str) -> Deed:
        plant, pressed = self._rig.plant, action.e_stop == "press"
        return lambda now, who: plant.e_stop(now, pressed)

    def _configure(self, action: Action, entry: str) -> Deed:
        code = action.configure or ""
        cabinet = next((c for c in self._rig.cabinets if c.unit.io.code == code), None)
        if cabinet is None:
            raise ActionError("configure", f"{code!r} is no station here{suggest(code, self._codes)}")
        if not isinstance(cabinet.board, EmulatedBoard):
            remedy = f'boards = {{ {code} = "emulated" }} fits one that has'
            raise ActionError("configure", f"the board of {code} has no EEPROM ({remedy})")
        tag = PLANT_MAP[f"{code}.Board.debounce"]
        low, high = tag.bounds
        value = action.value or 0.0
        if value != round(value) or not low <= value <= high:
            raise ActionError("value", f"the debounce time is a whole number {low}..{high} {tag.unit}, not {value:g}")
        return lambda now, who: cabinet.configure(now, tag.address, round(value))

    # ---- what a master writes
    def _write(self, action: Action, entry: str) -> Deed:
        """`set` takes engineering units, `write` the raw value."""
        kind = action.kind
        name = action.set or action.write or ""
        tag = self._tag(kind, name)
        value = action.value or 0.0
        raw = round(value * 10**tag.decimals) if kind == "set" else round(value)
        low, high = tag.bounds
        if not low <= raw <= high:
            scale, unit = (10**tag.decimals, f" {tag.unit}".rstrip()) if kind == "set" else (1, " raw")
            raise ActionError("value", f"{name} takes {low / scale:g}..{high / scale:g}{unit}, not {value:g}")
        if kind == "write" and raw != value:
            raise ActionError("value", f"a raw value is a whole number, not {value:g}")
        rig = self._rig
        return lambda now, who: rig.request(name, raw, now)

    def _tag(self, kind: str, name: str) -> Tag:
        found = PLANT_MAP.by_name.get(name)
        known = [tag.name for _, tag in PLANT_MAP.rows() if tag.writer is Writer.MASTER]
        if found is None:
            raise ActionError(kind, f"{name!r} is no tag{suggest(name, known)}")
        tag = found[1]
        if tag.writer is not Writer.MASTER:
            raise ActionError(kind, f"{name} is given by the {tag.writer}, no master may write it")
        owner = name.partition(".")[0]
        if owner.startswith("ST") and owner not in self._codes:
            raise ActionError(kind, f"{name}: there is no station {owner} in this recipe")
        return tag
