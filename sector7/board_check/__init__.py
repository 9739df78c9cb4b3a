"""The board check: one behaviour of the station firmware, told by vectors, shown by every kind of board."""
