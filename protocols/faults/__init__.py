"""Which faults can be injected, and where."""
