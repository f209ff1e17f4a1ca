"""The ways out: lanes leased one at a time, attempts begun only while the right holds, proof kept of each."""
