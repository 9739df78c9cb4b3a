"""`sector7 map`: the register map in the formats of those who need it."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sector7.commands.output import write_text
from sector7.usage import UsageError

app = typer.Typer(no_args_is_help=True, help="The Modbus register map.")


class MapFormat(StrEnum):
    """Formats of `map export`."""

    CSV = "csv"
    MD = "md"
    C = "c"
    OPENPLC = "openplc"
    NODE_RED = "node-red"


@app.command("export")
def map_export(
    form: Annotated[
        MapFormat,
        typer.Option(
            "--format",
            help="csv for tools, md to read, c for firmware, openplc: its slave devices (mbconfig.cfg), "
            "node-red: a flow to import.",
        ),
    ] = MapFormat.MD,
    out: Annotated[Path | None, typer.Option(help="A file instead of standard output.")] = None,
    stations: Annotated[
        str, typer.Option(help="For openplc: the stations that the PLC shall command, such as 5,6.")
    ] = "5,6",
) -> None:
    """Write the register map: every tag with its unit, table, address, format, range and meaning."""
    from protocols.exports import c_header as export_c
    from protocols.exports import csv_table as export_csv
    from protocols.exports import markdown_page as export_markdown
    from protocols.exports import node_red as export_node_red
    from protocols.exports import openplc as export_openplc
    from protocols.tags.plant_map import PLANT_MAP

    render = {
        MapFormat.CSV: export_csv.render,
        MapFormat.MD: export_markdown.render,
        MapFormat.C: export_c.render,
        MapFormat.NODE_RED: export_node_red.render,
    }
    text = render[form](PLANT_MAP) if form in render else export_openplc.render(PLANT_MAP, _numbers(stations))
    if out is None:
        sys.stdout.write(text)
    else:
        write_text("--out", out, text)


def _numbers(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdigit() for part in parts):
        raise UsageError("--stations", text, "a list of stations such as 5,6")
    return [int(part) for part in parts]
