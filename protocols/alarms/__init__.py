"""What an alarm is, and every alarm of the plant."""
