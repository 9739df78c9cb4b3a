"""Fault injection: what can be broken on purpose, who did it, and when it ends."""
