"""The diary and its events: what takes place when, who takes part, who covers it."""
