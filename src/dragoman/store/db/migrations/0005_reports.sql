-- Outlets, the feeds of theirs that we watch, what they were seen to report; coverage reports and their evidence.
-- Nothing here is copy that may be redistributed: no version, no grant, no delivery can refer to a mention.

create table outlet (
    id          integer generated always as identity primary key,
    name        text not null,
    name_key    text not null,                 -- folded: what two spellings of one name have in common
    country     text not null default '',
    languages   text[] not null default '{}',
    kind        text not null check (kind in
        ('agency', 'newspaper', 'magazine', 'broadcaster', 'radio', 'television', 'site', 'social')),
    home_page   text not null default '',
    host        text not null default '',      -- of the home page, without www
    audience    bigint check (audience >= 0),
    audience_source text not null default '',
    audience_on date,
    agency      integer references agency,     -- the partner it is, if it is one
    note        text not null default '',
    registered  timestamptz not null default now(),
    registered_by text not null default '',
    retired     timestamptz,
    -- A figure without its source and date is no figure.
    check (audience is null or (audience_source <> '' and audience_on is not null))
);
create unique index outlet_name on outlet (name_key, country) where retired is null;
create unique index outlet_host on outlet (host) where host <> '' and retired is null;
create unique index outlet_agency on outlet (agency) where agency is not null and retired is null;

-- A feed of an outlet that is looked at, never taken in.
create table watch (
    id            integer generated always as identity primary key,
    outlet        integer not null references outlet,
    address       text not null unique,
    language      text not null default '',
    zone          text not null default 'UTC',
    every         interval not null default '15 minutes',
    state         text not null default 'active' check (state in ('active', 'paused')),
    etag          text not null default '',
    last_modified text not null default '',
    body_digest   bytea,
    next_poll     timestamptz not null default now(),
    failures      integer not null default 0,
    last_error    text not null default '',
    last_poll     timestamptz,
    last_mention  timestamptz
);
create index watch_due on watch (next_poll) where state = 'active';

create table watch_entry (
    watch  integer not null references watch on delete cascade,
    key    bytea not null,
    digest bytea not null,
    primary key (watch, key)
);

-- A definition, saved; its evidence is found again as copy comes in.
create table coverage_report (
    id         integer generated always as identity primary key,
    title      text not null,
    about      text not null check (about in ('event', 'date', 'anniversary', 'person', 'query')),
    query      text not null,
    since      timestamptz not null,
    until      timestamptz not null,
    languages  text[] not null default '{}',   -- of the printed report
    project    text not null default '',       -- the event it is about: project and record
    record     text not null default '',
    own        bigint[] not null default '{}', -- our own items, by number; empty: those that answer the query
    upto       bigint not null default 0,      -- others' versions up to here have been looked at
    upto_own   bigint not null default 0,
    upto_mention bigint not null default 0,
    compared   bigint[] not null default '{}', -- versions of our own that the evidence has been compared with
    own_found  bigint[] not null default '{}', -- our items that answer the query, as far as has been looked
    made       timestamptz not null default now(),
    made_by    text not null default '',
    removed    timestamptz,
    check (since < until)
);

-- What an outlet was seen to report: from a watched feed, or entered by hand with its link.
create sequence mention_turn;
create table mention (
    id        bigint generated always as identity primary key,
    turn      bigint not null,                 -- taken anew when it changes: reports read on from the last they saw
    outlet    integer not null references outlet,
    watch     integer references watch on delete set null,
    link      text not null default '',
    link_key  bytea not null,
    published timestamptz not null,
    language  text not null default '',
    title     text not null,
    item      bytea not null,                  -- as decoded, for queries to look at; ninjs, as in payload
    seen      timestamptz not null default now(),
    added_by  text not null default '',        -- empty: it was watched
    report    integer references coverage_report on delete set null,  -- by hand, for this report
    removed   timestamptz,
    unique (outlet, link_key)
);
create index mention_turn_order on mention (turn);
create index mention_published on mention (published);
create index mention_report on mention (report) where report is not null;

create table evidence (
    id       bigint generated always as identity primary key,
    report   integer not null references coverage_report on delete cascade,
    outlet   integer not null references outlet,
    item     bigint references item,
    mention  bigint references mention,
    at       timestamptz not null,
    language text not null,
    likeness real not null default 0,          -- how much of the shorter text is in the other: 0 to 1
    like_item bigint,                          -- our own item it is most like
    credited boolean not null default false,
    check ((item is null) <> (mention is null))
);
create unique index evidence_item on evidence (report, item) where item is not null;
create unique index evidence_mention on evidence (report, mention) where mention is not null;
create index evidence_outlet on evidence (report, outlet, at);

-- A person's word over a piece of evidence: kept, and stronger than what was found.
create table ruling (
    evidence bigint primary key references evidence on delete cascade,
    counts   boolean,                          -- null: as found
    ours     boolean,
    by       text not null,
    at       timestamptz not null default now(),
    note     text not null default ''
);

-- Reports ask for a period: rows lie in the order of time, so a few pages of summaries find them.
create index version_times on version using brin (received, at) with (pages_per_range = 32);
create index item_grant_since on item_grant using brin (since) with (pages_per_range = 32);
create index arrival_received on arrival using brin (received) with (pages_per_range = 32);

grant select, insert, update, delete on outlet, watch, watch_entry, mention, coverage_report, evidence, ruling
    to dragoman_newsroom;
grant usage, select, update on sequence outlet_id_seq, watch_id_seq, mention_id_seq, mention_turn, coverage_report_id_seq,
    evidence_id_seq to dragoman_newsroom;
