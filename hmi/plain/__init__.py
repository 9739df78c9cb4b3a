"""The operator's console in plain lines: for screen readers, pipes and terminals without cursor control."""
