"""Registers of a board behind the published map, for the harness only. `hil/firmware/app/bench.h` says the same in C.

The two mirror windows go on behind their published words: what the host injects follows the command, what the board
drives follows the due time. The station profile is a block of its own, read and written whole.
"""

from __future__ import annotations

from typing import Final

# ---- write window, words behind now_us and the command
INJECT_CARRIER: Final = 11  # data tag at the read head
INJECT_INPUTS: Final = 12  # high byte: inputs that the host supplies instead of the pins; low byte: their values
INJECT_COUNTS: Final = 13  # 4 words; bit 15: the host supplies this channel
WRITE_WORDS: Final = 17

# ---- read window, words behind the status
OUTPUTS: Final = 9  # bits of command word 0 in effect
TARGET: Final = 10  # axis command in effect
SPEED: Final = 11
DUTY: Final = 12
DRIVEN: Final = 13  # outputs that the pins drive
SCAN_MIN: Final = 14  # us from a whole frame to its answer
SCAN_MEAN: Final = 15
SCAN_MAX: Final = 16
CRC_ERRORS: Final = 17
LINE_ERRORS: Final = 18  # framing errors, overruns, frames that stopped
STACK_FREE: Final = 19  # bytes never touched
RESETS: Final = 20  # 4 words: power-on, external, brown-out, watchdog, since power-on
STORING: Final = 24  # the EEPROM is being written
READ_WORDS: Final = 25

# ---- the station profile
PROFILE: Final = 0x1200
PROFILE_RULES: Final = 4
PROFILE_WORDS: Final = 7 + 2 * PROFILE_RULES
"""Words: version and station, channels and keep, regulator and soft, acceleration, stroke, debounce, watchdog, then
output and condition of each rule."""
