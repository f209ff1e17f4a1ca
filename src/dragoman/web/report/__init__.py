"""Reports: the register of outlets, who reported what, and what was exchanged with whom."""
