"""Exponential, logarithm and random variates from + - * / and sqrt alone.

`math.exp` and `math.log` differ in the last bit between C libraries and processors (fused multiply-add), which
would break the rule that a run gives the same trace on any machine. IEEE 754 fixes the four operations and the
square root, so what is built on them is the same everywhere. Accuracy is a few units in the last place.
"""

from __future__ import annotations

from hashlib import sha256
from math import frexp, ldexp, sqrt
from random import Random
from typing import ClassVar, Final

_LN2: Final = 0.6931471805599453
_INVERSE_FACTORIALS: Final = (
    1.0 / 6227020800.0,
    1.0 / 479001600.0,
    1.0 / 39916800.0,
    1.0 / 3628800.0,
    1.0 / 362880.0,
    1.0 / 40320.0,
    1.0 / 5040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
    1.0,
)
_ODD: Final = (1 / 21, 1 / 19, 1 / 17, 1 / 15, 1 / 13, 1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3, 1.0)


def exp(x: float) -> float:
    """e**x for |x| <= 700; 0.0 below that."""
    if x < -700.0:
        return 0.0
    k = int(x / _LN2 + 0.5) if x >= 0 else -int(0.5 - x / _LN2)
    r = x - k * _LN2
    total = 0.0
    for factor in _INVERSE_FACTORIALS:
        total = total * r + factor
    return ldexp(total, k)


def log(x: float) -> float:
    """Natural logarithm of x > 0."""
    mantissa, k = frexp(x)
    if mantissa < 0.7071067811865476:
        mantissa *= 2.0
        k -= 1
    z = (mantissa - 1.0) / (mantissa + 1.0)
    square = z * z
    total = 0.0
    for factor in _ODD:
        total = total * square + factor
    return 2.0 * z * total + k * _LN2


def exponential(stream: Random, mean: float) -> float:
    """An exponential variate with the given mean."""
    return -mean * log(1.0 - stream.random())


def normal(stream: Random) -> float:
    """A standard normal variate (Marsaglia's polar method, one of the pair)."""
    while True:
        u = 2.0 * stream.random() - 1.0
        v = 2.0 * stream.random() - 1.0
        s = u * u + v * v
        if 0.0 < s < 1.0:
            return u * sqrt(-2.0 * log(s) / s)


class Streams:
    """Independent random streams under stable names: adding a station or a purpose shifts no other stream."""

    STATE: ClassVar[tuple[str, ...]] = ("made",)

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.made: dict[str, Random] = {}

    def stream(self, station: int, purpose: str) -> Random:
        """The stream of (seed, station, purpose). Each may be asked for once."""
        key = f"{station}|{purpose}"
        if key in self.made:
            raise ValueError(f"the random stream {key} is already taken")
        digest = sha256(f"{self.seed}|{key}".encode()).digest()
        self.made[key] = Random(int.from_bytes(digest, "big"))
        return self.made[key]
