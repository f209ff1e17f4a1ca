-- Projects: signed acts, and the records they fold into.

-- `last` is the place in the project's order of the latest act folded: what sorts behind it is folded alone, anything
-- before it folds the project anew.
create table project (
    id      text primary key check (id ~ '^[A-Z][A-Z0-9-]{1,15}:[a-z0-9][a-z0-9-]{0,62}$'),
    desk    boolean not null default false,    -- our own desk's, shared with nobody
    title   text not null default '',
    state   text not null default 'active' check (state in ('invited', 'active', 'left', 'closed')),
    last_clock  bigint not null default 0,
    last_agency text not null default '',
    last_log    integer not null default 0,
    last_number integer not null default 0,
    acts    integer not null default 0,        -- how many there are in its log
    members text[] not null default '{}',      -- who is in, as its records say
    changed timestamptz not null default now()
);
create unique index project_desk on project (desk) where desk;

-- Append-only: an act is what its author signed, byte for byte.
create table act (
    project  text not null references project,
    agency   text not null,
    log      integer not null,
    number   integer not null,
    clock    bigint not null,
    digest   text not null,
    kind     text not null,
    record   text not null,
    body     bytea not null,
    refused  text not null default '',
    withdrawn boolean not null default false,  -- we have left: what was for members only is no longer in its body
    received timestamptz not null default now(),
    primary key (project, agency, log, number)
);
create index act_record on act (project, kind, record);
create index act_order on act (project, clock, agency, log, number);

-- What cannot be taken yet, or ever: the act before it is missing, its author is not known, a stranger signed it. `digest` is
-- of the act with its signature: a false copy does not take the place of the true one.
create table act_aside (
    project  text not null,
    agency   text not null,
    log      integer not null,
    number   integer not null,
    digest   text not null,
    sender   text not null,
    body     bytea not null,
    reason   text not null,
    final    boolean not null default false,
    received timestamptz not null default now(),
    primary key (project, agency, log, number, digest)
);
create index act_aside_sender on act_aside (project, sender);

-- The records as the acts leave them: derived, and made anew from the acts at any time.
create table record (
    project        text not null references project,
    kind           text not null,
    id             text not null,
    body           bytea not null,
    parent         text not null default '',
    starts         timestamptz,
    ends           timestamptz,
    made_clock     bigint not null,
    made_agency    text not null,
    made_by        text not null,
    changed_clock  bigint not null,
    changed_agency text not null,
    changed_by     text not null,
    dropped        boolean not null default false,
    primary key (project, kind, id)
);
create index record_parent on record (project, kind, parent);
create index record_diary on record (kind, starts, ends) where starts is not null;

-- When we last met another member's node over a project, and how it went.
create table project_meeting (
    project  text not null references project,
    agency   text not null,
    due      timestamptz not null default now(),
    met      timestamptz,
    failures integer not null default 0,
    error    text not null default '',
    theirs   text not null default '',         -- how far they had each log when we last wrote what they lack
    primary key (project, agency)
);

grant select, insert, update, delete on project, act, act_aside, record, project_meeting to dragoman_newsroom;
revoke delete on act from dragoman_newsroom;

-- Copy and pictures that members have put into a project, by the key of the item: what the query `project:` asks. `ours`: we
-- have put it in ourselves, so our agreements with the clause `project:` give it; naming copy of ours gives nobody any.
create table project_item (
    project text not null references project,
    key     bytea not null,
    record  text not null,
    origin  text not null,
    uri     text not null,
    ours    boolean not null,
    primary key (project, record)
);
create index project_item_key on project_item (key);
grant select, insert, update, delete on project_item to dragoman_newsroom;

-- Files whose bytes were put into the project here or fetched from a member for it: a document that names a digest is no
-- claim to bytes that we have for another reason.
create table project_file (
    project text not null references project,
    digest  text not null,
    primary key (project, digest)
);
create index project_file_digest on project_file (digest);
grant select, insert, update, delete on project_file to dragoman_newsroom;
