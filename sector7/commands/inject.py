"""`sector7 inject`: break things in a running plant, see what is broken, mend it."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from protocols.address import HERE
from sector7.commands.connection import connected, taken
from sector7.times import told
from sector7.usage import UsageError, parse_duration

if TYPE_CHECKING:
    from protocols.modbus.client import PlantClient
    from protocols.tags.fault_map import FaultRow


Where = Annotated[str, typer.Argument(help="A server with this register map; you need the role engineer.",
                                      metavar="HOST:PORT")]  # fmt: skip


class _Group(TyperGroup):
    """A first word that is no command is the server into which a fault is injected."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the words ask for."""
        if args and args[0] not in self.commands:
            args = ["fault", *args]
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Group, no_args_is_help=True,
    help="Inject faults into a running plant: sector7 inject HOST:PORT KIND TARGET (options: sector7 inject fault -h).",
)  # fmt: skip


@app.command()
def fault(
    address: Annotated[str, typer.Argument(help="A server with this register map.", metavar="HOST:PORT")],
    kind: Annotated[str, typer.Argument(help="Kind of fault: sector7 inject kinds lists them.", metavar="KIND")],
    target: Annotated[str, typer.Argument(help="What to break, such as ST05.clamped, ST05 or air.", metavar="TARGET")],
    lasts: Annotated[str, typer.Option("--for", help="It ends by itself after this plant time, e.g. 30s.")] = "",
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="A parameter of the kind; repeat it.", metavar="NAME=NUMBER")
    ] = None,
    other: Annotated[str, typer.Option("--with", help="The second input of two that are swapped.")] = "",
    on: Annotated[str, typer.Option(help="It comes and goes: how long it is there, on average.")] = "",
    off: Annotated[str, typer.Option(help="And how long it is gone, on average.")] = "",
) -> None:
    """Inject a fault, latched until it is cleared, for a time, or coming and going.

    It takes effect at the next PLC scan, is marked as injected, and is in the journal and the trace. Example:

    sector7 inject 127.0.0.1:5020 slow ST05.clamp --set factor=3 --for 10m
    """
    from protocols.faults.kinds import BY_KIND
    from protocols.faults.targets import targets
    from protocols.tags.fault_map import injection
    from sector7.faults.fault import FaultError, make, suggest

    times = [parse_duration(text, what=what) if text else 0
             for what, text in (("--for", lasts), ("--on", on), ("--off", off))]  # fmt: skip
    parameters = _parameters(settings or ())
    made = make(kind, target, parameters, other=other, lasts_us=times[0], on_us=times[1], off_us=times[2])
    for what, name in (("TARGET", target), ("--with", other)):
        known = targets(kind)
        if name and name not in known:
            raise UsageError(what, name, BY_KIND[kind].level.value + suggest(name, known))
    try:
        values = injection(kind, target, parameters, other, *times)
    except ValueError as error:
        raise FaultError(kind, str(error)) from None

    async def order(client: PlantClient) -> int:
        await client.write("Line.FaultChangeRequest", 0)
        return await _number(client, lambda: client.write_together(values))

    number = connected(address, order)
    until = f", for {told(times[0])}" if times[0] else "" if made.declared.momentary else ", until it is cleared"
    sys.stdout.write(f"fault {number}: {made}{until}\n")


@app.command("list")
def list_faults(
    address: Where = HERE,
    past: Annotated[bool, typer.Option("--past", help="Those that have ended, too.")] = False,
) -> None:
    """List the injected faults that have not ended: since when, by whom, why."""
    from protocols.tags.fault_map import ACTIVE_FILE, PAST_FILE

    async def look(client: PlantClient) -> list[FaultRow]:
        return [row for file in (PAST_FILE, ACTIVE_FILE)[not past :] for row in await _rows(client, file)]

    rows = sorted(connected(address, look), key=lambda row: row.number)
    sys.stdout.writelines(_line(row) + "\n" for row in rows)
    if not rows:
        sys.stdout.write("no fault is injected\n")


