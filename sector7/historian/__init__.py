"""The historian: what the plant's values were, kept for as long as it is wanted."""
