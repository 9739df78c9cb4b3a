"""The twelve kinds of station, each built from mechanisms."""
