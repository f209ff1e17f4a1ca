"""Joint projects' pages: the list, the workspace, the log, and the acts of members."""
