"""Pictures: what is written in them, their renditions, their files."""
