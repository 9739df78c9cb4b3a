"""What a screen shows before the first poll: why there is nothing to see, and what can be done about it."""

from __future__ import annotations

import textwrap

from hmi.draw.ink import LABEL, PLAIN, STRONG
from hmi.draw.spans import Line, fit
from hmi.draw.texts import plain
from hmi.frame import Frame
from hmi.link.snapshot import LinkState

_HEADS = {
    LinkState.CONNECTING: "Connecting to the plant server",
    LinkState.LOST: "The plant server cannot be reached",
    LinkState.MISMATCH: "The server has another register map",
    LinkState.OK: "Reading the first values",
}
_ADVICE = {
    LinkState.CONNECTING: "",
    LinkState.LOST: "This console keeps trying and shows the plant as soon as it answers. Nothing can be commanded "
    "meanwhile. Leave with Q.",
    LinkState.MISMATCH: "The addresses of the two maps differ, so every value could be a wrong one: nothing is shown "
    "and nothing can be commanded. Start this console and the server from the same release; it is compared again "
    "every few seconds.",
    LinkState.OK: "",
}


def no_data(frame: Frame, width: int, height: int) -> list[Line]:
    """The explanation, in the upper third of `height` lines."""
    state = frame.snapshot.state
    room = min(76, width - 4)
    lines: list[Line] = [()] * max(1, height // 4)
    lines.append(fit(((f"  {_HEADS[state]}", STRONG),), width))
    lines.append(())
    lines += [((f"  {text}", PLAIN),) for text in textwrap.wrap(plain(frame.snapshot.problem), room)]
    lines.append(())
    lines += [((f"  {text}", LABEL),) for text in textwrap.wrap(_ADVICE[state], room)]
    return [fit(line, width) for line in lines][:height]
