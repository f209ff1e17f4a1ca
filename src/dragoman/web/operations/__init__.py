"""Operations: is everything running, what waits, what is parked, and the few switches there are."""
