"""What the plant tells in file records: boards, events, the operator log."""
