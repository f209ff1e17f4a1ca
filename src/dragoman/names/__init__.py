"""Names across languages and scripts: one key, one scored comparison with its reasons. Pure."""
