"""The page of injected faults: root causes for everybody, commands for engineers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import pytest

from hmi.dialogs.menu import MenuDialog
from hmi.draw.ink import CURSOR
from hmi.draw.spans import length
from hmi.link.actions import Result
from hmi.link.snapshot import LinkState
from hmi.operations.faults import ClearFault
from hmi.panels.faults import faults
from hmi.screens.faults import FaultsScreen
from protocols.modbus.doors import TcpDoor
from protocols.modbus.server import PlantServer
from protocols.roles import Role
from protocols.tags.fault_map import ACTIVE_FILE, MOST, ROW_WORDS, FaultResult, FaultRow, row_words
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.tag import Table
from tests.hmi.bench import Bench
from tests.hmi.conftest import Open
from tests.hmi.frames import frame, text
from tests.hmi.toy_plant import ToyPlant

MINUTE = 60_000_000
STUCK = FaultRow(3, 1, 5, 2, 0, True, 7 * MINUTE, 0, 5 * MINUTE, 1, (), "an engineer over Modbus", "", "")
OFFSET = FaultRow(7, 10, 2, 0, 0, False, 8 * MINUTE, 0, 0, 4, (2.5,), "scenario siege", "a leaking seal", "")
AIR = FaultRow(9, 60, 0, 0, 0, True, 9 * MINUTE, 0, 0, 1, (), "scenario siege", "", "")
ROWS = (STUCK, OFFSET, AIR)


def page(rows: Sequence[FaultRow] | None, cursor: int = 0, width: int = 140, height: int = 38, **options: int) -> str:
    changes = {"Line.InjectionsActive": len(rows or ()), "Line.InjectionsTotal": 11}
    return text(faults(frame(changes | options), rows, cursor, width, height))


# ---- the panel
def test_every_fault_tells_its_root_cause() -> None:
    said = page(ROWS, 1).splitlines()
    assert "3 active, 11 since the run began" in said[0]
    assert said[2].split() == [
        "3", "●", "ST05", "stuck_on", "clamped", "00:07:00", "00:12:00", "an", "engineer", "over", "Modbus",
    ]  # fmt: skip
    assert said[3].split()[:6] == ["7", "○", "ST02", "offset", "ram_force", "00:08:00"]
    assert "cleared" in said[3]
    assert said[4].split()[:7] == ["9", "●", "the", "line", "utility_loss", "air", "00:09:00"]
    assert "FAULT 7: offset at ST02.ram_force" in said[5]
    assert "value 2.5" in said[7]
    assert "came 4 times" in said[7]
    assert "Root cause scenario siege: a leaking seal" in said[8]


def test_a_low_screen_shows_the_rows_around_the_cursor_and_says_how_many_there_are() -> None:
    rows = [replace(STUCK, number=n) for n in range(1, MOST + 1)]
    for cursor in (0, 31, MOST - 1):
        lines = faults(frame(), rows, cursor, 80, 20)
        assert len(lines) == 20
        assert all(length(line) == 80 for line in lines)
        assert f"{cursor + 1} of {MOST}" in text(lines)
        chosen = [part.strip() for line in lines for part, ink in line if ink == CURSOR]
        assert chosen == [str(cursor + 1)]


def test_what_there_is_to_say_without_a_fault() -> None:
    assert "No fault is injected." in page(())
    assert "does not tell its faults" in page(None)
    assert "Reading them." in text(faults(frame({"Line.InjectionsActive": 2}), (), 0, 80, 20))
    assert "?1 active" in text(
        faults(frame({"Line.InjectionsActive": 1}, state=LinkState.LOST, age_s=9), (STUCK,), 0, 140, 20)
    )


def test_one_that_has_ended_is_not_cleared() -> None:
    assert ClearFault(STUCK).refusal(frame({"ST05.InjectedFaults": 1}).raw) == ""
    assert ClearFault(STUCK).refusal(frame().raw) == "it has ended already"
    assert ClearFault(AIR).refusal(frame({"Line.InjectedFaults": 1}).raw) == ""


# ---- the page
class FaultyPlant(ToyPlant):
    """A toy plant with faults: it tells them in file 30 and clears the one that it is told to."""

    def __init__(self, rows: Sequence[FaultRow]) -> None:
        super().__init__()
        self.rows = list(rows)
        self._count()

    def read(self, file: int, record: int, count: int) -> Sequence[int] | None:
        """See port `FileSource`."""
        words = [len(self.rows), ROW_WORDS, *chain.from_iterable(map(row_words, self.rows))]
        part = words[record : record + count]
        return part if file == ACTIVE_FILE and len(part) == count else None

    def write(self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role) -> None:
        """See port `Commands`."""
        super().write(unit, table, address, values, who, role)
        if self.get("Line.FaultClearRequest"):
            number = self.get("Line.FaultNumber")
            self.rows = [row for row in self.rows if row.number != number]
            self.set(**{"Line.FaultResult": FaultResult.CLEARED, "Line.FaultResultNumber": number})
            self.set(**{"Line.FaultCommandsTaken": 1})
            self._count()

    def _count(self) -> None:
        stations = {f"ST{row.station:02d}.InjectedFaults": 1 for row in self.rows if row.station}
        self.set(**{"Line.InjectionsActive": len(self.rows), "Line.InjectionsTotal": 11} | stations)


async def test_an_engineer_clears_one_of_them(open_hmi: Open) -> None:
    plant = FaultyPlant(ROWS)
    server = PlantServer(plant, plant, PLANT_MAP, port=0, files=plant)
    await server.start()
    hmi = await open_hmi(server.port, 80, 24)
    await hmi.shows("LINK OK")
    hmi.press("b", "x")
    await hmi.shows("X FAULTS", "stuck_on", "Root cause an engineer over Modbus", "N Inject", "Enter Clear")
    hmi.press("down", "enter")
    await hmi.shows("Fault 7: offset at ST02.ram_force", "Clear fault 7", "Clear injected faults")
    hmi.press("enter")
    await hmi.shows("Clear fault 7 ?", "offset, since 00:08:00", "[  Cancel  ]")
    hmi.press("y")
    await hmi.shows("Clear fault 7  offset at ST02.ram_force  OK  fault 7", "2 active")
    await hmi.until(lambda: "ram_force" not in "".join(hmi.lines[:-2]), "the list without it")
    assert ("Line.FaultNumber", 7) in plant.writes
    hmi.press("n")
    await hmi.shows("Inject a fault: where", "ST01 Kitting")
    hmi.press("enter")
    await hmi.shows("Inject a fault at ST01: kind", "stuck_on ...")
    await server.stop()


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.VIEWER], ids=str)
async def test_others_look_and_are_told_why_they_may_not(role: Role) -> None:
    plant = FaultyPlant(ROWS)
    server = PlantServer(plant, plant, PLANT_MAP, port=None, doors=[TcpDoor(port=0, role=role)], files=plant)
    await server.start()
    bench = Bench(server.port)
    async with bench.app.run_test(size=(80, 24)) as pilot:
        bench.pilot = pilot
        await bench.until(lambda: bench.desk.frame().live)
        page = bench.app.pages["faults"]
        assert isinstance(page, FaultsScreen)
        await bench.press("x")
        await bench.until(lambda: "Root cause" in text(page.body(bench.desk.frame(), 80, 20)))
        assert not next(key for key in page.keys(bench.desk.frame()) if key.key == "enter").enabled
        for key, what in (("enter", "Clear fault 3"), ("n", "Inject a fault")):
            await bench.press(key)
            if role is Role.OPERATOR:
                await bench.press("enter")  # in the list nothing can be taken
            assert bench.shows(MenuDialog) is (role is Role.OPERATOR)
            if role is Role.OPERATOR:
                assert "may not do this" in bench.desk.commander.refusal(ClearFault(STUCK))
                await bench.press("escape")
            else:
                assert bench.desk.log.latest(1)[0].what == what
                assert bench.last == (Result.REFUSED, "the role viewer may only look")
    assert plant.writes == []
    await server.stop()
