"""The values of the tags about boards and their links (protocols/tags/boards_map.py)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from firmware_sim.board.board import SimulatedBoard
from hil.board_worker import LinkState
from hil.emulated_board import EmulatedBoard
from hil.link import Counters
from hil.remote_board import RemoteBoard
from hil.serial_board import SerialBoard
from protocols.stations.io_table import STATIONS
from protocols.tags.boards_map import INPUTS
from sector7.rig.cabinet import STRANGE, Cabinet

#: Numbers of register BoardTier by the class of board.
TIERS: Final = {SimulatedBoard: 1, EmulatedBoard: 2, SerialBoard: 3, RemoteBoard: 4}
_ZEROS: Final = {f"{io.code}.{name}": 0 for io in STATIONS for name in ("BoardLink", *(row[1] for row in INPUTS))}
_SECOND: Final = 1_000_000
_WORD: Final = 0xFFFF


def board_values(cabinets: Iterable[Cabinet], now_us: int) -> dict[str, int]:
    """Values of all stations by tag name."""
    values = _ZEROS.copy()
    for cabinet in cabinets:
        board, p = cabinet.board, f"{cabinet.unit.io.code}."
        values[p + "BoardTier"] = TIERS.get(type(board), 0)
        if isinstance(board, SerialBoard):
            values |= {p + name: value for name, value in _serial(board, now_us).items()}
        elif isinstance(board, RemoteBoard):
            values[p + "BoardLink"] = 1 if board.present else 3 if board.losses else 2
        if cabinet.trouble & STRANGE:
            values[p + "BoardLink"] = int(LinkState.REFUSED)
        values[p + "LinkGarbled"] = min(values[p + "LinkGarbled"] + cabinet.garbled, _WORD)
    return values


def _serial(board: SerialBoard, now_us: int) -> dict[str, int]:
    twin = board.twin
    channel, worst = twin.worst
    since = twin.since_us()
    values = {
        # as the plant knows it; who serves it knows more
        "BoardLink": int(LinkState.CONNECTED if board.present else LinkState.SEARCHING),
        "LinkLate": min(board.late, _WORD),
        "TwinDiffering": twin.differing,
        "TwinDifferences": min(twin.count, _WORD),
        "TwinChannel": channel,
        "TwinWorst": worst,
        "TwinSince": min((now_us - since) // _SECOND, _WORD) if since >= 0 else 0,
    }
    worker = board.worker
    if worker is not None:
        values |= {"BoardLink": int(worker.state), "LinkConnects": min(worker.connections, _WORD)}
        values |= _figures(worker.counters)
    return values


def _figures(counters: Counters) -> dict[str, int]:
    return {
        "LinkAsked": counters.asked & 0xFFFF_FFFF,
        "LinkAnswered": counters.answered & 0xFFFF_FFFF,
        "LinkRtt": min(counters.rtt_us // 10, _WORD),
        "LinkRttMean": min(counters.rtt_mean_us // 10, _WORD),
        "LinkRttMax": min(counters.rtt_max_us // 10, _WORD),
        "LinkJitter": min(counters.jitter_us // 10, _WORD),
        "LinkRetries": min(counters.retries, _WORD),
        "LinkGarbled": min(counters.garbled, _WORD),
        "LinkTimeouts": min(counters.timeouts, _WORD),
        "LinkLost": min(counters.lost, _WORD),
    }
