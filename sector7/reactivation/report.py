"""The ledger in reports: what was proved at each station, and what was found there."""

from __future__ import annotations

from typing import Any

from firmware_sim.commissioning.commissioner import Commissioner
from protocols.commissioning import FINDING_TEXTS, STAGE_TEXTS, By, Entry, expected, seen, what
from sector7.reactivation.desk import CommissioningDesk
from sector7.times import told


def ledger_rows(desk: CommissioningDesk) -> list[dict[str, Any]]:
    """Every station with its step and its evidence, for JSON."""
    return [_station(desk, station) for station in desk.program.stations]


def ledger_text(desk: CommissioningDesk) -> str:
    """The ledger for people: a line for each station."""
    lines = ["station        step           released at            checks  what was found"]
    for row in ledger_rows(desk):
        found = dict.fromkeys(e["finding"] for e in row["evidence"] if e["finding"])
        at = "" if row["released_s"] is None else told(round(row["released_s"] * 1e6))
        name = f"{row['station']} {row['name']:11s} {row['step']:14s} {at:22s}"
        lines.append(f"{name} {len(row['evidence']):5d}   {', '.join(found)}".rstrip())
    return "\n".join(lines) + "\n"


def _station(desk: CommissioningDesk, station: Commissioner) -> dict[str, Any]:
    io, ledger = station.unit.io, station.ledger
    return {
        "station": io.code,
        "name": io.name,
        "step": STAGE_TEXTS[ledger.stage],
        "released_s": ledger.released_us / 1e6 if ledger.released_us >= 0 else None,
        "evidence": [_row(entry) for entry in desk.book.entries() if entry.station == io.number],
    }


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at_s": entry.at_us / 1e6,
        "step": STAGE_TEXTS[entry.stage],
        "what": what(entry),
        "by": By(entry.by).name.lower(),
        "expected": expected(entry),
        "seen": seen(entry),
        "passed": entry.passed,
        "finding": FINDING_TEXTS[entry.finding] if entry.finding else None,
    }
