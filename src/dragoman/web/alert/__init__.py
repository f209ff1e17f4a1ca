"""Alerts: queries a person has saved, and what has answered them lately."""
