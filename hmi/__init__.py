"""The operator's terminal application: a Modbus client with screens, and nothing else."""
