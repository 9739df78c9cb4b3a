"""The files that are made from the register map."""
