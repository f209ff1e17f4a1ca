"""The translation desk's pages: the queue, and source and ours side by side."""
