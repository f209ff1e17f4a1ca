"""How nodes know each other: keys and fingerprints, signed pushes and envelopes, signed agreements, short-lived tokens."""
