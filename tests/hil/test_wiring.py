"""The wiring is that of the firmware and of the tags; the committed page and pictures are what these give."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from hil import wiring, wiring_export, wiring_picture
from hil.profile_image import profile_words
from hil.toolchain import EMULATOR, FIRMWARE
from protocols.stations.io_table import MACHINING, STATIONS
from protocols.stations.station_io import StationIO
from protocols.tags.plant_map import PLANT_MAP

EACH = pytest.mark.parametrize("io", STATIONS, ids=lambda io: io.name)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", wiring_export.files())
def test_the_committed_file_is_what_the_declarations_give(name: str) -> None:
    said = (wiring_export.TOP / name).read_text("utf-8")
    assert said == wiring_export.files()[name], "run `make map` and commit the result"


def test_there_is_no_picture_of_a_station_that_is_gone() -> None:
    there = {str(file.relative_to(wiring_export.TOP)) for file in (wiring_export.TOP / "docs/wiring").iterdir()}
    assert there == {name for name in wiring_export.files() if name.endswith(".svg")}


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    assert len(wiring_export.write_all(tmp_path)) == 1 + len(STATIONS)
    assert wiring_export.write_all(tmp_path) == []


def uno(port: str, bit: int) -> str:
    """The name on an Uno of a pin of the processor."""
    return f"A{bit}" if port == "C" else f"D{bit + 8 * (port == 'B')}"


def test_the_pins_are_those_that_the_emulator_drives() -> None:
    """Whose tests run the firmware: so they are the firmware's."""
    source = (EMULATOR / "pins.c").read_text()
    found = {
        name: [uno(port, int(bit)) for port, bit in re.findall(r"\{'(\w)', (\d)\}", row)]
        for name, row in re.findall(r"struct pin (inputs|outputs)\[\d\] = \{(.*)\};", source)
    }
    assert found == {"inputs": [*wiring.INPUTS, wiring.SAFETY], "outputs": list(wiring.OUTPUTS)}
    pulses = dict(re.findall(r"(STEP|DIRECTION)_PIN = (\d)", (EMULATOR / "pulses.c").read_text()))
    assert (uno("B", int(pulses["STEP"])), uno("B", int(pulses["DIRECTION"]))) == (wiring.STEP, wiring.DIRECTION)
    header = (FIRMWARE / "hal" / "avr" / "hal_avr.c").read_text()
    assert "A0-A3" in header
    assert len(wiring.ANALOGS) == 4


@EACH
def test_every_terminal_has_one_pin_and_every_pin_one_terminal(io: StationIO) -> None:
    found = wiring.wires(io)
    pins = [wire.pin for wire in found]
    assert len(pins) == len(set(pins))
    assert set(pins) <= {*wiring_picture.LEFT, *wiring_picture.RIGHT}
    named = {wire.tag.rsplit(".", 1)[1] for wire in found}
    assert named >= {"safety_ok", *io.inputs, *io.outputs, *(f"{a.name}_counts" for a in io.analogs)}
    assert (wiring.STEP in pins) == (io.axis is not None)
    for wire in found:
        tag = PLANT_MAP[wire.tag]
        assert wire.register == f"{tag.table} {tag.address}"


def test_what_is_said_of_outputs() -> None:
    said = {wiring.short(wire): (wire.pin, wire.connect) for wire in wiring.wires(MACHINING)}
    assert said["spindle"] == ("D10", "PWM, only while clamped")
    assert said["clamp"] == ("D12", "stays in the safe state")
    assert said["infeed_motor"] == ("A5", "5 V = on")
    assert said["spindle_load"] == ("A1", "0 to 5 V = 0 to 150 %")


@EACH
def test_a_modulated_output_is_at_a_pin_with_a_modulator(io: StationIO) -> None:
    for wire in wiring.wires(io):
        assert not wire.connect.startswith("PWM") or wire.pin in wiring.MODULATORS


@EACH
def test_the_picture_shows_every_wire_and_nothing_leaves_it(io: StationIO) -> None:
    root = ET.fromstring(wiring_picture.picture(io))
    texts = {element.text for element in root.iter(f"{SVG}text")}
    for wire in wiring.wires(io):
        assert {wire.pin, wiring.short(wire), wire.connect} <= texts
        # a letter of 14 is 7.5 wide on average in a wide typeface
        assert 7.5 * len(wire.connect) < wiring_picture.LABEL - 28
    for box in root.iter(f"{SVG}rect"):
        left, top = float(box.get("x", 0)), float(box.get("y", 0))
        assert left >= 0
        assert left + float(box.get("width", 0)) <= wiring_picture.WIDTH
        assert top + float(box.get("height", 0)) <= wiring_picture.HEIGHT
    ends = [float(line.get("x1", 0)) for line in root.iter(f"{SVG}line")]
    assert len(ends) >= len(wiring.wires(io)) + 4


def test_the_page_tells_each_profile() -> None:
    page = wiring_export.files()["docs/wiring.md"]
    for io in STATIONS:
        assert f"`{' '.join(map(str, profile_words(io)))}`" in page
