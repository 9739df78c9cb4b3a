"""What an operator typed, as a raw value of a tag."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from protocols.tags.tag import Tag

MOST_DIGITS = 10


def parse(text: str, tag: Tag) -> tuple[int | None, str]:
    """The raw value of what was typed, or None and what is wrong with it. A comma is taken as a decimal point."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None, "type a number" if text.strip() else ""
    if not number.is_finite():
        return None, "type a number"
    low, high = tag.bounds
    huge = number.adjusted() > MOST_DIGITS
    scaled = number if huge else number.scaleb(tag.decimals)
    if huge or not low <= scaled <= high:
        return None, f"outside {tag.digits(low)}..{tag.digits(high)}"
    if scaled != scaled.to_integral_value():
        return None, f"at most {tag.decimals} digits behind the point"
    return int(scaled), ""
