"""The sequences of the twelve stations, written as procedure sheets."""
