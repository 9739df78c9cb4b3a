"""The next production order: a form, then the question."""

from __future__ import annotations

from hmi.dialogs.form import Field
from hmi.operations.production import BeginOrder
from hmi.screens.menus import fill
from hmi.screens.plant_screen import PlantScreen

#: What a console must be allowed to write for it.
WRITES = ("Line.OrderChangeRequest",)
_LAST = 65535


def ask_order(screen: PlantScreen) -> None:
    """Ask for number and quantity; the number behind the present order's and its quantity stand there to begin with."""
    frame = screen.desk.frame()
    fields = (
        Field("Order number", "Line.OrderNumberRequest", min(frame.raw("Line.OrderNumber") + 1, _LAST)),
        Field("Robots (0: no end)", "Line.OrderTargetRequest", frame.raw("Line.OrderTarget")),
    )
    fill(screen, "Begin an order", fields, lambda values: screen.ask(BeginOrder(*values)))
