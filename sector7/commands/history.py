"""`sector7 history`: what a plant's values were."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sector7.usage import UsageError, parse_duration

if TYPE_CHECKING:
    from sector7.historian.export import Table
    from sector7.historian.reader import History

app = typer.Typer(no_args_is_help=True, help="The history that `sector7 serve --state DIR` keeps.")

Folder = Annotated[Path, typer.Argument(help="A state folder of `sector7 serve --state`.", metavar="DIR")]


class Format(StrEnum):
    """Of an exported table."""

    CSV = "csv"
    PARQUET = "parquet"


@app.command("list")
def list_tags(folder: Folder) -> None:
    """List what is recorded: tag, unit, number of changes, last value."""
    from sector7.historian.export import text

    history = _open(folder)
    span = history.span()
    if span is None:
        sys.stdout.write("nothing is recorded yet\n")
        return
    first, last = (f"{at / 1000:.0f} s" for at in span)
    for column in history.columns():
        value = text(history.value(column.number, span[1]), column.decimals) or "unknown"
        sys.stdout.write(f"{column.name:<30} {column.unit:<9} {history.size(column.number):>9} {value:>12}\n")
    size = history.path.stat().st_size / 1e6
    sys.stdout.write(f"plant time {first} to {last}, {size:.1f} MB\n")


@app.command()
def export(
    folder: Folder,
    tags: Annotated[
        str, typer.Option(help="Tags or patterns, separated by commas, such as 'Line.OEE,ST02.*'.", metavar="TAGS")
    ] = "*",
    from_: Annotated[str, typer.Option("--from", help="Plant time to begin at, e.g. 90s, 2h.", metavar="T")] = "",
    to: Annotated[str, typer.Option(help="Plant time to end at (default: all there is).", metavar="T")] = "",
    every: Annotated[
        str, typer.Option(help="All values at regular times, such as 1s, instead of every change.", metavar="T")
    ] = "",
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.CSV,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of standard output.")] = None,
) -> None:
    """Write the history as a table.

    Every change is a row: plant time in seconds, wall time, tag, value, unit. With --every each tag has a column, and
    there is a row for every so often. A value holds until the next; an empty one is unknown.
    """
    from sector7.historian.export import Table, choose, write_csv

    if format_ is Format.PARQUET and out is None:
        raise UsageError("--format", "parquet", "for standard output: name a file with --out")
    start, end, step = (
        _milliseconds(name, value) for name, value in (("--from", from_), ("--to", to), ("--every", every))
    )
    if every and not step:
        raise UsageError("--every", every, "at least a thousandth of a second")
    if to and end < start:
        raise UsageError("--to", to, f"behind --from {from_}")
    history = _open(folder)
    span = history.span() or (0, -1)
    columns = choose(history, tags)
    table = Table(history, columns, max(start, span[0]), min(end, span[1]) + 1 if to else span[1] + 1, step)
    if out is None:
        write_csv(table, sys.stdout)
        return
    rows = _write(table, out, format_)
    sys.stdout.write(f"{rows} rows of {len(columns)} tags written to {out}\n")


def _open(folder: Path) -> History:
    from sector7.historian.reader import History
    from sector7.historian.store import DATABASE

    return History(folder / DATABASE)


def _milliseconds(option: str, text: str) -> int:
    return 0 if text in ("", "0", "0s") else parse_duration(text, what=option) // 1000


def _write(table: Table, out: Path, format_: Format) -> int:
    """Whole or not at all."""
    from sector7.historian.export import write_csv, write_parquet

    draft = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        if format_ is Format.PARQUET:
            rows = write_parquet(table, draft)
        else:
            with draft.open("w", encoding="utf-8", newline="") as file:
                rows = write_csv(table, file)
        draft.replace(out)
    except OSError as error:
        raise UsageError("--out", str(out), f"a file that can be written: {error.strerror or error}") from None
    finally:
        draft.unlink(missing_ok=True)
    return rows
