"""What makes the console pleasant: finding anything by typing, jumping, presets, themes, and a memory of it all."""
