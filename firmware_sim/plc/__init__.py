"""The PLC: the unit of a station, the line program, and who commands instead of them."""
