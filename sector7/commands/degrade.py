"""`sector7 degrade`: what standing in for a machine would cost, and asking for it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from protocols.address import HERE
from sector7.commands.connection import connected, taken
from sector7.commands.options import Where
from sector7.usage import UsageError

if TYPE_CHECKING:
    from protocols.modbus.client import PlantClient
    from protocols.tags.degraded_map import Cost

app = typer.Typer(no_args_is_help=True, help="Degraded modes: bypass a station, work by hand, reroute, cannibalise.")


@app.command()
def show(
    address: Where = HERE,
    station: Annotated[str, typer.Argument(help="Only this one, such as ST05.", metavar="STATION")] = "",
) -> None:
    """Show what every mode of a station is expected to cost, before you choose.

    Good robots, rejects and robots with defects of handwork per hour, manual minutes per hour, and how long it takes
    until the mode is in place. The figures are worked out from cycle times and the state of the line.
    """
    from protocols.stations.io_table import BY_NUMBER
    from protocols.tags.degraded_map import COST_FILE, ROW_WORDS, read_costs

    wanted = station_number(station) if station else 0

    async def look(client: PlantClient) -> tuple[dict[str, int], list[int]]:
        ((count, size),) = await client.read_file(COST_FILE, [(0, 2)])
        words = [count, size]
        for first in range(0, count, 10):
            rows = min(10, count - first)
            (part,) = await client.read_file(COST_FILE, [(2 + ROW_WORDS * first, ROW_WORDS * rows)])
            words += part
        return await client.read(1), words

    values, words = connected(address, look)
    rows = [row for row in read_costs(words) if wanted in (0, row.station)]
    if not rows:
        raise UsageError("STATION", station, "a station that is fitted there")
    for number in dict.fromkeys(row.station for row in rows):
        io = BY_NUMBER[number]
        sys.stdout.write(f"{io.code} {io.name}: {_now(values, io.code)}\n")
        sys.stdout.write("  mode         robots/h  rejects/h  defects/h  manual min/h  in place after  now\n")
        sys.stdout.writelines(_line(row) for row in rows if row.station == number)


@app.command("set")
def ask(
    address: Where,
    station: Annotated[str, typer.Argument(help="The station, such as ST05.", metavar="STATION")],
    mode: Annotated[str, typer.Argument(help="normal, bypass, manual, reroute or cannibalise.", metavar="MODE")],
    donor: Annotated[str, typer.Option(help="Whose parts cannibalise takes (role engineer).", metavar="STATION")] = "",
) -> None:
    """Ask for a mode of a station, which must be held or stopped; `normal` takes away what stands in."""
    from protocols.errors import Refusal as Refused
    from protocols.tags.degraded_map import REFUSAL_LABELS, Degrade, Refusal

    number = station_number(station)
    if mode.upper() not in Degrade.__members__:
        raise UsageError("MODE", mode, "normal, bypass, manual, reroute or cannibalise")
    chosen = Degrade[mode.upper()]
    if bool(donor) is not (chosen is Degrade.CANNIBALISE):
        raise UsageError("--donor", donor, "given with cannibalise, and only with it")
    wanted = {"Line.DegradeStation": number, "Line.DegradeMode": int(chosen)}
    if donor:
        wanted["Line.DegradeDonor"] = station_number(donor)

    async def order(client: PlantClient) -> None:
        before = (await client.read(1))["Line.DegradeTaken"]
        await client.write("Line.DegradeChangeRequest", 0)
        for name, raw in {**wanted, "Line.DegradeChangeRequest": 1}.items():
            await client.write(name, raw)
        values = await taken(client, lambda seen: seen["Line.DegradeTaken"] != before, "the request")
        result = values["Line.DegradeResult"]
        if result != Refusal.ACCEPTED:
            reason = dict(REFUSAL_LABELS)[Refusal(result)].removeprefix("Refused: ")
            raise Refused(client.partner, f"{mode} of ST{number:02d}", reason)
        sys.stdout.write(f"ST{number:02d}: {_now(values, f'ST{number:02d}')}\n")

    connected(address, order)


def station_number(text: str) -> int:
    """The number of a station that is written as ST05, st5 or 5. Raises UsageError."""
    digits = text.upper().removeprefix("ST")
    if not (digits.isascii() and digits.isdigit()) or not 1 <= int(digits) <= 12:
        raise UsageError("STATION", text, "ST01 to ST12")
    return int(digits)


def _now(values: dict[str, int], code: str) -> str:
    from protocols.tags.plant_map import PLANT_MAP

    def label(what: str) -> str:
        return PLANT_MAP[f"{code}.{what}"].label(values[f"{code}.{what}"])

    text = f"{label('DegradedMode').lower()}, {label('StateCurrent').lower()}"
    if values[f"{code}.DegradedPhase"] not in (0, 2):
        text += f", {label('DegradedPhase').lower()}"
    if values[f"{code}.DegradedParts"]:
        text += f", parts {label('DegradedParts').lower()}"
    left = values[f"{code}.DegradedLeft"]
    return text + (f", {left} s left" if left else "")


def _line(row: Cost) -> str:
    from protocols.tags.degraded_map import REFUSAL_LABELS

    figures = [row.rate, row.rejects, row.defects, row.hand]
    shown = "".join(f"{value / 10:>{width}.1f}" for value, width in zip(figures, (8, 11, 11, 14), strict=True))
    advice = dict(REFUSAL_LABELS)[row.advice].removeprefix("Refused: ").lower()
    advice = "possible" if advice == "accepted" else advice
    return f"  {row.mode.name.lower():12s} {shown} {row.effect_s:>13d} s  {advice}\n"
