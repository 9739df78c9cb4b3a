"""The few widgets: they keep lines, compare them and repaint those that changed."""
