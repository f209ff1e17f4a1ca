-- The diary: when the events that partners send take place; calendars' addresses; alerts.

-- How far each follower of the log has read. Derived from the log; set back to 0, everything is made anew.
create table planning_follower (
    name text primary key,
    upto bigint not null default 0,
    at   timestamptz not null default now()
);

-- Where an item of kind event lies in time, in its current version. What recurs has no end.
create table diary_item (
    item     bigint primary key references item on delete cascade,
    sequence bigint not null,
    starts   timestamptz not null,
    ends     timestamptz not null
);
create index diary_item_span on diary_item (starts, ends);
create index version_event on version (sequence) where kind = 'event';

-- What was published under its public title: to be published whole when the embargo lifts.
create table title_embargo (
    project text not null,
    record  text not null,
    until   timestamptz not null,
    primary key (project, record)
);
create index title_embargo_until on title_embargo (until);

-- An address under which a calendar program reads one view of the diary: it opens nothing else.
create table calendar_address (
    id        integer generated always as identity primary key,
    digest    bytea not null unique,           -- SHA-256 of its secret
    prefix    text not null,
    person    integer not null references person,
    name      text not null,
    view      text not null default '',        -- the query part of the diary's address
    inside    boolean not null default false,  -- titles under embargo too, as long as the person may plan
    created   timestamptz not null default now(),
    used      timestamptz,
    withdrawn timestamptz
);

create table alert (
    id      integer generated always as identity primary key,
    person  integer not null references person,
    name    text not null,
    query   text not null,
    created timestamptz not null default now(),
    looked  timestamptz not null default now(),
    unique (person, name)
);

-- What an alert has found: an item in a version, or an event of a project. Never a word of its text.
create table alert_hit (
    alert    integer not null references alert on delete cascade,
    item     bigint not null default 0,
    project  text not null default '',
    record   text not null default '',
    sequence bigint not null default 0,
    at       timestamptz not null,
    primary key (alert, item, project, record)
);
create index alert_hit_at on alert_hit (alert, at);

grant select, insert, update, delete on planning_follower, diary_item, title_embargo, calendar_address, alert, alert_hit to dragoman_newsroom;
grant usage, select, update on sequence calendar_address_id_seq, alert_id_seq to dragoman_newsroom;
