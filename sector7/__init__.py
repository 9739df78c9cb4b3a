"""The application that joins plant, programs, boards and operator: a robot-factory control emulator."""
