"""One board in detail: what is next to do, its link, what it says of itself, where its sensors come from, its lamps."""

from __future__ import annotations

from hmi.draw.ink import CAUTION, LABEL, PLAIN, STALE, STRONG
from hmi.draw.spans import Line, Span, fit, flowed, rule
from hmi.draw.texts import duration, long_name
from hmi.frame import Frame, StationView
from hmi.panels.boards import REMOTE, SERIAL, link, tier
from hmi.panels.station_io import station_io
from protocols.packml import State
from protocols.records.board_rows import BoardRow
from protocols.tags.plant_map import PLANT_MAP
from protocols.tags.station_map import BOARD_FINGERPRINT

#: What leads from a state back to work, where an operator has to do it.
_NEXT = {
    State.ABORTED: "F4 Clear, F7 Reset, F5 Start",
    State.STOPPED: "F7 Reset, F5 Start",
    State.IDLE: "F5 Start",
    State.HELD: "F6 Unhold",
}
_BY_ITSELF = "F4 Clear; then the line resets and starts it"
#: Of a real board's link: label, tag.
_LINK = (
    ("last", "LinkRtt"), ("mean", "LinkRttMean"), ("longest", "LinkRttMax"), ("jitter", "LinkJitter"),
    ("retries", "LinkRetries"), ("wrong CRC", "LinkGarbled"), ("no answer", "LinkTimeouts"), ("late", "LinkLate"),
    ("lost", "LinkLost"), ("found", "LinkConnects"), ("asked", "LinkAsked"), ("answered", "LinkAnswered"),
)  # fmt: skip

Facts = list[tuple[str, str, bool]]


def board_detail(view: StationView, row: BoardRow | None, width: int) -> list[Line]:
    """The section; `row` is what file 60 tells of the board, None if it was not read."""
    head = rule(f"{view.code} {view.io.title.upper()}: {tier(view).upper()} BOARD", width, f"unit {10 + view.number}")
    if not view.fitted:
        return [head, fit(((" The recipe has no such station.", LABEL),), width)]
    return [
        head,
        *_next(view, row, width),
        *_facts(view, _link(view, row), width),
        *_facts(view, _board(view, row), width),
        _sources(view, row, width),
        *station_io(view, width),
    ]


def next_step(view: StationView) -> str:
    """What brings the station back to work; empty while it works, or while nothing is known."""
    if not view.frame.live or not view.fitted:
        return ""
    if not view.raw("LinkOk"):
        return "its board does not answer: look at its power, its cable and its port"
    if view.state == State.ABORTED and view.frame.raw("Line.AutoRecovery"):
        return _BY_ITSELF
    return next((keys for state, keys in _NEXT.items() if view.state == state), "")


def _next(view: StationView, row: BoardRow | None, width: int) -> list[Line]:
    """How the station stands and what to do, if it does not work."""
    step = next_step(view)
    if not step:
        return []
    why = f" ({view.reason})" if view.reason else ""
    said = f"   {row.problem}" if row is not None and row.problem else ""
    return [fit(((f" {view.mark.text}{why}  ", view.mark.block), (f" Next: {step}", STRONG), (said, CAUTION)), width)]


def _facts(view: StationView, facts: Facts, width: int) -> list[Line]:
    plain = PLAIN if view.frame.live else STALE
    unsure = "" if view.frame.live else "?"
    parts: list[Line] = [
        ((f"{label} " if label else "", LABEL), (f"{unsure}{text}", CAUTION if bad and view.frame.live else plain))
        for label, text, bad in facts
    ]
    return flowed(parts, width)


