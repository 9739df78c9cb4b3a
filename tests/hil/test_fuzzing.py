"""libFuzzer looks for what breaks the firmware: memory, arithmetic, and what `fuzz.c` says must always hold."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from hil import bench, rtu, toolchain
from hil.profile_image import profile_words
from protocols.stations.io_table import BY_NUMBER
from tests.hil.test_board_modbus import CASES
from tests.hil.toolbox import mutated, need_fuzzer

ROOT = Path(__file__).parents[2]
#: Operations of fuzz.c.
RAW, FRAMED, EXCHANGE, WAIT, TERMINALS, RESET, PROFILE, BURST = range(8)
SAFETY_OK = 0x40


def profile(number: int) -> bytes:
    """The step that makes the board that of a station."""
    words = b"".join(word.to_bytes(2, "big") for word in profile_words(BY_NUMBER[number]))
    return bytes([PROFILE, 0, 1]) + words


def story(file: Path) -> bytes:
    """A test vector as a script: its exchanges, and silence where it is silent."""
    told = tomllib.loads(file.read_text())
    io = BY_NUMBER[told["station"]]
    script, last, words = profile(io.number), 0, [0] * 9
    for row in told["at"]:
        if "inputs" in row:
            names = {"safety_ok": SAFETY_OK}
            bits = sum(names.get(name) or io.status(name) for name in row["inputs"]) & 0x7F
            counts = [*row.get("counts", ()), 0, 0, 0, 0][:4]
            script += bytes([TERMINALS, bits]) + b"".join(count.to_bytes(2, "big") for count in counts)
        if "command" in row:
            command = row["command"]
            bits = sum(io.output(name) for name in command.get("outputs", ())) | 0x100 * command.get("acknowledge", 0)
            limits = [*command.get("limits", ()), 0, 0, 0, 0][:4]
            words = [bits, *(command.get(key, 0) for key in ("target", "speed", "duty")), 0, *limits]
        if row.get("silent"):
            script += bytes([WAIT, 5])
            continue
        elapsed, last = min(0x7FFF, (row["ms"] - last) * 1000 // 64), row["ms"]  # at most two seconds
        told_words = [*words, 0, 0, *(0x8000 for _ in range(bench.WRITE_WORDS - bench.INJECT_COUNTS))]
        script += bytes([EXCHANGE]) + elapsed.to_bytes(2, "big") + b"".join(w.to_bytes(2, "big") for w in told_words)
    return script


def seed(folder: Path) -> Path:
    """The corpus to begin with: every vector, all of the byte-for-byte test, the longest write and one more."""
    folder.mkdir()
    vectors = [*ROOT.glob("tests/hil/vectors/*.toml"), *ROOT.glob("sector7/**/vectors/*.toml")]
    assert len(vectors) >= 9
    for file in vectors:
        (folder / file.stem).write_bytes(story(file))
    for number, (_, request, _) in enumerate(CASES):
        body = bytes.fromhex(request)
        (folder / f"function-{number}").write_bytes(profile(4) + bytes([FRAMED, len(body) - 1, 1]) + body)
    for more in (0, 1):
        whole = rtu.write_registers(14, 0x1000, [0] * (bench.WRITE_WORDS + more))[1:-2]
        (folder / f"whole-{more}").write_bytes(profile(4) + bytes([FRAMED, len(whole) - 1, 1]) + whole)
    good = rtu.read(14, 3, 0, 4)
    twice = bytes([BURST, 2 * len(good)]) + good * 2
    (folder / "lines").write_bytes(profile(4) + bytes([RAW, len(good)]) + good + twice)
    return folder


def fuzz(program: Path, folder: Path, *limits: str) -> tuple[int, str]:
    """Exit code and what libFuzzer said."""
    options = ("-seed=1", "-max_len=4000", "-timeout=10", "-rss_limit_mb=2000", f"-artifact_prefix={folder}/")
    done = subprocess.run(
        [program, *options, *limits, seed(folder / "corpus")], capture_output=True, text=True, check=False, cwd=folder
    )
    return done.returncode, done.stderr


def clean(folder: Path, seconds: int) -> None:
    need_fuzzer()
    code, said = fuzz(toolchain.fuzzer(), folder, f"-max_total_time={seconds}")
    found = re.search(r"Done (\d+) runs", said)
    assert code == 0, said[-3000:]
    assert found, said[-3000:]
    assert int(found[1]) > 1000


def test_ten_seconds_find_nothing(tmp_path: Path) -> None:
    clean(tmp_path, 10)


@pytest.mark.nightly
@pytest.mark.timeout(600)
def test_two_minutes_find_nothing(tmp_path: Path) -> None:
    clean(tmp_path, 120)


def test_the_seeds_are_scripts_that_are_obeyed(tmp_path: Path) -> None:
    """They alone reach most of what there is: they are not just bytes."""
    need_fuzzer()
    code, said = fuzz(toolchain.fuzzer(), tmp_path, "-runs=0")
    begun = re.search(r"INITED cov: (\d+)", said)
    counters = re.search(r"\((\d+) inline 8-bit counters\)", said)
    assert code == 0, said
    assert begun
    assert counters
    assert int(begun[1]) > 0.4 * int(counters[1])


FAULTS = {
    "a write that is too long": ("app/registers.c", " || count > BENCH_WRITE_WORDS", ""),
    "a tripped board that drives": ("app/logic.c", "outputs &= profile->keep & logic->outputs;", ";"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(name: str, tmp_path: Path) -> None:
    need_fuzzer()
    source = mutated(tmp_path, *FAULTS[name])
    program = tmp_path / "fuzzer"
    flags = [flag for flag in toolchain.FUZZING if flag != "-Werror"]
    subprocess.run(
        ["clang", *flags, "-w", *toolchain.fuzzer_sources(source), "-o", program], check=True, capture_output=True
    )
    code, said = fuzz(program, tmp_path, "-max_total_time=60")
    assert code != 0, said[-1000:]
    assert "ERROR: AddressSanitizer" in said or "runtime error" in said or "deadly signal" in said
