"""Partners: who they are, their keys and channels, and what has been agreed with each."""
