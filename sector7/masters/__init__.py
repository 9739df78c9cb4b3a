"""What Modbus masters see of the plant and write to it."""
