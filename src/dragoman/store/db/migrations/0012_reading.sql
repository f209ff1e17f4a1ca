-- What the readers understood of each version: made after it is filed, by a role of its own; renewed when they have learned.

create table reading (
    sequence bigint primary key references version on delete cascade,
    reader   integer not null,                 -- read.reader.VERSION; 0: to be read again
    at       timestamptz not null default now(),
    body     bytea not null,                   -- dragoman.model.reading, UTF-8 JSON
    problem  text not null default ''          -- why there is little or nothing in it
);
create index reading_older on reading (reader, sequence);

-- How far the readers have come, and which older readings are to be renewed.
create table reading_progress (
    one      boolean primary key default true check (one),
    read_to  bigint not null default 0,        -- every version up to here has been read
    renew    integer not null default 0,       -- readings of readers before this one are renewed
    asked_by text not null default '',
    asked_at timestamptz
);

grant select, insert, update, delete on reading to dragoman_newsroom;
grant select, insert, update on reading_progress to dragoman_newsroom;