def _link(view: StationView, row: BoardRow | None) -> Facts:
    text, _ = link(view)
    good = bool(view.raw("LinkOk"))
    port = row.port if row is not None else ""
    if view.raw("BoardTier") != SERIAL:
        how = f"polled at {port}" if view.raw("BoardTier") == REMOTE else "exchanged every 20 ms inside the plant"
        return [("Link", text, not good), ("", how, False)]
    facts: Facts = [("Link", text, not good)]
    if port:
        facts.append(("at", port, False))
    for label, name in _LINK:
        tag, raw = view.tag(name), view.raw(name)
        facts.append((label, f"{tag.text(raw)} {tag.unit}".rstrip(), name == "LinkLost" and bool(raw)))
    return facts


def _board(view: StationView, row: BoardRow | None) -> Facts:
    if not view.board:
        return [("Board", "? no data from its unit", False)]

    def raw(name: str) -> int:
        tag = PLANT_MAP[f"{view.code}.Board.{name}"]
        return view.board.get(tag.name, tag.default)

    def text(name: str) -> str:
        return PLANT_MAP[f"{view.code}.Board.{name}"].text(raw(name))

    version, layout = raw("firmware_version"), raw("fingerprint")
    strange = layout != BOARD_FINGERPRINT
    facts: Facts = [
        ("Firmware", f"{version >> 8}.{version & 255}", False),
        ("layout", f"{layout:08X} " + (f"≠ {BOARD_FINGERPRINT:08X}" if strange else "as expected"), strange),
        ("last reset", f"{text('reset_cause')} ({text('resets')})", False),
        ("scan", _scan(row), False),
        ("supply", f"{text('supply')} mV", False),
        ("exchanges", text("exchanges"), False),
        ("watchdog trips", text("watchdog_trips"), False),
        ("interlock trips", text("interlock_trips"), False),
    ]
    if row is not None and row.identity:
        facts.insert(1, ("", row.identity, False))
    if raw("safe_state"):
        facts.insert(0, ("■", "SAFE STATE", True))
    if raw("tripped"):
        facts.insert(0, ("■", "TRIPPED", True))
    return facts


def _scan(row: BoardRow | None) -> str:
    """Scan times: of a board that measures them."""
    if row is None or not row.scan_us[2]:
        return "not measured"
    least, mean, most = row.scan_us
    return f"{mean} us ({least}..{most})"


def _sources(view: StationView, row: BoardRow | None, width: int) -> Line:
    """Where the sensors come from; of real ones whether they agree with the plant's."""
    pins = row.pins if row is not None else 0
    spans: list[Span] = [(" Sensors ", LABEL)]
    if view.raw("BoardTier") != SERIAL or not pins:
        return fit((*spans, ("all from the plant", PLAIN if view.frame.live else STALE)), width)
    differing = view.raw("TwinDiffering")
    for name, channel in view.io.sensors.items():
        if pins >> channel & 1:
            off = bool(differing >> channel & 1)
            text = f"{long_name(name)} from its pin {'≠ plant' if off else '= plant'}   "
            spans.append((text, STALE if not view.frame.live else CAUTION if off else PLAIN))
    return fit((*spans, ("others from the plant", LABEL)), width)


def differing_sensors(frame: Frame, width: int) -> list[Line]:
    """Stations with real sensors that differ from the plant's, or have; nothing if there are none."""
    found = [view for view in frame.stations if view.raw("TwinDifferences")]
    if not found:
        return []
    lines: list[Line] = [rule("REAL SENSORS AGAINST THE PLANT'S", width)]
    for view in found:
        names = {number: long_name(name) for name, number in view.io.sensors.items()}
        mask = view.raw("TwinDiffering")
        now = ", ".join(name for number, name in names.items() if mask >> number & 1)
        worst = names.get(view.raw("TwinChannel"), "?")
        text = f"{now} for {duration(view.raw('TwinSince'))}; " if now else "agree now; "
        text += f"{view.raw('TwinDifferences')} so far, worst {worst} by {view.raw('TwinWorst')}"
        style = STALE if not frame.live else CAUTION if now else PLAIN
        lines.append(fit(((f" {view.code} ", STRONG), (text, style)), width))
    return lines
