"""Exercises: faults that nobody on the line is told of, and how an operator finds, names and overcomes them."""
