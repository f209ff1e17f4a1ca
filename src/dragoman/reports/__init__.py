"""Coverage and exchange, counted: from rows to tables and charts. Pure: no clock, no store."""
