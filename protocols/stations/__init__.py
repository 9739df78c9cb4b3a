"""What a station is to its board: terminals, process images, steps, strokes."""
