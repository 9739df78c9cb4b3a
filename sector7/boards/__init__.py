"""The boards of a run: which kind a station gets, links, swaps."""
