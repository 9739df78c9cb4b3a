"""Chaos search: the smallest set of faults that breaks what is expected of a plant."""
