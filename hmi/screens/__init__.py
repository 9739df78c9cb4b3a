"""One file per screen; a screen owns its keys and its layout."""
