"""The register page: words in every format, rows, marks, filter, pins."""

from __future__ import annotations

import asyncio
import struct
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hmi.dialogs.confirm import ConfirmDialog
from hmi.dialogs.register import RegisterDialog
from hmi.draw.spans import length
from hmi.frame import Frame
from hmi.link.actions import Result
from hmi.link.changes import Changes
from hmi.link.entry_file import EntryFile
from hmi.link.snapshot import LinkState
from hmi.link.words import Format, Words, read_wide
from hmi.link.writes import from_journal, from_log
from hmi.operations.register import WriteRegister
from hmi.panels.registers import UNITS, Sheet, listed, registers
from hmi.panels.write_log import write_log
from hmi.screens.registers import RegistersScreen
from protocols.modbus.server import PlantServer
from protocols.records.journal_files import write_words
from protocols.roles import Role
from protocols.tags.line_map import LINE_MAP
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.session_map import ActionResult, LoggedAction, Session
from protocols.tags.tag import Table
from tests.hmi.bench import Bench
from tests.hmi.conftest import Open
from tests.hmi.frames import frame, text
from tests.hmi.test_panels import any_frames
from tests.hmi.toy_plant import ToyPlant
from tests.pty_console import PATIENCE_S

SHEET = Sheet(1, "", Format.U16, False, (), 0)


def page(shown: Frame, sheet: Sheet = SHEET, changes: Changes | None = None, width: int = 140, height: int = 30) -> str:
    return text(registers(shown, sheet, listed(sheet), changes or Changes(), width, height))


@given(st.floats(width=32, allow_nan=False, allow_infinity=False), st.booleans())
def test_a_float_in_two_registers_reads_as_it_was_written(value: float, swapped: bool) -> None:
    first, second = struct.unpack(">HH", struct.pack(">f", value))
    pair = (second, first) if swapped else (first, second)
    assert float(read_wide(*pair, Format.F32, swapped)) == pytest.approx(value, rel=1e-6)


@given(st.integers(0, 2**32 - 1), st.booleans())
def test_integers_of_two_registers(value: int, swapped: bool) -> None:
    pair = (value & 0xFFFF, value >> 16) if swapped else (value >> 16, value & 0xFFFF)
    assert int(read_wide(*pair, Format.U32, swapped)) == value
    assert int(read_wide(*pair, Format.I32, swapped)) == (value - 2**32 if value >= 2**31 else value)


def test_formats_of_a_register() -> None:
    words = Words(
        LINE_MAP, {"Line.Rate": 0xFFFE, "Line.TaktTarget": 600, "Line.RobotsStarted": 65_537, "Line.AirOk": 1}
    )
    rate = PLANT_MAP["Line.Rate"]
    shown = {kind: words.text(rate, kind, False) for kind in Format}
    assert shown[Format.U16] == "65534"
    assert shown[Format.I16] == "-2"
    assert shown[Format.HEX] == "FFFE"
    assert shown[Format.BITS] == "11111111.11111110"
    assert shown[Format.U32] == str(0xFFFE << 16 | 600), "with the register behind it"
    assert words.text(PLANT_MAP["Line.RobotsStarted"], Format.U16, False) == "1 1"
    assert words.text(PLANT_MAP["Line.RobotsStarted"], Format.U32, False) == "65537"
    assert words.text(PLANT_MAP["Line.AirOk"], Format.F32, False) == "1", "bits have no format"
    assert words.text(PLANT_MAP["Line.OEE"], Format.HEX, False) == "", "not read"
    assert words.text(PLANT_MAP["Line.TaktTarget"], Format.F32, False) == "-", "nothing is known of the one behind"


def test_every_tag_is_found_by_name_description_or_address() -> None:
    assert len(listed(SHEET)) == len(LINE_MAP.tags)
    assert [tag.name for tag in listed(replace(SHEET, filter="ir37 air"))] == ["Line.AirPressure"]
    assert [tag.name for tag in listed(replace(SHEET, filter="COMPRESSED main"))] == ["Line.AirPressure"]
    assert listed(replace(SHEET, filter="nothing has this")) == []
    assert "No tag of this unit" in page(frame(), replace(SHEET, filter="nothing has this"))


def test_a_row_says_everything_of_a_tag() -> None:
    said = page(frame(), replace(SHEET, filter="line.airpressure"))
    assert "IR37    Line.AirPressure" in said
    for part in (" 642  6.42 bar", "GOOD", "R   plant", "compressed air main", "1 tags", "read 0.0 s ago"):
        assert part in said
    said = page(frame(), replace(SHEET, filter="line.cntrlcmd"))
    assert "RW  ope/eng/plc" in said