@app.command()
def clear(
    which: Annotated[str, typer.Argument(help="The number of a fault, or all.", metavar="N|all")],
    address: Where = HERE,
) -> None:
    """End a fault, or all of them."""
    if which != "all" and not (which.isdecimal() and 0 < int(which) < 65536):
        raise UsageError("N|all", which, "all, or the number of a fault (sector7 inject list)")

    async def order(client: PlantClient) -> int:
        await client.write("Line.FaultClearRequest", 0)
        wanted = {"Line.FaultNumber": 0 if which == "all" else int(which), "Line.FaultClearRequest": 1}
        return await _number(client, lambda: client.write_together(wanted))

    connected(address, order)
    sys.stdout.write("all faults cleared\n" if which == "all" else f"fault {which} cleared\n")


@app.command()
def kinds() -> None:
    """The kinds of faults: what each strikes, what it does, its parameters with unit, range and default."""
    from protocols.faults.kinds import KINDS, Level

    for level in Level:
        sys.stdout.write(f"{level.value}\n")
        for kind in (each for each in KINDS if each.level is level):
            once = " (momentary)" if kind.momentary else ""
            only = f" Only: {', '.join(kind.targets)}." if kind.targets else ""
            sys.stdout.write(f"  {kind.name:15s} {kind.doc}{once}{only}\n")
            for p in kind.parameters:
                default = "must be given" if p.default is None else f"default {p.default:g}"
                sys.stdout.write(f"  {'':15s}   {p.name} {p.low:g}..{p.high:g} {p.unit}: {p.doc} ({default})\n")


def _parameters(settings: Sequence[str]) -> dict[str, float]:
    parameters: dict[str, float] = {}
    for text in settings:
        name, _, number = text.partition("=")
        try:
            parameters[name] = float(number)
        except ValueError:
            raise UsageError("--set", text, "a name and a number such as factor=2") from None
    return parameters


async def _number(client: PlantClient, order: Callable[[], Awaitable[None]]) -> int:
    """Give an order and wait until the plant has taken it; the number of its fault. Raises Refusal."""
    from protocols.errors import Refusal
    from protocols.tags.fault_map import RESULT_LABELS, FaultResult

    before = (await client.read(1))["Line.FaultCommandsTaken"]
    await order()
    values = await taken(client, lambda seen: seen["Line.FaultCommandsTaken"] != before, "the command")
    result = values["Line.FaultResult"]
    if result not in (FaultResult.INJECTED, FaultResult.CLEARED):
        raise Refusal(client.partner, "injection", dict(RESULT_LABELS)[result].lower())
    return values["Line.FaultResultNumber"]


async def _rows(client: PlantClient, file: int) -> list[FaultRow]:
    """The faults in a file; one that ends meanwhile may be missing."""
    from protocols.errors import Refusal
    from protocols.tags.fault_map import ROW_WORDS, read_row

    rows = []
    ((count, _),) = await client.read_file(file, [(0, 2)])
    for place in range(count):
        try:
            (words,) = await client.read_file(file, [(2 + ROW_WORDS * place, ROW_WORDS)])
        except Refusal:
            break
        rows.append(read_row(words))
    return rows


def _line(row: FaultRow) -> str:
    from protocols.faults.kinds import BY_KIND

    names = [p.name for p in BY_KIND[row.kind].parameters]
    given = ", ".join(f"{name} {value:g}" for name, value in zip(names, row.parameters, strict=True))
    end = "until it is cleared"
    if row.ended_us:
        end = f"ended {told(row.ended_us)} ({row.ended_by})"
    elif row.lasts_us:
        end = f"until {told(row.since_us + row.lasts_us)}"
    why = f": {row.why}" if row.why else ""
    what = f"{row.kind} of {row.target}" + (f" ({given})" if given else "")
    return f"{row.number:4d}  {told(row.since_us):20s} {what}, {end} [{row.who}]{why}"
