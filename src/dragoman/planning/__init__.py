"""Events, projects, round tables, exhibitions: acts folded into records, and the rules of each. Pure: no clock, no store."""
