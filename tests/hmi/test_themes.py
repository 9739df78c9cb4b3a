"""Themes change colours and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color
from rich.style import Style

from hmi.draw import ink
from hmi.draw.themes import DARK, THEMES, dress

INKS = [value for value in vars(ink).values() if isinstance(value, Style)]


def _luminance(colour: Color | None) -> float:
    assert colour is not None
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style: Style) -> float:
    """The contrast ratio of WCAG 2."""
    bright, dark = sorted((_luminance(style.color), _luminance(style.bgcolor)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("style", [style for style in INKS if style is not ink.RULE], ids=str)
def test_every_ink_can_be_read(theme: str, style: Style) -> None:
    assert contrast(dress(style, theme)) >= 4.3


@given(st.sampled_from(INKS), st.sampled_from(sorted(THEMES)))
def test_shape_and_weight_stay(style: Style, theme: str) -> None:
    worn = dress(style, theme)
    assert (worn.bold, worn.reverse, worn.italic) == (style.bold, style.reverse, style.italic)
    assert dress(style, DARK) == style


def test_mono_has_no_hue_and_tells_alarm_from_caution() -> None:
    for style in INKS:
        colour = dress(style, "mono").color
        assert colour is not None
        parts = colour.get_truecolor()
        assert max(parts) - min(parts) <= 16
    assert dress(ink.ALARM, "mono") != dress(ink.CAUTION, "mono")
