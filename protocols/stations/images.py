"""The process images that travel between the line program and a station board.

An image is one Python int whose 16-bit words are registers, least significant word first. Comparing two images is
one comparison, masking a condition is one `&`, and the register form is the same bits cut into words.
"""

from __future__ import annotations

from typing import Final

WORD: Final = 0xFFFF

# ---- status image, word 0: what the board tells (unit 10+n, discrete inputs 0-15)
INPUTS: Final = 0x003F  # six debounced digital inputs
SAFETY_OK: Final = 1 << 6  # the hardwired safety chain lets the actuators have power
IN_POSITION: Final = 1 << 7  # the axis profile has ended at the commanded target
LEVEL: Final = (1 << 8, 1 << 9, 1 << 10, 1 << 11)  # comparators of the four analogue inputs
INTERLOCK: Final = 1 << 12  # the firmware withheld a forbidden output
SAFE_STATE: Final = 1 << 13  # comms watchdog expired: declared safe outputs
TRIPPED: Final = 1 << 14  # waits for an acknowledge edge (after boot or a watchdog trip)
LINK: Final = 1 << 15  # the last exchange was answered; set by the host, not by the board

# ---- status image, word 1: the carrier (pallet data tag) at the station's read head
CARRIER_SHIFT: Final = 16
PALLET: Final = 0x00FF << 16  # pallet number, 0 = nothing at the head
CONDITION: Final = 0x0300 << 16
EMPTY: Final = 0x0000 << 16  # pallet without a robot
GOOD: Final = 0x0100 << 16  # robot in process, nothing wrong so far
NOT_OK: Final = 0x0200 << 16  # robot rejected by a station
INCOMPLETE: Final = 0x0300 << 16  # nothing wrong with what was done, but an operation was left out
IN_PROCESS: Final = 0x0100 << 16  # the bit that tells robots to work on: good ones and incomplete ones
FLAWED: Final = 0x0200 << 16  # the bit that tells robots not to ship: rejected ones and incomplete ones
REWORKS: Final = 0x0C00 << 16  # how many times this robot was sent back
DONE: Final = 0xF000 << 16  # number of the last operation that was passed

# ---- command image, word 0 (unit 10+n, coils 0-15)
OUTPUTS: Final = 0x001F  # five digital outputs
MARK_PASS: Final = 1 << 5  # write the carrier: operation passed
MARK_FAIL: Final = 1 << 6  # write the carrier: operation failed
MARK_REWORK: Final = MARK_PASS | MARK_FAIL  # write the carrier: back to joint assembly
MARK: Final = MARK_PASS | MARK_FAIL
ANDON: Final = 1 << 7  # stack light: calls the maintenance crew
ACKNOWLEDGE: Final = 1 << 8  # rising edge acknowledges a trip
DEVICE: Final = OUTPUTS | MARK | ANDON  # what reaches the plant's terminals

# ---- command image, words 1..8 (unit 10+n, holding registers 0-7)
TARGET: Final = 1  # axis target, 0.1 mm (0.1 degree on a rotary axis)
SPEED: Final = 2  # axis speed, 0.1 mm/s
DUTY: Final = 3  # PWM duty of the station's modulated output, 1/1024
PROGRAM: Final = 4  # program number handed to the station's device (robot, nutrunner, bench)
LIMIT: Final = (5, 6, 7, 8)  # comparator limits of the analogue inputs, counts 0..1023


def word(image: int, index: int) -> int:
    """The 16-bit register `index` of an image."""
    return image >> (16 * index) & WORD


def put(value: int, index: int) -> int:
    """`value` (0..65535) placed at register `index`; images are built by or-ing such words."""
    return (value & WORD) << (16 * index)


def carrier(pallet: int, condition: int, reworks: int, done: int) -> int:
    """A carrier word (16 bit): pallet 1..255, condition 0 empty / 1 good / 2 not ok, reworks 0..3, done 0..15."""
    return pallet | condition << 8 | reworks << 10 | done << 12
