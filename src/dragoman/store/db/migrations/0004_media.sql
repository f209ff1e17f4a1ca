-- Files of pictures and documents by the SHA-256 of their bytes, which lie in the content-addressed store; their renditions,
-- the versions that use them, and the agencies that say they have them.

create table media_file (
    digest     bytea primary key check (length(digest) = 32),
    media_type text not null,
    size       bigint not null default 0,
    width      integer not null default 0,     -- pixels, upright
    height     integer not null default 0,
    state      text not null default 'wanted' check (state in ('wanted', 'kept', 'ready', 'unfit')),
    print      text not null default 'due' check (print in ('due', 'made', 'none')),
    reason     text not null default '',       -- why it is unfit, or has no rendition to print
    tries      smallint not null default 0,
    until      timestamptz not null default '-infinity',
    added      timestamptz not null default now()
);
create index media_file_undeveloped on media_file (added) where state = 'kept' or (state = 'ready' and print = 'due');

create table media_rendition (
    file       bytea not null references media_file,
    name       text not null,
    digest     bytea not null check (length(digest) = 32),
    media_type text not null,
    size       integer not null,
    width      integer not null,
    height     integer not null,
    primary key (file, name)
);

-- Which versions name the file. It is served only for the current version of an item that is usable.
create table media_use (
    digest   bytea not null references media_file,
    sequence bigint not null,
    primary key (digest, sequence)
);
create index media_use_sequence on media_use (sequence);

-- Who says it has the file. A digest alone proves nothing: the file counts for an agency's copy once that agency has given it.
create table media_holder (
    digest  bytea not null references media_file,
    agency  integer not null references agency,
    arrival bigint,                            -- the file came by itself, as this arrival
    proved  boolean not null default false,
    tries   integer not null default 0,
    due     timestamptz not null default now(),
    until   timestamptz not null default '-infinity',
    reason  text not null default '',
    primary key (digest, agency)
);
create index media_holder_due on media_holder (due) where not proved;

create index version_picture on version (sequence) where kind = 'picture';

grant select, insert, update, delete on media_file, media_rendition, media_use, media_holder to dragoman_newsroom;
