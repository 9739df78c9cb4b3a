"""Portable exponential, logarithm and variates: accurate, the same bits everywhere, streams that do not disturb."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from decimal import Decimal, getcontext
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plant.arithmetic import Streams, exp, exponential, log, normal

getcontext().prec = 40


def ulps(computed: float, exact: Decimal) -> float:
    """Error in units in the last place of the exact value."""
    return abs(float((Decimal(computed) - exact) / Decimal(math.ulp(float(exact)))))


@given(st.floats(-700.0, 700.0))
@example(0.0)
@example(-700.0)
@example(700.0)
@example(0.34657359027997264)  # half of ln 2: where the power of two changes
def test_exp_is_accurate(x: float) -> None:
    assert ulps(exp(x), Decimal(x).exp()) < 1.5


def test_exp_of_very_negative_numbers_is_nothing() -> None:
    assert exp(-700.5) == 0.0
    assert exp(-1e300) == 0.0


@given(st.floats(min_value=0.0, exclude_min=True, allow_infinity=False))
@example(5e-324)
@example(1.0)
@example(1.0 - 2**-53)
@example(1.0 + 2**-52)
@example(2**-0.5)
def test_log_is_accurate(x: float) -> None:
    assert log(1.0) == 0.0
    assert x == 1.0 or ulps(log(x), Decimal(x).ln()) < 1.0


@given(st.floats(0.5, 2.0))
def test_log_is_accurate_around_one(x: float) -> None:
    assert x == 1.0 or ulps(log(x), Decimal(x).ln()) < 1.0


_PRINT_BITS = """
from random import Random
from plant.arithmetic import exp, exponential, log, normal
stream = Random(3)
for _ in range(4000):
    x = stream.uniform(-50.0, 50.0)
    print(exp(x).hex(), log(abs(x)).hex(), exponential(stream, 7.0).hex(), normal(stream).hex())
"""


def bits(**environment: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-c", _PRINT_BITS],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's tunables exist on Linux only")
def test_the_same_bits_with_and_without_fused_multiply_add() -> None:
    """glibc picks other code for exp, log and pow without FMA; nothing here may depend on it."""
    assert bits() == bits(GLIBC_TUNABLES="glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX2_Usable,-FMA_Usable")


def test_known_bits() -> None:
    """Golden values: another machine, compiler or Python must come to the same."""
    stream = Random(11)
    assert [exp(-1.0).hex(), log(3.0).hex()] == ["0x1.78b56362cef38p-2", "0x1.193ea7aad030ap+0"]
    assert [exponential(stream, 1.0).hex(), normal(stream).hex()] == ["0x1.344fffe083cf6p-1", "0x1.c156655ad5d91p-4"]


def test_moments_of_exponential_variates() -> None:
    stream, n = Random(1), 50_000
    draws = [exponential(stream, 3.0) for _ in range(n)]
    mean = sum(draws) / n
    assert mean == pytest.approx(3.0, abs=4 * 3.0 / n**0.5)
    # the second moment of an exponential is 2 m^2, its fourth 24 m^4
    assert sum(d * d for d in draws) / n == pytest.approx(18.0, abs=4 * (20 * 81 / n) ** 0.5)
    assert sum(d > 3.0 for d in draws) / n == pytest.approx(math.exp(-1), abs=4 * (0.233 / n) ** 0.5)
    assert min(draws) >= 0.0


def test_moments_of_normal_variates() -> None:
    stream, n = Random(2), 50_000
    draws = [normal(stream) for _ in range(n)]
    assert sum(draws) / n == pytest.approx(0.0, abs=4 / n**0.5)
    assert sum(d**2 for d in draws) / n == pytest.approx(1.0, abs=4 * (2 / n) ** 0.5)
    assert sum(d**3 for d in draws) / n == pytest.approx(0.0, abs=4 * (15 / n) ** 0.5)
    assert sum(d**4 for d in draws) / n == pytest.approx(3.0, abs=4 * (96 / n) ** 0.5)
    assert sum(abs(d) < 1.0 for d in draws) / n == pytest.approx(0.682689, abs=4 * (0.2166 / n) ** 0.5)


# ---- streams
def numbers(streams: Streams, station: int, purpose: str) -> list[float]:
    stream = streams.stream(station, purpose)
    return [stream.random() for _ in range(5)]


def test_adding_a_station_or_a_purpose_shifts_no_other_stream() -> None:
    alone = numbers(Streams(7), 3, "clamp")
    crowded = Streams(7)
    for station in range(1, 13):
        for purpose in ("quality", "failure"):
            crowded.stream(station, purpose).random()
    assert numbers(crowded, 3, "clamp") == alone


def test_seed_station_and_purpose_all_matter() -> None:
    seen = {
        tuple(numbers(Streams(seed), station, purpose))
        for seed in (0, 1)
        for station in (1, 11)
        for purpose in ("a", "1|a")
    }
    assert len(seen) == 8


def test_streams_are_uncorrelated() -> None:
    streams, n = Streams(0), 4000
    a, b = (streams.stream(1, purpose) for purpose in ("lift", "lift2"))
    products = [(a.random() - 0.5) * (b.random() - 0.5) for _ in range(n)]
    assert sum(products) / n == pytest.approx(0.0, abs=4 / 12 / n**0.5)


def test_a_stream_is_given_out_once() -> None:
    streams = Streams(7)
    streams.stream(1, "lift")
    with pytest.raises(ValueError, match=r"1\|lift is already taken"):
        streams.stream(1, "lift")