def test_pins_stay_on_top_and_survive_the_filter() -> None:
    sheet = replace(SHEET, pins=("Line.OEE", "ST05.Board.carrier"), filter="rate")
    assert listed(sheet)[0].name == "Line.OEE"
    assert all(tag.name != "ST05.Board.carrier" for tag in listed(sheet)), "it is of another unit"
    assert "^IR26" in page(frame(), sheet)


def test_a_change_is_marked_and_fades() -> None:
    changes = Changes()
    changes.note({"Line.OEE": 1, "Line.Rate": 5}, 90.0)
    changes.note({"Line.OEE": 2, "Line.Rate": 5}, 99.5)
    sheet = replace(SHEET, filter="line.oee")
    assert page(frame(), sheet, changes).splitlines()[3].startswith("▌")
    assert page(frame(age_s=1.4), sheet, changes).splitlines()[3].startswith("▏")
    assert changes.age("Line.Rate", 100.0) is None
    assert page(frame(), replace(SHEET, filter="line.rate"), changes).splitlines()[3].startswith(" ")


def test_forced_and_injected_terminals_are_marked_and_stale_values_too() -> None:
    marked = {"ST05.ForcedInputs": 1 << 2, "ST05.InjectedTerminals": 1 << 3 | 1 << 8}
    sheet = replace(SHEET, unit=15)
    said = {line[10:].split()[0]: line for line in page(frame(marked, board=5), sheet).splitlines()[3:]}
    io = PLANT_MAP.units[15].tags
    inputs = [tag.name for tag in io if tag.doc.startswith("digital input")]
    assert "FORCED" in said[inputs[2]]
    assert "INJECTED" in said[inputs[3]]
    assert "GOOD" in said[inputs[1]]
    assert "INJECTED" in page(frame(marked), replace(SHEET, filter="st05 press_force"))
    stale = page(frame(state=LinkState.LOST, age_s=9), replace(SHEET, filter="line.oee"))
    assert "?71.4 %" in stale
    assert "STALE" in stale
    assert "NO DATA" in page(frame(), replace(SHEET, unit=12)), "a board that is not polled"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_frames(), st.sampled_from(UNITS), st.sampled_from(Format), st.integers(80, 220), st.integers(20, 60))
def test_it_fits_whatever_was_read(shown: Frame, unit: int, kind: Format, width: int, height: int) -> None:
    sheet = Sheet(unit, "", kind, True, (), 7)
    lines = registers(shown, sheet, listed(sheet), Changes(), width, height)
    assert len(lines) <= height
    assert all(length(line) == width for line in lines)


async def test_the_registers_of_a_board_on_the_terminal(plant: ToyPlant, server: PlantServer, open_hmi: Open) -> None:
    hmi = await open_hmi(server.port, 100, 30)
    await hmi.shows("LINK OK")
    hmi.press("g")
    await hmi.shows("G REGISTERS", "UNIT 1  Line PLC", "CO0     Line.JamClearAll")
    hmi.press("/", "air", "pre")
    await hmi.shows("/ airpre_", "Line.AirPressure", "6.42 bar")
    hmi.press("enter")
    await hmi.shows_no_longer("Enter keep")
    hmi.press("f", "f")
    await hmi.shows("raw as hex, ABCD", "0282")
    plant.set(**{"Line.AirPressure": 577})
    await hmi.shows("5.77 bar", "▌ ")
    hmi.press("/", "escape")
    await hmi.shows("no filter")
    hmi.press("left")
    await hmi.shows("UNIT 22  Pack-out board", "ST12.Board.pallet_present")
    hmi.press("escape")
    await hmi.shows("1 OVERVIEW")


