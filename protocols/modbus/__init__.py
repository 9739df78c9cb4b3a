"""The Modbus server and client: framing, sessions, units, doors, TLS."""
