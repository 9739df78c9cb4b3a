"""`sector7 commission` against a running server; what it refuses needs none."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from protocols.stations.io_table import BY_NUMBER
from tests.pty_console import PATIENCE_S
from tests.sector7.command_line import Command
from tests.sector7.served import Served, serving

RECIPE = """
name = "woken"
start = "dormant"
pallets = 8

[dormant]
defects = "listed"
unknown_maps = [5]

[[dormant.defect]]
kind = "swapped_inputs"
on = "ST01.pallet_present"
other = "ST01.tray_present"

[[station]]
number = 1
places = 8
mtbf_h = 1000000
minor_stop_min = 100000

[[station]]
number = 5
mtbf_h = 1000000
minor_stop_min = 100000

[[station]]
number = 12
"""


class Desk:
    """`sector7 commission` in front of a running server; the plant goes on meanwhile, in a process of its own."""

    def __init__(self, served: Served, command: Command) -> None:
        self._address = f"{served.host}:{served.port}"
        self._command = command

    async def __call__(self, *words: str) -> tuple[int, str, str]:
        """Exit code, output and errors of one command."""
        done = await asyncio.to_thread(self._command, "commission", *words, self._address)
        return done.code, done.out, done.err

    async def read(self, station: str) -> tuple[str, set[str]]:
        """What goes on at a station, and the inputs that are on."""
        _, out, _ = await self("inputs", station)
        said, *rows = out.splitlines()
        return said, {row.split()[1] for row in rows if row.split()[2] == "on"}

    async def becomes(self, station: str, words: str) -> None:
        """Wait until commissioning says so of a station."""
        async with asyncio.timeout(PATIENCE_S):
            while words not in (await self.read(station))[0]:
                pass  # each look takes its time

    async def moved(self, station: str, rest: set[str]) -> int:
        """Wait until one input differs from what it was."""
        async with asyncio.timeout(PATIENCE_S):
            while len(changed := (await self.read(station))[1] ^ rest) != 1:
                pass
        return int(changed.pop())


@pytest.mark.timeout(300)
def test_an_engineer_steps_finds_a_swap_and_a_map(command: Command, tmp_path: Path) -> None:
    (tmp_path / "woken.toml").write_text(RECIPE)

    async def session() -> None:
        async with serving("--recipe", str(tmp_path / "woken.toml"), "--quiet", "--speed", "20") as served:
            await served.listen()
            commission = Desk(served, command)
            assert (await commission("ledger"))[1] == "the ledger is empty\n"
            code, _, err = await commission("release", "ST01")
            assert (code, "not now" in err) == (2, True)
            for step in ("energised", "communicating"):
                assert await commission("step", "ST01") == (0, "taken\n", "")
                await commission.becomes("ST01", f"{step}; none")
            await commission("step", "ST01")
            await commission.becomes("ST01", "waits for confirmation")
            assert "5" in (await commission.read("ST01"))[1]  # the tray's input has changed for the pallet's sensor
            code, _, err = await commission("confirm", "ST01", "pallet_present")
            assert (code, "the program saw otherwise" in err) == (2, True)
            await commission("confirm", "ST01", "tray_present")
            await commission.becomes("ST01", "failed")
            out = (await commission("ledger", "--failed"))[1]
            assert "ST01  I/O checked   failed  pallet_present: expected pallet_present changes, no other, " in out
            assert out.endswith("seen tray_present changed: swapped inputs with tray_present [operator]\n")
            sent = await commission("repair", "ST01", "swapped-inputs", "--with", "tray_present")
            assert sent == (0, "taken\n", "")
            await commission.becomes("ST01", "crew at work")

            # station 5 has no drawings: each sensor is wired to the input of another one
            _, rest = await commission.read("ST05")
            assert (await commission("hold", "ST05", "clamped"))[0] == 0
            assert await commission.moved("ST05", rest) != BY_NUMBER[5].inputs.index("clamped")
            drawn = ",".join(BY_NUMBER[5].inputs)
            assert (await commission("submit", "ST05", drawn))[1] == "0 of 6 inputs are right\n"
            assert (await commission("stop", "--station", "ST05"))[0] == 0
            assert (await commission("auto", "--station", "ST05"))[0] == 0
            served.process.terminate()
            await served.ends()

    asyncio.run(session())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("step", "ST13"), "ST01 to ST12"),
        (("confirm", "ST05", "gas_ok"), "one of none, right, wrong, pallet_present"),
        (("repair", "ST05", "rust"), "dead-board, swapped-inputs"),
        (("repair", "ST05", "swapped-inputs"), "the other input"),
        (("repair", "ST05", "dead-board", "--with", "clamped"), "the other input"),
        (("submit", "ST05", "clamped,clamped"), "6 of pallet_present, outfeed_clear"),
        (("hold", "ST05", "gas_ok"), "one of none, pallet_present"),
        (("auto", "--station", "ST05", "--produce"), "the whole line"),
    ],
)
def test_what_it_does_not_understand(command: Command, words: tuple[str, ...], says: str) -> None:
    done = command("commission", *words)
    assert done.code == 2
    assert says in done.err
