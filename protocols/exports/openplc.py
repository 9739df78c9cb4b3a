"""The stations as slave devices of OpenPLC v3: its mbconfig.cfg, and which located variable is which tag.

OpenPLC lines up the bits of all devices from %IX100.0 and %QX100.0 on, the registers from %IW100 and %QW100, and writes
every block whole in every poll. So the blocks it writes hold no set point and no mode.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from protocols.address import DEFAULT_PORT
from protocols.errors import MapError
from protocols.tags.line_map import UNIT as LINE_UNIT
from protocols.tags.tag import PlantMap, Table, UnitMap

#: The two neighbours of the shipped example.
STATIONS: Final = (5, 6)
#: What OpenPLC has room for, of each kind.
ROOM: Final = 400
_FIRST: Final = 100
_SERIAL: Final = ("RTU_Baud_Rate", "RTU_Parity", "RTU_Data_Bits", "RTU_Stop_Bits")


@dataclass(frozen=True)
class Device:
    """One slave device: (start, size) of its blocks."""

    name: str
    unit: UnitMap
    discrete: tuple[int, int] = (0, 0)
    coils: tuple[int, int] = (0, 0)
    inputs: tuple[int, int] = (0, 0)
    holding: tuple[int, int] = (0, 0)

    def blocks(self) -> Iterator[tuple[str, Table, int, int]]:
        """(letters of the located variable, table, start, size) in OpenPLC's order."""
        yield "IX", Table.DISCRETE, *self.discrete
        yield "QX", Table.COIL, *self.coils
        yield "IW", Table.INPUT, *self.inputs
        yield "QW", Table.HOLDING, *self.holding


def render(
    plant_map: PlantMap, stations: Sequence[int] = STATIONS, host: str = "127.0.0.1", port: int = DEFAULT_PORT
) -> str:
    """mbconfig.cfg for a program that owns `stations`. Raises MapError for an unknown station, or for too many."""
    devices = list(_devices(plant_map, stations))
    lines = [
        "# Slave devices of OpenPLC v3. Set the address of the machine that runs `sector7 serve`.",
        f'Num_Devices = "{len(devices)}"',
        'Polling_Period = "50"',
        'Timeout = "1000"',
    ]
    used = dict.fromkeys(("IX", "QX", "IW", "QW"), 0)
    for number, device in enumerate(devices):
        lines += ["", f"# ---- device {number}", *_comments(device, used)]
        lines += [f'device{number}.{key} = "{value}"' for key, value in _settings(device, host, port)]
    for letters, count in used.items():
        if count > ROOM:
            raise MapError(f"%{letters}", f"{count} of them do not fit OpenPLC's {ROOM}: choose fewer stations")
    return "\n".join(lines) + "\n"


def _devices(plant_map: PlantMap, stations: Sequence[int]) -> Iterator[Device]:
    for number in stations:
        if 10 + number not in plant_map.units:
            raise MapError(f"station {number}", "is not in the register map")
    for number in stations:
        yield Device(f"ST{number:02d} board", plant_map.units[10 + number], (0, 16), (0, 16), (0, 6), (0, 8))
    line = plant_map.units.get(LINE_UNIT)
    if line is None:
        raise MapError("unit 1", "is not in the register map")
    for number in stations:
        first = plant_map[f"ST{number:02d}.StateCurrent"].address
        owner = plant_map[f"ST{number:02d}.OwnerRequest"].address
        yield Device(f"ST{number:02d} state and ownership", line, inputs=(first, 48), holding=(owner, 6))
    for number in stations:
        yield Device(f"ST{number:02d} command", line, holding=(plant_map[f"ST{number:02d}.CntrlCmd"].address, 2))


def _settings(device: Device, host: str, port: int) -> Iterator[tuple[str, object]]:
    yield "name", device.name
    yield "slave_id", device.unit.unit
    yield "protocol", "TCP"
    yield "address", host
    yield "IP_Port", port
    yield from ((key, "None") for key in _SERIAL)
    yield "RTU_TX_Pause", 0
    for key, block in (
        ("Discrete_Inputs", device.discrete),
        ("Coils", device.coils),
        ("Input_Registers", device.inputs),
        ("Holding_Registers_Read", (0, 0)),
        ("Holding_Registers", device.holding),
    ):
        yield f"{key}_Start", block[0]
        yield f"{key}_Size", block[1]


def _comments(device: Device, used: dict[str, int]) -> Iterator[str]:
    """One line for each tag in the device's blocks; counts what they take."""
    for letters, table, start, size in device.blocks():
        tags = {tag.address: tag for tag in device.unit.of(table)}
        for address in range(start, start + size):
            place = used[letters] + address - start
            if tag := tags.get(address):
                where = f"{_FIRST + place // 8}.{place % 8}" if table.is_bits else str(_FIRST + place)
                words = f" ({tag.kind.words} words)" if tag.kind.words > 1 else ""
                yield f"# %{letters + where:8} {tag.name}{words}"
        used[letters] += size
