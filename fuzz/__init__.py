"""Coverage-guided fuzzing of everything that reads strangers' bytes (docs/how-tested.md). Needs the group ``fuzz``."""
