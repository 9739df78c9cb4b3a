"""The operator's console in a browser: a login in front of Textual's own terminal in a page."""
