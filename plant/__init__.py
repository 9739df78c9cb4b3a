"""The physics of the factory: terminals, mechanisms, stations and the line, on simulated time."""
