"""Exhibitions: the workshop in which they are made, the gallery that the public sees, and what hangs beside the pictures."""
