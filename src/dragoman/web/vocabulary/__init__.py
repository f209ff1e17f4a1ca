"""Vocabularies: what has been taken in, and the search for a concept."""
