"""Stories: every agency's copy on one event, side by side, and why each item is there."""
