"""How things look: ink, spans of text, bars, marks. Pure functions, no widgets."""
