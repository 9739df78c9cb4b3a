"""The power network: mains, generator, UPS, the main bus and a feeder for every station."""
