"""Programs without physics: the board firmware in Python and the emulated PLC's line program."""
