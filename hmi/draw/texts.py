"""Numbers as an operator reads them: durations, clock, values with sensible digits and units."""

from __future__ import annotations

_SHORT = {
    "position": "Pos",
    "pressure": "Prs",
    "temperature": "Tmp",
    "current": "Cur",
    "voltage": "Vlt",
    "insulation": "Ins",
    "offset": "Offs",
    "torque": "Trq",
    "force": "Frc",
    "speed": "Spd",
}
_UNITS = {"Mohm": "MΩ"}


def duration(seconds: float) -> str:
    """A time span in at most six cells: 5s, 3m31s, 2h05m, 3d04h."""
    s = max(0, int(seconds))
    if s < 60:
        return f"{s}s"
    if s < 3600:
        return f"{s // 60}m{s % 60:02d}s"
    if s < 86400:
        return f"{s // 3600}h{s % 3600 // 60:02d}m"
    return f"{s // 86400}d{s % 86400 // 3600:02d}h"


def clock(time_us: int) -> str:
    """Plant time since the run began, from microseconds: 07:12:05, or 2d 07:12:05."""
    s = time_us // 1_000_000
    days = f"{s // 86400}d " if s >= 86400 else ""
    return f"{days}{s % 86400 // 3600:02d}:{s % 3600 // 60:02d}:{s % 60:02d}"


def short_name(name: str) -> str:
    """An analogue value's name in at most four cells: ram_force -> Frc, tray_mass -> Mass."""
    word = name.rsplit("_", 1)[-1]
    return _SHORT.get(word, word[:4].capitalize())


def long_name(name: str) -> str:
    """A tag's last name in words: ram_force -> Ram force, pallet_present -> Pallet present."""
    return name.replace("_", " ").capitalize()


def unit(name: str) -> str:
    """A unit as it is written on a screen."""
    return _UNITS.get(name, name)


def plain(text: str) -> str:
    """Text from elsewhere on one line, without control characters."""
    return "".join(c if c.isprintable() else " " for c in text)


def holds(typed: str, text: str) -> bool:
    """True if `text` holds every word typed, however it is written."""
    lower = text.lower()
    return all(word in lower for word in typed.lower().split())
