"""What a journal leaves out: a value that was written last and still stands. Taking it again would change nothing."""

from __future__ import annotations

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Writer
from sector7.rig.rig import Rig
from tests.sector7.lines import SECOND, small

CODE: Final = "ST05"
#: Everything that masters write for one station, and to its board; of ranges a few values.
TAGS: Final = tuple(
    tag.name
    for _, tag in PLANT_MAP.rows()
    if tag.table.is_writable and tag.name.startswith(CODE) and not tag.name.endswith("Heartbeat")
    if tag.writer is Writer.MASTER or ".Board." in tag.name
)
#: Those that meet each other.
CLOSE: Final = tuple(
    f"{CODE}.{n}"
    for n in (
        "OwnerRequest",
        "ExternalState",
        "ExternalAlive",
        "CntrlCmd",
        "CmdChangeRequest",
        "Board.clamp",
        "Board.program",
    )
)


def value_of(name: str, pick: int) -> int:
    if name.endswith("ExternalAlive"):
        return pick % 2
    low, high = PLANT_MAP[name].bounds
    return min(low + pick, high)


def write(rig: Rig, name: str, raw: int) -> None:
    """As the server does: what goes to a board counts only if it is owned."""
    if ".Board." not in name or rig.ownership.owns(15):
        rig.request(name, raw)


ACTIONS: Final = st.tuples(st.sampled_from(CLOSE) | st.sampled_from(TAGS), st.integers(0, 4), st.booleans())


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTIONS, min_size=5, max_size=60))
def test_leaving_out_what_repeats_leads_to_the_same_trace(actions: list[tuple[str, int, bool]]) -> None:
    all_, few = Rig(small(), 1), Rig(small(), 1)
    left_out = 0
    for rig in (all_, few):
        rig.run(20 * SECOND)
    for name, pick, go_on in actions:
        raw = value_of(name, pick)
        write(all_, name, raw)
        if few.orders.repeats(name, raw):
            left_out += 1
        else:
            write(few, name, raw)
        assert few.orders.requested == all_.orders.requested
        assert few.orders.owned == all_.orders.owned
        if go_on:
            for rig in (all_, few):
                rig.run(rig.now + SECOND)
    for rig in (all_, few):
        rig.run(rig.now + 20 * SECOND)
    assert few.trace.sha256() == all_.trace.sha256()
    for a, b in zip(few.cabinets, all_.cabinets, strict=True):
        assert (a.seat.image, a.seat.reported, a.seat.owner) == (b.seat.image, b.seat.reported, b.seat.owner)
