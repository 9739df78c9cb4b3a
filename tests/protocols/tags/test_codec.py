"""Words and bits of every kind, against arithmetic that shares nothing with the codec."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.errors import MapError
from protocols.tags.codec import decode, encode, saturate
from protocols.tags.tag import Kind, Table, Tag, Writer


def a_tag(kind: Kind) -> Tag:
    return Tag("a", Table.DISCRETE if kind is Kind.BOOL else Table.INPUT, 0, kind, Writer.PLANT, "a tag")


def model(kind: Kind, raw: int) -> tuple[int, ...]:
    """The words of `raw` by division, most significant first."""
    if kind is Kind.BOOL:
        return (raw,)
    rest = raw % 65536**kind.words
    words: list[int] = []
    for _ in range(kind.words):
        rest, word = divmod(rest, 65536)
        words.insert(0, word)
    return tuple(words)


@st.composite
def kind_and_raw(draw: st.DrawFn) -> tuple[Kind, int]:
    kind = draw(st.sampled_from(Kind))
    low, high = kind.bounds
    return kind, draw(st.integers(low, high) | st.sampled_from((low, high)))


@given(kind_and_raw())
def test_words_are_those_of_the_model_and_read_back(sample: tuple[Kind, int]) -> None:
    kind, raw = sample
    words = encode(a_tag(kind), raw)
    assert words == model(kind, raw)
    assert decode(a_tag(kind), words) == raw


@pytest.mark.parametrize(
    ("kind", "raw", "words"),
    [
        (Kind.U16, 0x1234, (0x1234,)),
        (Kind.I16, -2, (0xFFFE,)),
        (Kind.U32, 0x0102_0304, (0x0102, 0x0304)),
        (Kind.I32, -2, (0xFFFF, 0xFFFE)),
        (Kind.U64, 0x0102_0304_0506_0708, (0x0102, 0x0304, 0x0506, 0x0708)),
        (Kind.BOOL, 1, (1,)),
    ],
)
def test_the_word_order_is_abcd(kind: Kind, raw: int, words: tuple[int, ...]) -> None:
    assert encode(a_tag(kind), raw) == words


@given(st.sampled_from(Kind), st.integers(-(1 << 70), 1 << 70))
def test_what_does_not_fit_is_refused_and_saturates_to_the_nearest(kind: Kind, raw: int) -> None:
    low, high = kind.bounds
    nearest = sorted((low, raw, high))[1]
    assert saturate(kind, raw) == nearest
    if raw != nearest:
        with pytest.raises(MapError, match="does not fit"):
            encode(a_tag(kind), raw)


@pytest.mark.parametrize("words", [(), (1,), (1, 2, 3), (-1, 0), (0x10000, 0)])
def test_words_that_are_none_are_refused(words: tuple[int, ...]) -> None:
    with pytest.raises(MapError, match="2 word"):
        decode(a_tag(Kind.U32), words)


def test_two_bits_are_no_bool() -> None:
    with pytest.raises(MapError):
        decode(a_tag(Kind.BOOL), (1, 0))
