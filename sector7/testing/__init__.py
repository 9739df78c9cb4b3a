"""What a test of a station, a line or a board gets in its hands (see `sector7.pytest_plugin`)."""
