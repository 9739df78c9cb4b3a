"""Getting to know a board: who it says it is, whether it fits, and the profile that makes it its station's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hil import rtu
from hil.bench import PROFILE, PROFILE_WORDS
from hil.link import Link
from hil.profile_image import profile_words
from protocols.errors import LinkError
from protocols.stations.station_io import StationIO
from protocols.tags.station_map import BOARD_FINGERPRINT

#: Slave address of a board without a profile; that of station n's is this + n.
BLANK: Final = 10
STATIONS: Final = range(1, 13)
_PRODUCT: Final = "S7-BOARD"
_WATCHDOG: Final = 6  # word of the profile
_LAYOUT: Final = 0x80  # object: fingerprint of the layout / station


class WrongBoardError(LinkError):
    """Something answers, and it is not the board that was asked for."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a device says of itself (Modbus 43/14). `fingerprint` is empty for one that is no board of ours."""

    slave: int
    vendor: str
    product: str
    version: str
    fingerprint: str
    station: int

    def __str__(self) -> str:
        whose = f"station {self.station}" if self.station else "no station yet"
        return f"{self.vendor} {self.product} {self.version}, slave {self.slave}, {whose}, layout {self.fingerprint}"

    @property
    def fits(self) -> bool:
        """True if its registers are where this program looks for them."""
        return self.fingerprint == f"{BOARD_FINGERPRINT:08X}"


def identify(link: Link, slave: int) -> Identity:
    """Ask a slave who it is. Raises WrongBoardError if it answers and cannot say, LinkError if it does not answer."""
    request = rtu.identification(slave)
    try:
        said = rtu.objects(request, link.ask(request))
    except rtu.Refused as refused:
        raise WrongBoardError(
            f"slave {slave}", f"speaks Modbus but does not say who it is (exception {refused.code})",
            "is this port really a station board's?",
        ) from refused  # fmt: skip
    fingerprint, _, station = said.get(_LAYOUT, "").partition("/")
    number = int(station) if station.isdigit() else 0
    return Identity(slave, said.get(0, ""), said.get(1, ""), said.get(2, ""), fingerprint, number)


def look_for(link: Link) -> Identity | None:
    """The first board among all addresses that a board may have; None if nobody answers at the first attempt."""
    link = Link(link.stream, timeout_s=link.timeout_s, attempts=1)
    for slave in (BLANK, *(BLANK + number for number in STATIONS)):
        try:
            return identify(link, slave)
        except WrongBoardError:
            raise
        except LinkError:
            continue
    return None


def settle(link: Link, io: StationIO, watchdog: int) -> Identity:
    """Find the station's board on this line and give it the station's profile, unless it has it.

    A board without a profile becomes the station's; one of another station is left alone. Raises WrongBoardError for
    what does not fit, LinkError if nobody answers or the board is busy.
    """
    slave = BLANK + io.number
    try:
        identity = identify(link, slave)
    except WrongBoardError:
        raise
    except LinkError as silence:
        other = look_for(link)
        if other is None:
            raise silence from None
        if other.station not in (0, io.number):
            raise WrongBoardError(
                f"board of station {other.station}", f"is on the port of station {io.number}",
                f"plug in the right board, or make it this station's: sector7 boards assign PORT {io.number}",
            ) from None  # fmt: skip
        identity = other
    if identity.product != _PRODUCT or not identity.fits:
        raise WrongBoardError(
            f"{identity.vendor or 'a device'} {identity.product}", f"has register layout "
            f"{identity.fingerprint or 'unknown'}, this program needs {BOARD_FINGERPRINT:08X}",
            "flash it: sector7 boards flash PORT",
        )  # fmt: skip
    _configure(link, identity.slave, io, watchdog)
    return identify(link, slave) if identity.slave != slave else identity


def _configure(link: Link, slave: int, io: StationIO, watchdog: int) -> None:
    words = list(profile_words(io))
    words[_WATCHDOG] = watchdog
    request = rtu.read(slave, rtu.READ_HOLDING, PROFILE, PROFILE_WORDS)
    if list(rtu.registers(request, link.ask(request))) == words:
        return
    request = rtu.write_registers(slave, PROFILE, words)
    try:
        rtu.check(request, link.ask(request))
    except rtu.Refused as refused:
        # it refuses while its outputs are live: once its watchdog has run out it will take it
        raise LinkError(
            f"board of {io.code}", "is still at work with another profile", "it is asked again"
        ) from refused
