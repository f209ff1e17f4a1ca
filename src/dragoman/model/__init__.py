"""What travels: items and their versions, agencies, agreements, deliveries, errors. Pure: no clock, no store, no network."""
