"""Three invented agencies that exchange copy on one machine: `make demo`."""
