"""PostgreSQL: every version of every item, who is owed it and what became of it. One file per noun; `db/` keeps the server.

Functions take a connection and do one thing; those that must be whole say that they run inside the caller's transaction.
"""
