"""Takes a picture of a screen: python -m hmi.screenshot HOST:PORT OUT.svg [--size 140x42] [--screen station:5]."""

from __future__ import annotations

import argparse
import asyncio
import html
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from hmi.app import HmiApp
from hmi.desk import desk
from hmi.link.connect import plant_client

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


async def picture(host: str, port: int, size: tuple[int, int], station: int, settle_s: float) -> str:
    """The SVG of a screen fed by the server at `host`:`port`; `station` 0 is the overview.

    Raises TimeoutError if no poll succeeds. `settle_s` lets trends gather samples.
    """
    shared = desk(plant_client(host, port), time.monotonic, read_only=False)
    app = HmiApp(shared)
    async with app.run_test(size=size) as pilot:
        async with asyncio.timeout(PATIENCE_S):
            while not shared.frame().live:
                await pilot.pause(0.05)
            if station:
                app.open_station(station)
                while not shared.acquisition.snapshot.board_of(station):
                    await pilot.pause(0.05)
        await pilot.pause(max(settle_s, 0.3))
        return tidy(app.export_screenshot(simplify=True))


def main(arguments: Sequence[str]) -> int:
    """The command. Returns 0, or 3 if the server cannot be read."""
    parser = argparse.ArgumentParser(prog="hmi.screenshot", description="Take an SVG picture of a screen.")
    parser.add_argument("server", help="HOST:PORT of a plant server")
    parser.add_argument("file", type=Path, help="SVG file to write")
    parser.add_argument("--size", type=_size, default=(140, 42), metavar="140x42")
    parser.add_argument("--screen", type=_station, default=0, metavar="overview|station:5", dest="station")
    parser.add_argument("--settle", type=float, default=1.0, metavar="SECONDS", help="wait before taking the picture")
    options = parser.parse_args(arguments)
    host, _, port = options.server.rpartition(":")
    try:
        svg = asyncio.run(picture(host or "127.0.0.1", int(port), options.size, options.station, options.settle))
    except TimeoutError:
        sys.stderr.write(f"hmi.screenshot: {options.server} gave no data within {PATIENCE_S:.0f} s\n")
        return 3
    options.file.write_text(svg, encoding="utf-8")
    return 0


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def _station(text: str) -> int:
    if text == "overview":
        return 0
    name, _, number = text.partition(":")
    if name != "station" or not 1 <= int(number) <= 12:
        raise ValueError(text)
    return int(number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
