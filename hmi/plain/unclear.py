"""What the plain console does not understand."""

from __future__ import annotations


class Unclear(Exception):
    """The words make no order; the message says what was expected."""
