"""Bringing a dormant station back: its ledger, the checks, and the program that does them."""
