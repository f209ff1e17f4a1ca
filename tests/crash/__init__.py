"""The crash harness: a real node that dies at every durable step, and a checker of what its partners received."""
