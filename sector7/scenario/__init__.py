"""Scenarios: what happens to a plant, when, and what must hold."""
