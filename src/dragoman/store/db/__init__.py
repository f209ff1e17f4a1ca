"""The database itself: our own PostgreSQL from a wheel, or the one `DATABASE_URL` names; roles, migrations, backup.

    database    what the rest of the program sees of either: addresses by role, start, stop, health
    cluster     our own PostgreSQL, a direct child          external    somebody else's server
    account     who serves it when we are root              binaries    where its programs are
    place       where its files lie                         lock        one supervisor a data directory
    remnants    what a killed one leaves behind             reserve     disk kept back for a full volume
    secrets     passwords and socket, in one 0600 file      roles       owner, newsroom, partner
    migrate     numbered SQL, once each                     backup      dump and restore

Limits: `cluster` sets the parent-death signal before exec, so it wants a process without threads (the supervisor).
"""
