"""What the plant remembers: the journal of everything that came from outside, leases of plant time, checkpoints."""
