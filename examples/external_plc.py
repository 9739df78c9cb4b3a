"""An external PLC: takes joint assembly and harness (stations 5 and 6), runs them over Modbus TCP, hands them back.

    sector7 serve                                                    (in another terminal)
    python examples/external_plc.py 127.0.0.1:5020 --robots 2

It is written as a PLC program is: a cycle of read inputs, work, write all outputs (changed or not), and no import of
sector7. What it knows of the plant are tag names; their units and 0-based addresses come from the exported map
(docs/register-map.csv, or `sector7 map export --format csv`). Needs the package pyModbusTCP.
"""

from __future__ import annotations

import argparse
import csv
import signal
import sys
import time
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from pyModbusTCP.client import ModbusClient

SCAN_S = 0.05
LINE = 1  # the unit of the line PLC; the board of station n is unit 10 + n
MAP = Path(__file__).resolve().parents[1] / "docs" / "register-map.csv"

# PackML, as register StateCurrent and register CntrlCmd count
STOPPED, IDLE, EXECUTE, ABORTED, HELD, COMPLETE = 2, 4, 6, 9, 11, 17
STANDING = (STOPPED, IDLE, ABORTED, HELD, COMPLETE)
RESET, HOLD, UNHOLD = 1, 4, 5
INTERNAL, EXTERNAL = 0, 1  # owners
OWNER_LOST = 10  # stop reason


@dataclass(frozen=True)
class Step:
    """One row of a procedure sheet.

    `on`: the outputs that are on, all others are off. `until`: conditions that end the step when they have held for
    `dwell_s` (! in front: must be off). After `limit_s` the station is reported Held and the stack light calls the
    crew; the step still ends when its conditions come. `record`: counts to judge by a window at the end.
    """

    name: str
    on: str = ""
    until: str = ""
    dwell_s: float = 0.0
    limit_s: float = 0.0
    program: int = 0
    record: str = ""
    window: tuple[int, int] = (0, 1023)


def counts(value: float, full_scale: float) -> int:
    """Converter counts 0..1023 of a measured value."""
    return round(value * 1023 / full_scale)


def sheet(home: str, work: list[Step]) -> list[Step]:
    """Every station's frame: go home, take a pallet, work, write the verdict, let it go."""
    return [
        Step("Home", until=home, dwell_s=0.3, limit_s=10),
        Step("Wait for pallet", until="pallet_present"),
        Step("Read carrier", dwell_s=0.1),
        *work,
        Step("Write verdict", dwell_s=0.2),
        Step("Wait for room", until="outfeed_clear"),
        Step("Release pallet", on="stopper_open", until="!pallet_present", limit_s=10),
    ]


def assembly() -> list[Step]:
    """Station 5: press three joint bearings to 16 kN and tighten them to 6 N·m."""
    work = [Step("Clamp robot", on="clamp", until="clamped press_home", limit_s=5)]
    for joint in (1, 2, 3):
        work += [
            Step(f"Press joint {joint}", on="clamp press_advance", until="at_press_force", limit_s=15, program=joint,
                 record="press_force_counts", window=(counts(15.0, 30), counts(18.0, 30))),
            Step(f"Retract {joint}", on="clamp", until="press_home", limit_s=6, program=joint),
            Step(f"Tighten joint {joint}", on="clamp nutrunner_start", until="nutrunner_done", limit_s=20,
                 program=joint, record="nut_torque_counts", window=(counts(5.4, 10), counts(6.6, 10))),
            Step(f"Nutrunner clear {joint}", on="clamp", until="!nutrunner_done", dwell_s=0.7, limit_s=5,
                 program=joint),
        ]  # fmt: skip
    work.append(Step("Unclamp robot", until="!clamped", limit_s=5))
    return sheet("press_home !nutrunner_done !clamped", work)


def harness() -> list[Step]:
    """Station 6: mate the connector, test continuity and insulation of two circuits."""
    mated = "clamp connector_mate"
    work = [
        Step("Clamp harness", on="clamp", until="clamped discharged", limit_s=6),
        Step("Mate connector", on=mated, until="connector_mated", limit_s=6),
    ]
    for circuit in (1, 2):
        high = f"{mated} high_voltage"
        work += [
            Step(f"Continuity {circuit}", on=mated, until="continuity_ok", limit_s=8, program=circuit),
            Step(f"Raise voltage {circuit}", on=high, until="at_test_voltage", limit_s=8, program=circuit),
            Step(f"Insulation {circuit}", on=high, until="at_test_voltage", dwell_s=18.5, limit_s=24, program=circuit,
                 record="insulation_counts", window=(counts(10.0, 100), 1023)),
            Step(f"Discharge {circuit}", on=mated, until="discharged !continuity_ok", limit_s=8),
        ]  # fmt: skip
    work += [
        Step("Unmate connector", on="clamp", until="!connector_mated", limit_s=6),
        Step("Unclamp harness", until="!clamped", limit_s=6),
    ]
    return sheet("discharged !connector_mated !clamped", work)


