"""Unit 1, boards and their links: which kind of board each station has, how its link does, how a swap is asked for.

Input registers 1344 + 26 (n-1), holding registers 288 + (n-1).
"""

from __future__ import annotations

from typing import Final

from protocols.roles import ENGINEERS
from protocols.stations.station_io import StationIO
from protocols.tags.tag import Kind, Table, Tag, Writer

FIRST_INPUT: Final = 1344
STRIDE: Final = 26
FIRST_HOLDING: Final = 288

#: Numbers of the tiers, in registers BoardTier and BoardRequest.
TIER_LABELS: Final = ((0, "None"), (1, "Simulated"), (2, "Emulated"), (3, "Serial"), (4, "Remote"))
REQUEST_LABELS: Final = ((0, "Leave"), *TIER_LABELS[1:4])
LINK_LABELS: Final = ((0, "None"), (1, "Connected"), (2, "Searching"), (3, "Lost"), (4, "Refused"))

#: (offset, name, kind, unit, decimals, meaning). Two words must not lie across a multiple of 125 in any station.
INPUTS: Final = (
    (2, "LinkAsked", Kind.U32, "", 0, "exchanges asked for"),
    (5, "LinkRtt", Kind.U16, "ms", 2, "last exchange, request to answer with its retries"),
    (6, "LinkRttMean", Kind.U16, "ms", 2, "mean of all"),
    (7, "LinkRttMax", Kind.U16, "ms", 2, "longest"),
    (8, "LinkAnswered", Kind.U32, "", 0, "exchanges answered"),
    (10, "LinkJitter", Kind.U16, "ms", 2, "smoothed change from one exchange to the next"),
    (11, "LinkRetries", Kind.U16, "", 0, "attempts beyond the first, stops at 65535"),
    (12, "LinkGarbled", Kind.U16, "", 0, "answers with a wrong CRC or length"),
    (13, "LinkTimeouts", Kind.U16, "", 0, "attempts without any answer"),
    (14, "LinkLate", Kind.U16, "", 0, "exchange instants that found no answer yet: the last one held"),
    (15, "LinkLost", Kind.U16, "", 0, "exchanges without a valid answer within the watchdog"),
    (16, "LinkConnects", Kind.U16, "", 0, "times that the board was found"),
    (17, "TwinDiffering", Kind.U16, "", 0, "bits: real sensors that differ from the plant now; 0-5 inputs, 6 safety, 7-10 analogue"),
    (18, "TwinDifferences", Kind.U16, "", 0, "differences so far"),
    (19, "TwinChannel", Kind.U16, "", 0, "the channel that was furthest off"),
    (21, "TwinWorst", Kind.U16, "count", 0, "by how much (1: a digital input)"),
    (22, "TwinSince", Kind.U16, "s", 0, "how long the oldest difference of now has lasted"),
)  # fmt: skip


def board_tags(io: StationIO) -> list[Tag]:
    """The tags of one station."""
    base = FIRST_INPUT + STRIDE * (io.number - 1)
    p, u16, server = f"{io.code}.", Kind.U16, Writer.SERVER
    return [
        Tag(p + "BoardTier", Table.INPUT, base, u16, server, "what stands for the station's board", labels=TIER_LABELS),
        Tag(p + "BoardLink", Table.INPUT, base + 1, u16, server, "link to a real board", labels=LINK_LABELS),
        *(
            Tag(p + name, Table.INPUT, base + offset, kind, server, doc, unit, decimals)
            for offset, name, kind, unit, decimals, doc in INPUTS
        ),
        Tag(p + "BoardRequest", Table.HOLDING, FIRST_HOLDING + io.number - 1, u16, Writer.MASTER,
            "kind of board to fit, taken while the station stands (0: leave it as it is)", "", 0, 0, 3, None, 0,
            REQUEST_LABELS, ENGINEERS),
    ]  # fmt: skip