def test_the_write_log_is_of_all_tags_or_of_one() -> None:
    own = Session("127.0.0.1:51234", Role.ENGINEER)
    shown = replace(frame(), snapshot=replace(frame().snapshot, session=own))
    command, point = PLANT_MAP["Line.CntrlCmd"], PLANT_MAP["ST05.torque_low_sp"]
    other = LoggedAction(
        7, 61_000, 0, Role.PLC, ActionResult.IGNORED, 1, Table.HOLDING, command.address, 0, 4, "plc 10.0.0.9"
    )  # fmt: skip
    mine = LoggedAction(
        8, 62_000, 0, Role.ENGINEER, ActionResult.DONE, 1, Table.HOLDING, point.address, 540, 550, own.label
    )  # fmt: skip
    kept = EntryFile(3, 9, lambda entry: tuple(entry[:2]))
    kept.entries = [write_words(mine), write_words(other), [1, 2, 3]]
    said = text(write_log(shown, from_journal(kept), "", True, 140, 8))
    assert "WRITES to all tags" in said
    assert "00:01:02          *127.0.0.1:51234           ENGINEER ST05.torque_low_sp  5.40 -> 5.50 N·m  OK" in said
    assert "plc 10.0.0.9              PLC      Line.CntrlCmd  None -> Hold  IGNORED" in said, "not as a command"
    said = text(write_log(shown, from_journal(kept), "Line.CntrlCmd", True, 140, 8))
    assert "WRITES to Line.CntrlCmd" in said
    assert "torque" not in said
    assert "Nothing was written" in text(write_log(shown, from_journal(kept), "Line.UnitMode", True, 140, 8))
    assert len(write_log(shown, from_log([mine] * 20), "", False, 140, 6)) == 6


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([tag for tag in PLANT_MAP.by_name if PLANT_MAP[tag].may_write]), st.data())
def test_what_is_asked_names_place_range_and_roles(name: str, data: st.DataObject) -> None:
    tag = PLANT_MAP[name]
    raw = data.draw(st.integers(*tag.bounds))
    order = WriteRegister(name, raw)
    shown = frame({f"{name.partition('.')[0]}.Owner": 2} if "Board" in name else {})
    target, value, within, _ = order.facts(shown.raw)
    assert f"{tag.address} of unit {PLANT_MAP.by_name[name][0].unit}" in target
    assert f"→ {tag.digits(raw)}" in value
    assert f"{tag.digits(tag.bounds[0])}..{tag.digits(tag.bounds[1])}" in within
    assert all(role in within for role in tag.may_write)
    assert order.refusal(shown.raw).startswith("blocked by") is name.endswith((".debounce", ".watchdog"))
    low, high = tag.bounds
    for outside in (low - 1, high + 1):
        assert "outside" in WriteRegister(name, outside).refusal(shown.raw)


async def test_a_register_is_written_and_read_back(bench: Bench, plant: ToyPlant) -> None:
    page = bench.app.pages["registers"]
    assert isinstance(page, RegistersScreen)
    page.show_tag("Line.OrderTargetRequest", 1)
    await bench.press("g", "enter", "6", "5", "5", "3", "6", "enter")
    assert bench.shows(RegisterDialog), "outside of its range"
    await bench.press("backspace", "backspace", "backspace", "enter")
    await bench.until(lambda: bench.shows(ConfirmDialog))
    await bench.press("y")
    await bench.until(lambda: bench.last[0] is Result.OK)
    assert plant.writes == [("Line.OrderTargetRequest", 65)]
    page.show_tag("ST05.torque_low_sp", 1)
    plant.deaf = True
    await bench.press("e", "5", ".", "5", "enter")
    await bench.until(lambda: bench.shows(ConfirmDialog))
    await bench.press("y")
    await bench.until(lambda: len(plant.writes) == 2)
    bench.ahead_s += 30
    await bench.until(lambda: bench.last[0] is Result.NO_FEEDBACK)
    assert bench.last[1] == "stored, but not taken over", "a set point is proved by the value that acts"
    page.show_tag("Line.AirPressure", 1)
    await bench.press("enter")
    assert bench.last == (Result.REFUSED, "no master may write it: its value comes from the plant")
    page.show_tag("ST05.Board.debounce", 15)
    await bench.press("enter")
    assert bench.last == (Result.REFUSED, "it was not read yet")


async def test_what_is_swallowed_is_no_feedback() -> None:
    """A server that acknowledges a write and keeps its old value."""

    class Stubborn(ToyPlant):
        def write(self, unit: int, table: Table, address: int, values: list[int], who: str, role: Role) -> None:
            self.writes.append((who, values[0]))

    plant = Stubborn()
    server = PlantServer(plant, plant, PLANT_MAP, port=0)
    await server.start()
    bench = Bench(server.port)
    acquiring = asyncio.create_task(bench.desk.acquisition.run())
    async with asyncio.timeout(PATIENCE_S):
        while not bench.desk.frame().live:
            await bench.desk.acquisition.next_poll()
    giving = asyncio.create_task(bench.desk.commander.give(WriteRegister("Line.OrderTargetRequest", 5)))
    async with asyncio.timeout(PATIENCE_S):
        while not plant.writes:
            await bench.desk.acquisition.next_poll()
    bench.ahead_s += 30
    assert await giving is Result.NO_FEEDBACK
    assert bench.last[1] == "still 0"
    acquiring.cancel()
    await asyncio.gather(acquiring, return_exceptions=True)
    await server.stop()