class Phase(Enum):
    """Where a station's life under this PLC is."""

    TAKE = 1
    RUN = 2
    RETURN = 3
    DONE = 4


@dataclass
class Image:
    """What one scan sees of a station and what it decides: the process image, by tag name."""

    inputs: dict[str, int] = field(default_factory=dict)
    measured: dict[str, int] = field(default_factory=dict)
    line: dict[str, int] = field(default_factory=dict)
    coils: dict[str, int] = field(default_factory=dict)
    registers: dict[str, int] = field(default_factory=dict)
    report: dict[str, int] = field(default_factory=dict)


class StationProgram:
    """The program of one station, worked once per scan."""

    def __init__(self, number: int, previous: int, steps: list[Step], limits: dict[str, int]) -> None:
        self.code = f"ST{number:02d}"
        self.unit = 10 + number
        self.image = Image()
        self.phase = Phase.TAKE
        self.passed: list[int] = []  # pallets
        self.step = 0
        self._steps = steps
        self._limits = limits
        self._previous = previous
        self._since = self._true_since = 0.0
        self._good = True
        self._pallet = 0
        self._beat = 0

    def scan(self, now: float) -> None:
        """From the inputs to the outputs."""
        image = self.image
        image.coils, image.registers = {}, dict(self._limits)
        command = 0
        owner, state = image.line["Owner"], image.line["StateCurrent"]
        request, reported = EXTERNAL, STOPPED
        if self.phase is Phase.TAKE:
            if state not in STANDING:  # in production it is not given away
                command, request = HOLD, INTERNAL
            if owner == EXTERNAL:
                self._say(now, "taken")
                self.phase = Phase.RUN
                self._enter(now, 0)
        if self.phase is Phase.RUN:
            reported = self._run(now)
            if image.line["StopReason"] == OWNER_LOST:  # our heartbeat was missed: from the beginning, when we say so
                self._enter(now, 0, quiet=True)
                command = UNHOLD
        if self.phase is Phase.RETURN:
            # whoever held the station releases it: then the line goes on with it by itself
            request, command = INTERNAL, {STOPPED: RESET, HELD: UNHOLD}.get(state, 0)
            if owner == INTERNAL and not command:
                self._say(now, "handed back")
                self.phase = Phase.DONE
        self._beat = (self._beat + 1) % 0x10000
        edge = self._beat // 2 % 2  # a command counts on a rising edge
        image.report = {
            "CntrlCmd": command,
            "CmdChangeRequest": edge if command else 0,
            "OwnerRequest": request,
            "Heartbeat": self._beat,
            "HeartbeatTimeout": 20,  # x 0.1 s
            "ExternalState": reported,
            "ExternalStep": self.step,
            "ExternalReason": 100 + self.step if reported == HELD else 0,
        }

    def give_back(self) -> None:
        """Outputs off, and the station back to the line's own program."""
        if self.phase in (Phase.TAKE, Phase.RUN):
            self.phase = Phase.RETURN

    def _run(self, now: float) -> int:
        """Work the present step; returns the PackML state to report."""
        image = self.image
        if image.inputs["tripped"] or not image.inputs["safety_ok"]:
            # the guard was opened, or the board has just booted: its outputs are off. Acknowledge and begin anew.
            image.coils = {"acknowledge": image.inputs["safety_ok"] and self._beat // 4 % 2}
            self._enter(now, 0, quiet=True)
            return ABORTED
        step = self._steps[self.step]
        if all(image.inputs[name.lstrip("!")] != name.startswith("!") for name in step.until.split()):
            if now - self._true_since >= step.dwell_s:
                self._finish(now, step)
                step = self._steps[self.step]
        else:
            self._true_since = now
        overdue = step.limit_s > 0 and now - self._since > step.limit_s
        image.coils = dict.fromkeys(step.on.split(), 1) | {"infeed_motor": 1, "andon": int(overdue)}
        if step.name == "Write verdict":
            image.coils["mark_pass" if self._good else "mark_fail"] = 1
        image.registers["program"] = step.program
        return HELD if overdue else EXECUTE

    def _finish(self, now: float, step: Step) -> None:
        image = self.image
        if step.record:
            value, (low, high) = image.measured[step.record], step.window
            self._good = self._good and low <= value <= high
            self._say(now, f"{step.name}: {value} counts, accepted {low}..{high}")
        following = self.step + 1
        if step.name == "Read carrier":
            tag = image.measured["carrier"]
            self._pallet, condition, done = tag & 0xFF, tag >> 8 & 3, tag >> 12
            self._good = True
            if condition != 1 or done != self._previous:  # empty, rejected, or worked on already: let it pass
                following = [s.name for s in self._steps].index("Wait for room")
        if step.name == "Write verdict" and self._good:
            self.passed.append(self._pallet)
        self._enter(now, following if following < len(self._steps) else 1)

    def _enter(self, now: float, step: int, quiet: bool = False) -> None:
        self.step, self._since, self._true_since = step, now, now
        if not quiet:
            self._say(now, self._steps[step].name)

    def _say(self, now: float, text: str) -> None:
        print(f"{now:7.2f} s  {self.code}  {text}", flush=True)


class Link:
    """The PLC's Modbus driver: reads and writes process images in whole blocks, at the addresses of the map."""

    def __init__(self, client: ModbusClient, map_file: Path) -> None:
        self._client = client
        self._tables: dict[str, dict[str, int]] = {}
        with map_file.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self._tables.setdefault(row["table"], {})[row["name"]] = int(row["address"])

    def read(self, station: StationProgram) -> bool:
        """All inputs of a station; False if an answer is missing."""
        client, image = self._client, station.image
        board, first = f"{station.code}.Board.", self._tables["input register"][f"{station.code}.StateCurrent"]
        client.unit_id = station.unit
        bits = client.read_discrete_inputs(0, 16)
        words = client.read_input_registers(0, 6)
        client.unit_id = LINE
        status = client.read_input_registers(first, 48)
        if bits is None or words is None or status is None:
            return False
        image.inputs = {name: int(bits[at]) for name, at in self._of(board, "discrete input")}
        image.measured = {name: words[at] for name, at in self._of(board, "input register") if at < len(words)}
        image.line = {name: status[at - first] for name, at in self._of(f"{station.code}.", "input register")
                      if 0 <= at - first < len(status)}  # fmt: skip
        return True

    def write(self, station: StationProgram) -> bool:
        """All outputs of a station, changed or not."""
        client, image, board = self._client, station.image, f"{station.code}.Board."
        coils = self._fill(image.coils, board, "coil", 0, 9)
        registers = self._fill(image.registers, board, "holding register", 0, 8)
        holding = self._tables["holding register"]
        command, owner = holding[f"{station.code}.CntrlCmd"], holding[f"{station.code}.OwnerRequest"]
        client.unit_id = LINE
        if not client.write_multiple_registers(
            command, self._fill(image.report, f"{station.code}.", "holding register", command, 2)
        ):
            return False
        if not client.write_multiple_registers(
            owner, self._fill(image.report, f"{station.code}.", "holding register", owner, 6)
        ):
            return False
        client.unit_id = station.unit
        return bool(
            client.write_multiple_coils(0, [bool(coil) for coil in coils])
            and client.write_multiple_registers(0, registers)
        )

    def _fill(self, values: dict[str, int], prefix: str, table: str, first: int, size: int) -> list[int]:
        """`size` cells from address `first` on; what is not named is zero."""
        cells = [0] * size
        for name, at in self._of(prefix, table):
            if 0 <= at - first < size:
                cells[at - first] = values.get(name, 0)
        return cells

    def _of(self, prefix: str, table: str) -> list[tuple[str, int]]:
        """(name behind the prefix, address) of a table's tags."""
        return [(tag.removeprefix(prefix), at) for tag, at in self._tables[table].items() if tag.startswith(prefix)]


def through(stations: list[StationProgram]) -> int:
    """Robots that passed both stations."""
    first, second = stations
    return sum(pallet in first.passed for pallet in second.passed)


def run(link: Link, stations: list[StationProgram], robots: int, seconds: float, patience: float) -> int:
    """Scan until the stations are handed back: after so many robots, so much time, or on Ctrl-C. The exit code."""
    stop: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, frame: stop.append(received))
    begin = time.monotonic()
    answered = 0.0
    while any(station.phase is not Phase.DONE for station in stations):
        now = time.monotonic() - begin
        here = [station for station in stations if station.phase is not Phase.DONE]
        if all(link.read(station) for station in here):  # inputs
            for station in here:
                if stop or now > seconds or through(stations) >= robots:
                    station.give_back()
                station.scan(now)  # program
            if all(link.write(station) for station in here):  # outputs
                answered = now
        if now - answered > patience:
            print(f"no plant answers (for {patience:g} s)", file=sys.stderr)
            return 3
        time.sleep(max(0.0, begin + now + SCAN_S - time.monotonic()))
    print(f"{through(stations)} robots through both stations, pallets {stations[1].passed}")
    return 0 if through(stations) >= robots else 1


def main() -> int:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description="Take stations 5 and 6, run them, hand them back.")
    parser.add_argument("address", nargs="?", default="127.0.0.1:5020", help="HOST:PORT of the plant")
    parser.add_argument("--robots", type=int, default=2, help="hand back when so many robots have passed both stations")
    parser.add_argument("--seconds", type=float, default=900, help="or after this time")
    parser.add_argument("--patience", type=float, default=10, help="seconds without an answer before giving up")
    parser.add_argument("--map", type=Path, default=MAP, help="the exported register map (CSV)")
    options = parser.parse_args()
    host, _, port = options.address.rpartition(":")
    client = ModbusClient(host, int(port), timeout=2.0)
    stations = [
        StationProgram(5, 4, assembly(), {"press_force_limit": counts(16.0, 30)}),
        StationProgram(6, 5, harness(), {"test_voltage_limit": counts(490, 600)}),
    ]
    try:
        return run(Link(client, options.map), stations, options.robots, options.seconds, options.patience)
    finally:
        client.close()


if __name__ == "__main__":
    sys.exit(main())
