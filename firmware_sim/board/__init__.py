"""The firmware of a station's board."""
