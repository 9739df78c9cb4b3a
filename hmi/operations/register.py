"""Writing one register or coil as it is, read back from where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from hmi.link.actions import Result
from hmi.link.exchange import READ_BACK_S, Exchange
from hmi.link.operation import Outcome, Read, old_and_new
from hmi.link.words import table_letter
from hmi.operations.owner import INTERNAL
from hmi.operations.setpoint import SetPoint, ramp_text
from hmi.operations.tag_write import TagWrite, range_text
from protocols.records.action_text import is_request
from protocols.roles import Role
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.station_map import COMMAND_REGISTERS
from protocols.tags.tag import Table, Tag, Writer


@dataclass(frozen=True)
class WriteRegister(TagWrite):
    """A raw value for any tag that stands in a writable table. Set points are verified by the value that acts."""

    verb = "Write"

    @property
    def title(self) -> str:
        """See `Operation`."""
        return f"Write {self.name}"

    def change(self, read: Read) -> str:
        """See `Operation`."""
        return f"{told(self.tag, read(self.name))} -> {told(self.tag, self.raw)} {self.tag.unit}".rstrip()

    def facts(self, read: Read) -> list[str]:
        """See `Operation`: address, old and new, range and roles, what to mind."""
        tag = self.tag
        new = f"{told(tag, self.raw)} {tag.unit}".rstrip()
        return [
            f"Target   {self.name}  {place_text(tag)}",
            old_and_new("Value", told(tag, read(self.name)), new),
            f"Range    {range_text(tag)}   for {writers_text(tag)}",
            self._note(read),
        ]

    def refusal(self, read: Read) -> str:
        """See `Operation`: the server checks range and role again, and ignores what an owner's values would undo."""
        if why := super().refusal(read):
            return why
        if self._is_configuration:
            return "blocked by: a board is configured at the board, not over the plant's server"
        if self.tag.writer is not Writer.MASTER and read(f"{self._station}.Owner") == INTERNAL:
            return f"blocked by: the internal program owns {self._station} and writes this itself"
        return ""

    async def carry_out(self, plant: Exchange) -> Outcome:
        """See `Operation`: a write is answered before it counts, so only what reads back proves it."""
        if self._is_setpoint:
            return await SetPoint(self.name, self.raw).carry_out(plant)
        began = plant.clock()
        await plant.write(self.name, self.raw)
        if await plant.wait(lambda: plant.raw(self.name) == self.raw, READ_BACK_S):
            return Result.OK, f"reads back  {plant.clock() - began:.1f}s"
        return Result.NO_FEEDBACK, f"still {told(self.tag, plant.raw(self.name))}{plant.pace}"

    @property
    def _station(self) -> str:
        return self.name.partition(".")[0]

    @property
    def _is_configuration(self) -> bool:
        """Of a board: the server ignores what masters write there."""
        tag = self.tag
        return tag.writer is not Writer.MASTER and tag.table is Table.HOLDING and tag.address >= COMMAND_REGISTERS

    @property
    def _is_setpoint(self) -> bool:
        return self.name.endswith("_sp")

    def _note(self, read: Read) -> str:
        if self._is_setpoint:
            return ramp_text(self.name, abs(self.raw - read(SetPoint(self.name, self.raw).active)))
        if is_request(self.tag):
            return "An edge: 0 to 1 acts; it stays 1 until 0 is written."
        if self.tag.writer is not Writer.MASTER:
            return "The board's interlocks and trips stay in force."
        return ""


def place_text(tag: Tag) -> str:
    """Where a tag stands: "HR84 of unit 1"."""
    return f"{table_letter(tag.table)}{tag.address} of unit {PLANT_MAP.by_name[tag.name][0].unit}"


def writers_text(tag: Tag) -> str:
    """The roles that may write it."""
    return ", ".join(role for role in Role if role in tag.may_write) or "nobody"


def told(tag: Tag, raw: int) -> str:
    """Digits, and the name of that value where it has one."""
    label = dict(tag.labels).get(raw, "")
    return f"{tag.digits(raw)} {label}".rstrip()
