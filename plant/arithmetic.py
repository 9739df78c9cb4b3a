"""Exponential, logarithm and random variates from + - * / and sqrt alone.

`math.exp` and `math.log` differ in the last bit between C libraries and processors (fused multiply-add), which
would break the rule that a run gives the same trace on any machine. IEEE 754 fixes the four operations and the
square root, so what is built on them is the same everywhere. Errors stay within 2 units in the last place.
"""

from __future__ import annotations

from hashlib import sha256
from math import frexp, ldexp, sqrt
from random import Random
from typing import ClassVar, Final

_LN2: Final = 0.6931471805599453
#: ln 2 in two parts: the first has so few digits that its product with a binary exponent is exact.
_LN2_HIGH: Final = 0.6931471803691238
_LN2_LOW: Final = 1.9082149292705877e-10

#: Coefficients 1/n! of e**x and 2/(2n+1) of artanh.
_E13: Final = 1 / 6227020800
_E12: Final = 1 / 479001600
_E11: Final = 1 / 39916800
_E10: Final = 1 / 3628800
_E9: Final = 1 / 362880
_E8: Final = 1 / 40320
_E7: Final = 1 / 5040
_E6: Final = 1 / 720
_E5: Final = 1 / 120
_E4: Final = 1 / 24
_E3: Final = 1 / 6
_L21: Final = 2 / 21
_L19: Final = 2 / 19
_L17: Final = 2 / 17
_L15: Final = 2 / 15
_L13: Final = 2 / 13
_L11: Final = 2 / 11
_L9: Final = 2 / 9
_L7: Final = 2 / 7
_L5: Final = 2 / 5
_L3: Final = 2 / 3


def exp(x: float) -> float:
    """e**x for |x| <= 700; 0.0 below that."""
    if x < -700.0:
        return 0.0
    k = int(x / _LN2 + 0.5) if x >= 0 else -int(0.5 - x / _LN2)
    r = x - k * _LN2_HIGH - k * _LN2_LOW
    tail = ((((_E13 * r + _E12) * r + _E11) * r + _E10) * r + _E9) * r + _E8
    series = (((((tail * r + _E7) * r + _E6) * r + _E5) * r + _E4) * r + _E3) * r + 0.5
    return ldexp((series * r + 1.0) * r + 1.0, k)


def log(x: float) -> float:
    """Natural logarithm of x > 0."""
    mantissa, k = frexp(x)
    if mantissa < 0.7071067811865476:
        mantissa *= 2.0
        k -= 1
    # log(1 + f) = 2 artanh(z) with z = f / (2 + f), arranged so that the exact f carries most of the sum
    f = mantissa - 1.0
    z = f / (2.0 + f)
    square = z * z
    tail = (((_L21 * square + _L19) * square + _L17) * square + _L15) * square + _L13
    series = ((((tail * square + _L11) * square + _L9) * square + _L7) * square + _L5) * square + _L3
    return k * _LN2_HIGH + (f - (z * (f - square * series) - k * _LN2_LOW))


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
