"""Everything a board needs: serial ports, discovery, the RTU link and the emulator host."""
