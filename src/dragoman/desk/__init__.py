"""The newsroom's acts: correct, hold, release, kill; propose, accept and end agreements; trust a partner's node."""
