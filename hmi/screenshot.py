"""Takes a picture of a screen: python -m hmi.screenshot HOST:PORT OUT.svg [--size 140x42] [--screen PAGE|station:5]."""

from __future__ import annotations

import argparse
import asyncio
import html
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hmi.app import HmiApp
from hmi.desk import desk
from hmi.draw.themes import DARK, THEMES
from hmi.link.connect import plant_client
from hmi.screens.pages import BY_NAME

#: How long to wait for the first good poll (seconds).
PATIENCE_S = 10.0

_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_MATRIX_FONT = re.compile(r"font-family:\s*Fira Code\b[^;]*;\s*font-size: 20px;")
#: Fonts of the viewer's own machine. The size makes DejaVu's cells as wide as the picture's.
_FONTS = "font-family: 'DejaVu Sans Mono', 'Fira Code', Menlo, Consolas, monospace; font-size: 20.26px;"
_RUN = re.compile(r'<text class="([^"]+)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+"[^>]*>([^<]*)</text>')
_CELL = 12.2
#: What is placed as one: a word, or a single braille cell (few monospaced fonts have them, and others are wider).
_PIECE = re.compile(r"[\u2800-\u28ff]|[^\s\u2800-\u28ff]+")


def tidy(svg: str) -> str:
    """The picture without references to other hosts, every word on its cell whatever the font's metrics."""
    return _RUN.sub(_placed, _MATRIX_FONT.sub(_FONTS, _FONT_FACE.sub("", svg)))


def _placed(run: re.Match[str]) -> str:
    style, x, y, text = run.groups()
    words = _PIECE.finditer(html.unescape(text))
    return "".join(
        f'<text class="{style}" x="{float(x) + word.start() * _CELL:g}" y="{y}" '
        f'textLength="{len(word[0]) * _CELL:g}">{html.escape(word[0])}</text>'
        for word in words
    )


@dataclass(frozen=True)
class Shot:
    """What to photograph: a page of the table of screens (with a number: that station's), in a size and a theme."""

    page: str = "overview"
    station: int = 0
    size: tuple[int, int] = (140, 42)
    theme: str = DARK


async def picture(host: str, port: int, shot: Shot, settle_s: float) -> str:
    """The SVG of a screen fed by the server at `host`:`port`.

    Raises TimeoutError if no poll succeeds. `settle_s` lets trends gather samples and pages read their files.
    """
    shared = desk(plant_client(host, port), time.monotonic)
    app = HmiApp(shared)
    async with app.run_test(size=shot.size) as pilot:
        app.theme = shot.theme
        async with asyncio.timeout(PATIENCE_S):
            while not shared.frame().live:
                await pilot.pause(0.05)
            if shot.station:
                app.open_station(shot.station)
                while not shared.acquisition.snapshot.board_of(shot.station):
                    await pilot.pause(0.05)
            else:
                app.open_page(shot.page)
        await pilot.pause(max(settle_s, 0.3))
        return tidy(app.export_screenshot(simplify=True))


def main(arguments: Sequence[str]) -> int:
    """The command. Returns 0, or 3 if the server cannot be read."""
    parser = argparse.ArgumentParser(prog="hmi.screenshot", description="Take an SVG picture of a screen.")
    parser.add_argument("server", help="HOST:PORT of a plant server")
    parser.add_argument("file", type=Path, help="SVG file to write")
    parser.add_argument("--size", type=_size, default=(140, 42), metavar="140x42")
    parser.add_argument("--screen", type=_screen, default=("overview", 0), metavar="PAGE|station:5")
    parser.add_argument("--theme", choices=list(THEMES), default=DARK)
    parser.add_argument("--settle", type=float, default=1.0, metavar="SECONDS", help="wait before taking the picture")
    options = parser.parse_args(arguments)
    host, _, port = options.server.rpartition(":")
    page, station = options.screen
    shot = Shot(page, station, options.size, options.theme)
    try:
        svg = asyncio.run(picture(host or "127.0.0.1", int(port), shot, options.settle))
    except TimeoutError:
        sys.stderr.write(f"hmi.screenshot: {options.server} gave no data within {PATIENCE_S:.0f} s\n")
        return 3
    options.file.write_text(svg, encoding="utf-8")
    return 0


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def _screen(text: str) -> tuple[str, int]:
    name, _, number = text.partition(":")
    if name not in BY_NAME or (number and not (name == "station" and 1 <= int(number) <= 12)):
        raise ValueError(text)
    return name, int(number or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
