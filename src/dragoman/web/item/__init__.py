"""One item: its text, its versions and what changed, who receives it and why not, and what the desk may do to it."""
