"""What stands on the screens: pure functions from a frame and a size to lines of text."""
