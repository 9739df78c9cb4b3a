"""The vector format: a wrong file is refused in words that name the place."""

from __future__ import annotations

import pytest

from protocols.stations.images import ACKNOWLEDGE, DUTY, LIMIT, put
from protocols.stations.io_table import MACHINING
from sector7.board_check.vector import Command, VectorError, parse

ROW = "[[at]]\nms = 0\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("station = ", "x.toml: is not valid TOML"),
        (ROW, "x.toml: station: field required"),
        (f"station = 13\n{ROW}", "x.toml: station: there is no station 13"),
        ("station = 4\nat = []", "x.toml: at: .* at least 1 item"),
        ("station = 4\n[[at]]\nms = 20", r"x.toml: at: rows begin with an exchange at 0 ms .* not \[20\]"),
        (f"station = 4\n{ROW}silent = true", "x.toml: at: rows begin with an exchange at 0 ms"),
        (f"station = 4\n{ROW}[[at]]\nms = 40\n[[at]]\nms = 20", "ascending order"),
        (f"station = 4\n{ROW}[[at]]\nms = 25", "x.toml: at.2.ms: .* multiple of 10, not 25"),
        (f"station = 4\n{ROW}inputs = ['clampd']", "x.toml: at 0 ms: 'clampd' is not one of .*clamped"),
        (f"station = 4\n{ROW}command = {{ outputs = ['clamped'] }}", "'clamped' is not one of .*spindle"),
        (f"station = 4\n{ROW}expect = {{ status = ['spindle'] }}", "'spindle' is not one of .*tripped"),
        (f"station = 4\n{ROW}counts = [1024]", "x.toml: at.1.counts.1: .* 1023, not 1024"),
        (f"station = 11\n{ROW}counts = [1, 2, 3, 4]", "ST11 has . analogue inputs, not 4"),
        (f"station = 4\n{ROW}expct = {{}}", "x.toml: at.1.expct: extra inputs are not permitted"),
        (f"station = 4\n{ROW}command = {{ duty = '7' }}", "x.toml: at.1.command.duty: .*integer"),
    ],
)
def test_a_wrong_vector_is_refused_by_its_place(text: str, says: str) -> None:
    with pytest.raises(VectorError, match=says):
        parse("x.toml", text)


def test_a_story_has_the_name_of_its_file_and_the_words_above_it() -> None:
    story = parse("slow.toml", f"# It is\n# slow.\nstation = 4\n{ROW}[[at]]\nms = 130")
    assert (story.name, story.title, story.io, story.end_us) == ("slow", "It is slow.", MACHINING, 130_000)


def test_a_command_is_the_image_that_the_board_gets() -> None:
    command = Command(outputs=["spindle"], acknowledge=True, duty=700, limits=[0, 600])
    image = MACHINING.output("spindle") | ACKNOWLEDGE | put(700, DUTY) | put(600, LIMIT[1])
    assert command.image(MACHINING) == image
