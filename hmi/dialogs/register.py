"""Typing a new value for any register or coil that may be written, checked against its range while it is typed."""

from __future__ import annotations

from hmi.dialogs.setpoint import SetpointDialog
from hmi.draw.ink import BAR, BAR_LABEL, BAR_STRONG
from hmi.draw.spans import Line
from hmi.frame import Frame
from hmi.operations.register import place_text, told, writers_text
from hmi.operations.tag_write import range_text
from protocols.tags.plant_map import PLANT_MAP


class RegisterDialog(SetpointDialog):
    """As for a set point; it shows where the value stands and who may write it."""

    def facts(self, frame: Frame) -> list[Line]:
        """See `SetpointDialog`."""
        tag = PLANT_MAP[self.point]
        return [
            ((f"Write {tag.name}", BAR_STRONG),),
            ((tag.doc, BAR_LABEL),),
            ((f"Register  {place_text(tag)}, for {writers_text(tag)}", BAR),),
            ((f"Value     {told(tag, frame.raw(tag.name))} {tag.unit}", BAR),),
            ((f"Range     {range_text(tag)} as {tag.kind}", BAR),),
        ]

    def hint(self, raw: int | None) -> str:
        """The name of the typed value, or all names."""
        labels = PLANT_MAP[self.point].labels
        if raw is None:
            return "  ".join(f"{value} {label}" for value, label in labels)
        return f"= {dict(labels)[raw]}" if raw in dict(labels) else ""
