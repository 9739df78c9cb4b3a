"""Studies: many runs of one plant, and what can be said of them with which certainty."""
