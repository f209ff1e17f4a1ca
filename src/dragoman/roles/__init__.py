"""The loops, one file each: small processes that meet only in the database. `supervisor` starts, watches and ends them."""
