"""The wiring of a station as a picture (SVG): the board from above, USB at the top, and what each pin goes to."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from hil.wiring import ANALOG, AXIS, INPUT, OUTPUT, SAFETY_CHAIN, Wire, short, wires
from protocols.stations.station_io import StationIO

WIDTH: Final = 1240
PITCH: Final = 44
TOP: Final = 196
#: Pins from the USB connector down; None: the space between two headers.
RIGHT: Final = ("SCL", "SDA", "AREF", "GND", "D13", "D12", "D11", "D10", "D9", "D8", None,
                "D7", "D6", "D5", "D4", "D3", "D2", "D1", "D0")  # fmt: skip
LEFT: Final = (None, None, None, None, "IOREF", "RESET", "3V3", "5V", "GND", "GND", "VIN", None, None,
               "A0", "A1", "A2", "A3", "A4", "A5")  # fmt: skip
BOARD: Final = (488, 752)  # its left and right edge
LABEL: Final = 408  # width of a label
HEIGHT: Final = TOP + PITCH * len(RIGHT) + 190

COLOURS: Final = {
    SAFETY_CHAIN: "#c81e1e",
    INPUT: "#1d4ed8",
    ANALOG: "#7c3aed",
    OUTPUT: "#b45309",
    AXIS: "#15803d",
}
#: Pins that have the same use in every station.
FIXED: Final = {
    "5V": ("5 V", "supply of sensors and drivers, 400 mA from USB"),
    "GND": ("GND", "common of contacts, sensors and drivers"),
    "D0": ("serial in", "taken by USB: leave it free"),
    "D1": ("serial out", "taken by USB: leave it free"),
}
NOTES: Final = (
    "Inputs are dry contacts to GND; the pull-ups are inside, and a broken wire reads as open.",
    "Outputs are 5 V logic, 20 mA at most: for a relay module or a driver stage, never a coil; off in the safe state.",
    "The safety chain must cut the actuators' power by itself; the board only sees it, and drops its outputs.",
)
_FONT: Final = "Inter, Segoe UI, Helvetica, Arial, DejaVu Sans, sans-serif"
_GREY: Final = "#64748b"
_INK: Final = "#0f172a"


def picture(io: StationIO) -> str:
    """The whole SVG document."""
    by_pin = {wire.pin: wire for wire in wires(io)}
    parts = [_head(io), _board()]
    for names, right in ((LEFT, False), (RIGHT, True)):
        for row, pin in enumerate(names):
            if pin is not None:
                parts.append(_pin(pin, TOP + PITCH * row + PITCH // 2, right, by_pin.get(pin)))
    parts.append(_foot())
    return "\n".join(parts) + "\n</svg>\n"


def _text(x: int, y: int, said: str, size: float, colour: str, extra: str = "") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}"{extra}>{escape(said)}</text>'


def _box(x: int, y: int, width: int, height: int, radius: int, fill: str, extra: str = "") -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" fill="{fill}"{extra}/>'


def _head(io: StationIO) -> str:
    title = f"{io.code} {io.title}: wiring of its board"
    says = f"Arduino Uno or Nano with the sector7 firmware · Modbus RTU slave {10 + io.number} · 115200 baud, 8N1"
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{_FONT}">',
            f"<title>{escape(title)}</title>",
            _box(1, 1, WIDTH - 2, HEIGHT - 2, 16, "#f8fafc", ' stroke="#cbd5e1" stroke-width="2"'),
            _text(40, 60, title, 32, _INK, ' font-weight="700"'),
            _text(40, 94, says, 17, _GREY),
        )
    )


def _board() -> str:
    left, right = BOARD
    top, bottom = TOP - 36, TOP + PITCH * len(RIGHT) + 16
    middle, chip = (left + right) // 2, TOP + 400
    upright = f'transform="translate({middle + 6} {chip + 200}) rotate(-90)"'
    legs = (_box(x, chip + 16 + 18 * leg, 8, 8, 0, "#cbd5e1") for x in (middle - 40, middle + 32) for leg in range(14))
    return "\n".join(
        (
            _box(left, top, right - left, bottom - top, 18, "#0f766e", ' stroke="#134e4a" stroke-width="2"'),
            _box(middle + 20, top - 42, 82, 84, 5, "#cbd5e1", ' stroke="#94a3b8"'),
            _text(middle + 61, top + 6, "USB", 15, "#334155", ' text-anchor="middle" font-weight="700"'),
            _box(middle - 104, top - 14, 66, 80, 5, "#1e293b"),
            _text(middle - 71, top + 30, "7-12 V", 12, "#cbd5e1", ' text-anchor="middle"'),
            _text(middle - 36, TOP + 128, "Uno", 38, "#ccfbf1", ' text-anchor="middle" font-weight="700"'),
            *legs,
            _box(middle - 32, chip, 64, 276, 5, "#1e293b"),
            f'<circle cx="{middle}" cy="{chip + 14}" r="5" fill="#475569"/>',
            f'<text {upright} font-size="17" fill="#e2e8f0" letter-spacing="1">ATmega328P</text>',
        )
    )


def _pin(pin: str, y: int, right: bool, wire: Wire | None) -> str:
    edge = BOARD[1] if right else BOARD[0]
    inside, sign = (edge - 22, 1) if right else (edge + 22, -1)
    anchor = "end" if right else "start"
    parts = [
        _box(inside - 12, y - PITCH // 2, 24, PITCH, 0, "#1e293b"),
        _box(inside - 5, y - 5, 10, 10, 0, "#020617"),
        _text(inside - 20 * sign, y + 6, pin, 16, "#f0fdfa", f' text-anchor="{anchor}" font-weight="600"'),
    ]
    if wire is not None:
        colour, name, says = COLOURS[wire.kind], short(wire), wire.connect
        parts += _label(y, right, inside, colour, name, says)
    elif pin in FIXED:
        parts += _label(y, right, inside, _GREY, *FIXED[pin])
    return "\n".join(parts)


def _label(y: int, right: bool, inside: int, colour: str, name: str, says: str) -> list[str]:
    """A wire from a pin to a box that tells what is there."""
    near = BOARD[1] + 40 if right else BOARD[0] - 40
    x = near if right else near - LABEL
    start, anchor = (near + 20, "") if right else (near - 20, ' text-anchor="end"')
    ends = f'x1="{inside}" y1="{y}" x2="{near}" y2="{y}"'
    return [
        f'<line {ends} stroke="{colour}" stroke-width="4" stroke-linecap="round"/>',
        f'<circle cx="{inside}" cy="{y}" r="5.5" fill="{colour}" stroke="#f8fafc" stroke-width="1.5"/>',
        _box(x, y - 20, LABEL, 40, 8, "#ffffff", f' stroke="{colour}" stroke-width="1.5"'),
        _box(near if right else near - 8, y - 20, 8, 40, 3, colour),
        _text(start, y - 3, name, 16.5, colour, anchor + ' font-weight="700"'),
        _text(start, y + 14, says, 14, "#475569", anchor),
    ]


def _foot() -> str:
    y, x, parts = HEIGHT - 120, 40, []
    for kind, colour in COLOURS.items():
        parts.append(_box(x, y - 12, 26, 14, 4, colour))
        parts.append(_text(x + 36, y, kind, 17, _INK))
        x += 72 + 10 * len(kind)
    for line, note in enumerate(NOTES):
        parts.append(_text(40, y + 38 + 26 * line, note, 16.5, "#334155"))
    return "\n".join(parts)
