"""Cancellations that must not get lost.

Up to Python 3.11 `asyncio.wait_for`, in which pymodbus waits, forgets a cancellation that arrives together with what it
waits for, be that an answer or an error. Who then goes on polling is never heard to end.
"""

from __future__ import annotations

import asyncio


def cancels() -> int:
    """How often the present task was asked to end."""
    task = asyncio.current_task()
    return 0 if task is None else task.cancelling()


def heed_cancellation(before: int = 0) -> None:
    """End here if the task was asked to, more often than `before`. Raises CancelledError."""
    if cancels() > before:
        raise asyncio.CancelledError
