"""The assembled plant on its grid of time."""
