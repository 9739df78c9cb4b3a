"""Lines leave the program in the colours they were drawn in."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.filter import ANSIToTruecolor

from hmi.screens.pages import PAGES
from hmi.widgets.line_view import LineView
from protocols.packml import State
from tests.hmi.bench import Bench
from tests.hmi.toy_plant import ToyPlant


@pytest.mark.parametrize("theme", ["dark", "light", "mono"])
async def test_no_colour_wants_conversion(theme: str, bench: Bench, plant: ToyPlant) -> None:
    """Textual converts what is no true colour; line views leave that out, so there must be nothing to convert."""
    plant.set(**{"ST05.StateCurrent": State.HELD, "ST07.StateCurrent": State.ABORTED, "Line.AlarmFlood": 1})
    await bench.until(lambda: bench.desk.frame().raw("Line.AlarmFlood"))
    bench.app.theme = theme
    convert = ANSIToTruecolor(bench.app.ansi_theme)
    lines = 0
    for page in PAGES:
        bench.app.open_page(page.name)
        await bench.pilot.pause()
        for view in bench.app.screen.query(LineView):
            assert not any(isinstance(each, ANSIToTruecolor) for each in view.get_line_filters())
            for y in range(view.size.height):
                strip = view.render_line(y)
                assert list(strip.apply_filter(convert, Color.parse("#101214"))) == list(strip), page.title
                lines += 1
    assert lines > 300
