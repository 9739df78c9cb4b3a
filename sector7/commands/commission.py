"""`sector7 commission`: bring the stations of a dormant plant up, by the program or by hand, and read their ledger."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from protocols.address import HERE
from protocols.commissioning import FINDING_TEXTS, NOTHING_CHANGED, RESULT_TEXTS, Command, Finding, Result
from protocols.stations.io_table import STATIONS
from sector7.commands.connection import connected, taken
from sector7.commands.options import Where
from sector7.usage import UsageError

if TYPE_CHECKING:
    from protocols.commissioning import Entry
    from protocols.modbus.client import PlantClient
    from protocols.stations.station_io import StationIO

#: Entries of the ledger that are read with one request.
_AT_ONCE: Final = 7
_CODES: Final = {io.code: io for io in STATIONS}
#: Diagnoses by the word of this command.
_DIAGNOSES: Final = {
    FINDING_TEXTS[finding].lower().replace(" ", "-"): finding for finding in Finding if finding >= Finding.DEAD_BOARD
}

app = typer.Typer(
    no_args_is_help=True, help="Commission a dormant plant that is served somewhere, and read its ledger."
)
Station = Annotated[str, typer.Argument(help="A station, ST01 to ST12.", metavar="STATION")]


@app.command()
def ledger(
    address: Where = HERE,
    station: Annotated[str, typer.Option(help="Only this station.", metavar="STATION")] = "",
    failed: Annotated[bool, typer.Option("--failed", help="Only what failed.")] = False,
) -> None:
    """What was proved at the stations: step, what was checked, what was expected and seen, by whom."""
    from protocols.commissioning import STAGE_TEXTS, By, expected, seen, what
    from sector7.times import told

    only = _station(station).number if station else 0
    rows = connected(address, _evidence)
    for row in rows:
        if (only and row.station != only) or (failed and row.passed):
            continue
        mark = "ok    " if row.passed else "failed"
        sys.stdout.write(
            f"{told(row.at_us):>20s}  ST{row.station:02d}  {STAGE_TEXTS[row.stage]:13s} {mark}  {what(row)}: "
            f"expected {expected(row)}, seen {seen(row)} [{By(row.by).name.lower()}]\n"
        )
    if not rows:
        sys.stdout.write("the ledger is empty\n")


@app.command()
def auto(
    address: Where = HERE,
    station: Annotated[str, typer.Option(help="Only this station.", metavar="STATION")] = "",
    produce: Annotated[bool, typer.Option("--produce", help="Start the line after the last release.")] = False,
) -> None:
    """Have the program commission the line, or one station: it checks, calls the crew, checks again, releases."""
    if station and produce:
        raise UsageError("--produce", "with --station", "the whole line")
    number = _station(station).number if station else 0
    _order(address, number, Command.PRODUCE if produce else Command.AUTOMATIC)


@app.command()
def step(station: Station, address: Where = HERE) -> None:
    """Do the next step of a station by hand. The I/O check asks what you see: answer with confirm."""
    _order(address, _station(station).number, Command.STEP)


@app.command()
def inputs(station: Station, address: Where = HERE) -> None:
    """What the board of a station reads at its digital inputs, and what commissioning is doing there."""
    from protocols.commissioning import ACTIVITY_TEXTS, STAGE_TEXTS

    io = _station(station)

    async def look(client: PlantClient) -> tuple[dict[str, int], dict[str, int]]:
        return dict(await client.read(1)), dict(await client.read(10 + io.number))

    line, board = connected(address, look)
    step_, activity = line[f"{io.code}.CommissionStage"], line[f"{io.code}.CommissionActivity"]
    sys.stdout.write(f"{STAGE_TEXTS[step_].lower()}; {ACTIVITY_TEXTS[activity].lower()}\n")
    for number, name in enumerate(io.inputs):
        sys.stdout.write(f"  input {number}  {'on ' if board[f'{io.code}.Board.{name}'] else 'off'}  {name}\n")


@app.command()
def confirm(
    station: Station,
    seen: Annotated[
        str, typer.Argument(help="The input that changed, or none; of a transmitter right or wrong.", metavar="SEEN")
    ],
    address: Where = HERE,
) -> None:
    """Say what you saw when the sensor was held, or the calibrator connected."""
    io = _station(station)
    words = {"none": NOTHING_CHANGED, "right": 1, "wrong": 0, **_numbered(io)}
    _order(address, io.number, Command.CONFIRM, _choice("SEEN", seen, words))


@app.command()
def repair(
    station: Station,
    diagnosis: Annotated[str, typer.Argument(help=f"What is wrong: {', '.join(_DIAGNOSES)}.", metavar="DIAGNOSIS")],
    address: Where = HERE,
    other: Annotated[str, typer.Option("--with", help="The other one of two swapped inputs.", metavar="INPUT")] = "",
) -> None:
    """Send the crew for what failed last, with a diagnosis. A wrong one costs time and repairs nothing."""
    io = _station(station)
    finding = _choice("DIAGNOSIS", diagnosis, {word: int(number) for word, number in _DIAGNOSES.items()})
    if (finding == Finding.SWAPPED) is not bool(other):
        raise UsageError("--with", other or "nothing", "the other input, for swapped-inputs only")
    _order(address, io.number, Command.REPAIR, finding, _choice("--with", other, _numbered(io)) if other else 0)


@app.command()
def release(station: Station, address: Where = HERE) -> None:
    """Release a station whose hot cycle has passed."""
    _order(address, _station(station).number, Command.RELEASE)


@app.command()
def stop(
    address: Where = HERE, station: Annotated[str, typer.Option(help="Only this station.", metavar="STATION")] = ""
) -> None:
    """Stop commissioning; what has passed stays passed, and held sensors are let go."""
    _order(address, _station(station).number if station else 0, Command.STOP)


@app.command()
def hold(
    station: Station,
    sensor: Annotated[str, typer.Argument(help="A sensor by its name, or none to let go.", metavar="SENSOR")],
    address: Where = HERE,
) -> None:
    """Have a sensor held the other way round, to see where it is wired to (sector7 commission inputs)."""
    io = _station(station)
    words = {"none": NOTHING_CHANGED, **_numbered(io)}
    _order(address, io.number, Command.HOLD_SENSOR, _choice("SENSOR", sensor, words))


@app.command()
def submit(
    station: Station,
    sensors: Annotated[
        str, typer.Argument(help="The sensors wired to input 0, 1, 2, ..., separated by commas.", metavar="SENSORS")
    ],
    address: Where = HERE,
) -> None:
    """Submit the map of a station without drawings; it is scored against the truth, and taken over if it is right."""
    io = _station(station)
    names = [name.strip() for name in sensors.split(",")]
    if len(names) != len(io.inputs):
        raise UsageError("SENSORS", sensors, f"{len(io.inputs)} of {', '.join(io.inputs)}")
    numbers = [_choice("SENSORS", name, _numbered(io)) for name in names]

    async def work(client: PlantClient) -> int:
        await client.write_together({f"Line.MapInput{i}": number for i, number in enumerate(numbers)})
        await _command(client, io.number, Command.SUBMIT_MAP, 0, 0)
        return (await client.read(1))[f"{io.code}.MapScore"]

    score = connected(address, work)
    taken = ": the map is taken over" if score == len(names) else ""
    sys.stdout.write(f"{score} of {len(names)} inputs are right{taken}\n")


# ---- words
def _station(code: str) -> StationIO:
    io = _CODES.get(code.upper())
    if io is None:
        raise UsageError("STATION", code, "ST01 to ST12")
    return io


def _numbered(io: StationIO) -> dict[str, int]:
    return {name: number for number, name in enumerate(io.inputs)}


def _choice(what: str, word: str, known: dict[str, int]) -> int:
    if word not in known:
        raise UsageError(what, word, f"one of {', '.join(known)}")
    return known[word]


# ---- the server
def _order(address: str, station: int, command: Command, value: int = 0, other: int = 0) -> None:
    connected(address, lambda client: _command(client, station, command, value, other))
    sys.stdout.write("taken\n")


async def _command(client: PlantClient, station: int, command: Command, value: int, other: int) -> None:
    """Give a command and wait until the plant has taken it. Raises Refusal, LinkError."""
    from protocols.errors import Refusal

    await client.write("Line.CommissionChangeRequest", 0)
    await _result(client, lambda result: result == Result.NONE)
    await client.write_together(
        {
            "Line.CommissionStation": station,
            "Line.CommissionCommand": int(command),
            "Line.CommissionValue": value,
            "Line.CommissionOther": other,
            "Line.CommissionChangeRequest": 1,
        }
    )
    result = await _result(client, lambda result: result != Result.NONE)
    if result != Result.TAKEN:
        raise Refusal(client.partner, "commissioning", RESULT_TEXTS[result].removeprefix("Refused: "))


async def _result(client: PlantClient, fits: Callable[[int], bool]) -> int:
    values = await taken(client, lambda seen: fits(seen["Line.CommissionResult"]), "the command")
    return values["Line.CommissionResult"]


async def _evidence(client: PlantClient) -> list[Entry]:
    """The entries of the ledger, the oldest first."""
    from protocols.commissioning import entry_of
    from protocols.tags.commissioning_map import EVIDENCE_FILE

    [[count, words]] = await client.read_file(EVIDENCE_FILE, [(0, 2)])
    entries: dict[int, Entry] = {}
    for first in range(0, count, _AT_ONCE):
        some = min(_AT_ONCE, count - first)
        [registers] = await client.read_file(EVIDENCE_FILE, [(2 + first * words, some * words)])
        for entry in _cut(registers, words, entry_of):
            entries[entry.number] = entry
    return list(entries.values())


def _cut(registers: Sequence[int], words: int, entry_of: Callable[[list[int]], Entry]) -> list[Entry]:
    return [entry_of(list(registers[n : n + words])) for n in range(0, len(registers), words)]
