"""The newsroom's nouns as JSON."""
