"""For those who watch the machine."""
