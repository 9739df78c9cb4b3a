"""The whole state of an emulated board as text: its processor and its EEPROM, for a checkpoint.

It is the state of one firmware in one emulator: another build of either refuses it.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from typing import Final

from hil.board_process import LOAD, SAVE, Answer, BoardProcess, Terminals, state_file
from protocols.errors import LinkError

_DONE: Final = 1  # length of what the emulator answers when it did it


def capture(process: BoardProcess, wires: Terminals, eeprom: Path) -> str:
    """The state of a board now. It runs on until nothing is under way, within a millisecond of what it last did; that
    changes nothing that a host can see. Raises LinkError if it does not come to rest."""
    answer = process.run(0, 0, wires, operation=SAVE)
    if len(answer.sent) != _DONE:
        raise LinkError("emulated board", "cannot be saved: it does not come to rest")
    state = state_file(eeprom).read_bytes()
    return f"{_build(process)} {answer.cycle} {_pack(state)} {_pack(eeprom.read_bytes())}"


def unpack_eeprom(text: str, eeprom: Path) -> None:
    """Write the EEPROM of a captured state, from which its process is to be started. Raises ValueError."""
    eeprom.write_bytes(_unpack(text.split()[3]))


def restore(text: str, process: BoardProcess, wires: Terminals, eeprom: Path) -> tuple[Answer, int]:
    """Put a captured state into a process just started. Answers how it stands and by how many cycles its clock is
    behind that of the board that was captured. Raises ValueError if it is the state of another build."""
    build, cycle, state, _ = text.split()
    if build != _build(process):
        raise ValueError("the state of an emulated board was saved with another firmware or emulator")
    state_file(eeprom).write_bytes(_unpack(state))
    answer = process.run(0, 0, wires, operation=LOAD)
    if len(answer.sent) != _DONE:
        raise ValueError("the state of an emulated board does not fit its firmware")
    return answer, int(cycle) - answer.cycle


def _build(process: BoardProcess) -> str:
    """Which emulator (its name tells its source) runs which firmware."""
    program, firmware = map(Path, process.command[:2])
    return sha256(program.name.encode() + firmware.read_bytes()).hexdigest()[:16]


def _unpack(text: str) -> bytes:
    try:
        return zlib.decompress(b64decode(text))
    except zlib.error as error:
        raise ValueError(f"the state of an emulated board is damaged: {error}") from None


def _pack(data: bytes) -> str:
    return b64encode(zlib.compress(data)).decode()
