"""Linking: the same copy, the same event, whose words. Pure."""
